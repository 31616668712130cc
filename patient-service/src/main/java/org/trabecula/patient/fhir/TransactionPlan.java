package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.patient.Refused;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.RegisterPatient;
import org.trabecula.patient.profile.Registration;
import org.trabecula.patient.profile.SubmittedPatient;

/// What was sent, in the words of our commands.
///
/// @param notStored reasons, by the position of the entry
record TransactionPlan(
    List<PlannedPatient> patients,
    List<PlannedRevision> revisions,
    List<PlannedMeasurements> measurements,
    List<PlannedWithdrawal> withdrawals,
    List<PlannedStatements> statements,
    List<PlannedRetraction> retractions,
    List<Entry> questions,
    Map<Integer, String> notStored) {

  private static final Set<String> WRITTEN =
      Set.of("Patient", "Observation", "Condition", "MedicationStatement", "MedicationRequest");

  static boolean isWritten(String type) {
    return WRITTEN.contains(type);
  }

  /// @throws FhirProblem when resources of this type are not taken
  static void requireWritten(String type) {
    if (!isWritten(type)) {
      throw new FhirProblem(
          404,
          Reason.NOT_SUPPORTED,
          "",
          "Resources of type %s are not taken here.".formatted(type));
    }
  }

  record PlannedPatient(
      Entry entry, Source source, Registration registration, List<String> notes) {}

  /// @param id null for a conditional update
  /// @param named the criterion of a conditional update; null for one by id
  record PlannedRevision(
      Entry entry, Patient patient, @Nullable UUID id, @Nullable Identifier named) {}

  record PlannedMeasurements(
      Entry entry,
      Observation observation,
      List<ObservationEntries.Found> found,
      List<String> notes) {}

  record PlannedWithdrawal(Entry entry, Reference subject, List<Source> sources) {}

  record PlannedStatements(
      Entry entry, Reference subject, List<StatementEntries.Found> found, List<String> notes) {}

  record PlannedRetraction(Entry entry, Reference subject, List<Source> sources) {}

  /// Makes plans.
  @Singleton
  static class Planner {
    private final PatientEntries patientEntries;
    private final ObservationEntries observationEntries;
    private final StatementEntries statementEntries;
    private final RegisterPatient registerPatient;
    private final Stored stored;

    Planner(
        PatientEntries patientEntries,
        ObservationEntries observationEntries,
        StatementEntries statementEntries,
        RegisterPatient registerPatient,
        Stored stored) {
      this.patientEntries = patientEntries;
      this.observationEntries = observationEntries;
      this.statementEntries = statementEntries;
      this.registerPatient = registerPatient;
      this.stored = stored;
    }

    /// @throws FhirProblem naming everything that is wrong
    TransactionPlan plan(Submitted submitted, boolean strict) {
      var planning = new Planning(this, submitted);
      submitted.entries().forEach(planning::add);
      TransactionPlan plan = planning.plan();
      if (strict) {
        plan.notStored()
            .forEach(
                (position, reason) ->
                    planning.issues.add(
                        new Issue(
                            Reason.NOT_STORED,
                            submitted.entry(position).place(),
                            "Not stored: " + reason)));
      }
      if (!planning.issues.isEmpty()) {
        throw new FhirProblem(400, planning.issues);
      }
      return plan;
    }
  }

  private static final class Planning {
    private final Planner planner;
    private final Submitted submitted;
    private final List<Issue> issues = new ArrayList<>();
    private final TransactionPlan plan =
        new TransactionPlan(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new TreeMap<>());

    private Planning(Planner planner, Submitted submitted) {
      this.planner = planner;
      this.submitted = submitted;
    }

    /// Patients in the order of their identifiers: everyone claims in one order, so that no two
    /// Bundles wait for each other.
    private TransactionPlan plan() {
      plan.patients()
          .sort(
              Comparator.comparing(
                  planned ->
                      planned.registration().person().identifiers().stream()
                          .map(identifier -> identifier.system() + "|" + identifier.value())
                          .min(Comparator.naturalOrder())
                          .orElse(planned.source().id())));
      return plan;
    }

    private void add(Entry entry) {
      List<Issue> faults = submitted.faults().get(entry.position());
      if (faults != null) {
        issues.addAll(faults);
        return;
      }
      if (entry.request().method() == HTTPVerb.GET) {
        plan.questions().add(entry);
        return;
      }
      Resource resource = entry.resource();
      if (resource == null) {
        issues.add(
            entry.request().method() == HTTPVerb.POST || entry.request().method() == HTTPVerb.PUT
                ? Issue.required(entry.at(""), "Is required.")
                : new Issue(
                    Reason.NOT_SUPPORTED, entry.asked(".method"), "Only GET, POST and PUT here."));
      } else if (!isWritten(resource.fhirType())) {
        plan.notStored()
            .put(
                entry.position(),
                "resources of type " + resource.fhirType() + " are not kept here.");
      } else {
        write(entry, resource, resource.fhirType());
      }
    }

    private void write(Entry entry, Resource resource, String type) {
      Request request = entry.request();
      boolean isPatient = resource instanceof Patient;
      if (!request.isCreateOf(type)
          && !request.isUpdateOf(type)
          && !(isPatient && request.isConditionalUpdateOf(type))) {
        issues.add(
            new Issue(
                Reason.NOT_SUPPORTED,
                entry.asked(""),
                "A %s is taken by POST to %s or PUT to %s/<id>.".formatted(type, type, type)));
        return;
      }
      if (request.isUpdateOf(type)
          && !String.valueOf(request.id()).equals(resource.getIdElement().getIdPart())) {
        issues.add(Issue.invalid(entry.at(".id"), "Is the id that the URL names."));
        return;
      }
      switch (resource) {
        case Patient patient when request.method() == HTTPVerb.PUT -> revision(entry, patient);
        case Patient patient -> patient(entry, patient);
        case Observation observation ->
            planner
                .statementEntries
                .smoking(entry, observation, submitted.source(), issues)
                .ifPresentOrElse(
                    told -> statement(entry, observation.getSubject(), told),
                    () -> observation(entry, observation));
        case Condition condition ->
            statement(
                entry,
                condition.getSubject(),
                planner.statementEntries.condition(entry, condition, submitted.source(), issues));
        case MedicationStatement statement ->
            statement(
                entry,
                statement.getSubject(),
                planner.statementEntries.medication(entry, statement, submitted.source(), issues));
        case MedicationRequest ordered ->
            statement(
                entry,
                ordered.getSubject(),
                planner.statementEntries.order(entry, ordered, submitted.source(), issues));
        default -> throw new IllegalStateException(type);
      }
    }

    private void revision(Entry entry, Patient patient) {
      Request request = entry.request();
      if (request.query() != null) {
        Identifier named = References.identifier(request.query());
        if (named == null) {
          issues.add(
              new Issue(
                  Reason.NOT_SUPPORTED,
                  entry.asked(".url"),
                  "A conditional update goes by identifier=system|value."));
        } else {
          plan.revisions().add(new PlannedRevision(entry, patient, null, named));
        }
        return;
      }
      SearchValues.uuid(String.valueOf(request.id()))
          .ifPresentOrElse(
              id -> plan.revisions().add(new PlannedRevision(entry, patient, id, null)),
              () ->
                  issues.add(
                      new Issue(
                          Reason.NOT_FOUND,
                          entry.asked(".url"),
                          "The clinic has no such Patient.")));
    }

    private void patient(Entry entry, Patient patient) {
      String condition = entry.request().ifNoneExist();
      Identifier named = condition == null ? null : References.identifier(condition);
      var translated =
          planner.patientEntries.translate(patient, named == null ? Set.of() : Set.of(named));
      if (condition != null && !isKept(named, translated.patient())) {
        issues.add(
            new Issue(
                Reason.NOT_SUPPORTED,
                entry.asked(".ifNoneExist"),
                "Has the form identifier=system|value and names a medical record number of the resource."));
      }
      Source source = source(entry, named, translated.patient());
      if (source == null) {
        issues.add(
            Issue.required(
                entry.at(""),
                "Has no id, no fullUrl and no identifier: a re-send would make another patient."));
        return;
      }
      try {
        plan.patients()
            .add(
                new PlannedPatient(
                    entry,
                    source,
                    planner.registerPatient.check(translated.patient()),
                    translated.notes()));
      } catch (Refused refused) {
        issues.addAll(Expressions.ofPatient(entry, refused));
      }
    }

    /// What a conditional create goes by must be stored, or it could not be found again.
    private static boolean isKept(@Nullable Identifier named, SubmittedPatient patient) {
      return named != null
          && patient.identifiers() != null
          && patient.identifiers().contains(named);
    }

    private @Nullable Source source(
        Entry entry, @Nullable Identifier named, SubmittedPatient patient) {
      String key = entry.key();
      if (key != null) {
        return new Source(submitted.source(), key);
      }
      Identifier first =
          named != null || patient.identifiers() == null || patient.identifiers().isEmpty()
              ? named
              : patient.identifiers().getFirst();
      return first == null ? null : new Source(first.system(), first.value());
    }

    private void observation(Entry entry, Observation observation) {
      Source known =
          entry.request().method() == HTTPVerb.PUT
              ? planner.stored.measurementSource(String.valueOf(entry.request().id())).orElse(null)
              : null;
      switch (planner.observationEntries.translate(
          entry, observation, submitted.source(), known, issues)) {
        case ObservationEntries.Translated.Measurements(var found, var notes) -> {
          checkCondition(entry, found.getFirst().source());
          plan.measurements().add(new PlannedMeasurements(entry, observation, found, notes));
        }
        case ObservationEntries.Translated.Withdrawn(var sources) ->
            plan.withdrawals().add(new PlannedWithdrawal(entry, observation.getSubject(), sources));
        case ObservationEntries.Translated.NotStored(var reason) ->
            plan.notStored().put(entry.position(), reason);
      }
    }

    private void statement(Entry entry, Reference subject, StatementEntries.Translated translated) {
      switch (translated) {
        case StatementEntries.Translated.Statements(var found, var notes) -> {
          checkCondition(entry, found.getFirst().source());
          plan.statements().add(new PlannedStatements(entry, subject, found, notes));
        }
        case StatementEntries.Translated.Withdrawn(var sources) ->
            plan.retractions().add(new PlannedRetraction(entry, subject, sources));
        case StatementEntries.Translated.NotStored(var reason) ->
            plan.notStored().put(entry.position(), reason);
      }
    }

    /// What a conditional create goes by must be what the resource is known by.
    private void checkCondition(Entry entry, Source source) {
      String condition = entry.request().ifNoneExist();
      if (condition == null) {
        return;
      }
      Identifier named = References.identifier(condition);
      String id = source.id();
      if (named == null
          || !named.system().equals(source.system())
          || !(id.equals(named.value()) || id.startsWith(named.value() + "#"))) {
        issues.add(
            new Issue(
                Reason.NOT_SUPPORTED,
                entry.asked(".ifNoneExist"),
                "Has the form identifier=system|value and names the first identifier of the resource."));
      }
    }
  }
}
