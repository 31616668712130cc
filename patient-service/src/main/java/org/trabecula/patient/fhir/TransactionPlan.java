package org.trabecula.patient.fhir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.patient.Refused;
import org.trabecula.patient.fhir.FhirProblem.Issue;
import org.trabecula.patient.fhir.ObservationEntries.Found;
import org.trabecula.patient.fhir.ObservationEntries.Translated;
import org.trabecula.patient.fhir.TransactionBundle.Entry;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.RegisterPatient;
import org.trabecula.patient.profile.Registration;
import org.trabecula.patient.profile.SubmittedPatient;

/// A transaction Bundle in the words of our commands.
///
/// @param notStored reasons, by the position of the entry
record TransactionPlan(
    List<PlannedPatient> patients,
    List<PlannedMeasurements> measurements,
    List<PlannedWithdrawal> withdrawals,
    Map<Integer, String> notStored) {

  record PlannedPatient(
      Entry entry, Source source, Registration registration, List<String> notes) {}

  record PlannedMeasurements(
      Entry entry, Reference subject, List<Found> found, List<String> notes) {}

  record PlannedWithdrawal(Entry entry, Reference subject, List<Source> sources) {}

  /// @throws FhirProblem naming everything that is wrong
  static TransactionPlan of(
      TransactionBundle bundle,
      boolean strict,
      PatientEntries patients,
      ObservationEntries observations,
      RegisterPatient registerPatient) {
    var planning = new Planning(bundle, patients, observations, registerPatient);
    bundle.entries().forEach(planning::add);
    TransactionPlan plan = planning.plan();
    if (strict) {
      plan.notStored()
          .forEach(
              (position, reason) ->
                  planning.issues.add(
                      new Issue(
                          Reason.NOT_STORED,
                          "Bundle.entry[" + position + "]",
                          "Not stored: " + reason)));
    }
    if (!planning.issues.isEmpty()) {
      throw new FhirProblem(400, planning.issues);
    }
    return plan;
  }

  private static final class Planning {
    private final TransactionBundle bundle;
    private final PatientEntries patientEntries;
    private final ObservationEntries observationEntries;
    private final RegisterPatient registerPatient;
    private final List<Issue> issues = new ArrayList<>();
    private final List<PlannedPatient> patients = new ArrayList<>();
    private final List<PlannedMeasurements> measurements = new ArrayList<>();
    private final List<PlannedWithdrawal> withdrawals = new ArrayList<>();
    private final Map<Integer, String> notStored = new TreeMap<>();

    private Planning(
        TransactionBundle bundle,
        PatientEntries patientEntries,
        ObservationEntries observationEntries,
        RegisterPatient registerPatient) {
      this.bundle = bundle;
      this.patientEntries = patientEntries;
      this.observationEntries = observationEntries;
      this.registerPatient = registerPatient;
    }

    /// Patients in the order of their identifiers: everyone claims in one order, so that no two
    /// Bundles wait for each other.
    private TransactionPlan plan() {
      patients.sort(
          Comparator.comparing(
              planned ->
                  planned.registration().person().identifiers().stream()
                      .map(identifier -> identifier.system() + "|" + identifier.value())
                      .min(Comparator.naturalOrder())
                      .orElse(planned.source().id())));
      return new TransactionPlan(patients, measurements, withdrawals, notStored);
    }

    private void add(Entry entry) {
      BundleEntryRequestComponent request = entry.envelope().getRequest();
      if (!request.hasMethod()) {
        issues.add(Issue.required(entry.path() + ".request.method", "Is required."));
      }
      switch (entry.resource()) {
        case Patient patient when isCreate(entry, "Patient") -> patient(entry, patient);
        case Observation observation when isCreate(entry, "Observation") ->
            observation(entry, observation);
        case Patient patient -> refuseMethod(entry, patient);
        case Observation observation -> refuseMethod(entry, observation);
        case null ->
            issues.add(
                request.getMethod() == HTTPVerb.POST || request.getMethod() == HTTPVerb.PUT
                    ? new Issue(Reason.REQUIRED, entry.path() + ".resource", "Is required.")
                    : new Issue(
                        Reason.NOT_SUPPORTED,
                        entry.path() + ".request.method",
                        "A transaction may only POST here."));
        default ->
            notStored.put(
                entry.position(),
                "resources of type " + entry.resource().fhirType() + " are not kept here.");
      }
    }

    private static boolean isCreate(Entry entry, String type) {
      BundleEntryRequestComponent request = entry.envelope().getRequest();
      return request.getMethod() == HTTPVerb.POST && type.equals(request.getUrl());
    }

    private void refuseMethod(Entry entry, Resource resource) {
      issues.add(
          new Issue(
              Reason.NOT_SUPPORTED,
              entry.path() + ".request",
              "A transaction may only POST to %s here.".formatted(resource.fhirType())));
    }

    private void patient(Entry entry, Patient patient) {
      String condition = entry.envelope().getRequest().getIfNoneExist();
      Identifier named = condition == null ? null : References.identifier(condition);
      var translated = patientEntries.translate(patient, named);
      if (condition != null && !isKept(named, translated.patient())) {
        issues.add(
            new Issue(
                Reason.NOT_SUPPORTED,
                entry.path() + ".request.ifNoneExist",
                "Has the form identifier=system|value and names a medical record number of the resource."));
      }
      Source source = source(entry, named);
      if (source == null) {
        issues.add(
            Issue.required(
                entry.path() + ".resource",
                "Has no id, no fullUrl and no ifNoneExist: a re-send would make another patient."));
        return;
      }
      try {
        patients.add(
            new PlannedPatient(
                entry, source, registerPatient.check(translated.patient()), translated.notes()));
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

    private @Nullable Source source(Entry entry, @Nullable Identifier named) {
      String key = entry.key();
      if (key != null) {
        return new Source(bundle.source(), key);
      }
      return named == null ? null : new Source(named.system(), named.value());
    }

    private void observation(Entry entry, Observation observation) {
      switch (observationEntries.translate(entry, observation, bundle.source(), issues)) {
        case Translated.Measurements(var found, var notes) ->
            measurements.add(
                new PlannedMeasurements(entry, observation.getSubject(), found, notes));
        case Translated.Withdrawn(var sources) ->
            withdrawals.add(new PlannedWithdrawal(entry, observation.getSubject(), sources));
        case Translated.NotStored(var reason) -> notStored.put(entry.position(), reason);
      }
    }
  }
}
