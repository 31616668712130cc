package org.trabecula.patient.fhir;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Reference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.patient.Change;
import org.trabecula.patient.Refused;
import org.trabecula.patient.fhir.TransactionPlan.PlannedMeasurements;
import org.trabecula.patient.fhir.TransactionPlan.PlannedPatient;
import org.trabecula.patient.fhir.TransactionPlan.PlannedRetraction;
import org.trabecula.patient.fhir.TransactionPlan.PlannedRevision;
import org.trabecula.patient.fhir.TransactionPlan.PlannedStatements;
import org.trabecula.patient.fhir.TransactionPlan.PlannedWithdrawal;
import org.trabecula.patient.measurement.RecordMeasurements;
import org.trabecula.patient.measurement.WithdrawMeasurements;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.Patients;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.RegisterPatient;
import org.trabecula.patient.profile.RevisePatient;
import org.trabecula.patient.provenance.Provenance.Activity;
import org.trabecula.patient.provenance.Provenance.Kind;
import org.trabecula.patient.provenance.Provenances;
import org.trabecula.patient.provenance.Provenances.Origin;
import org.trabecula.patient.statement.RecordStatements;
import org.trabecula.patient.statement.StatedFact;
import org.trabecula.patient.statement.StatedMedication;
import org.trabecula.patient.statement.Statement;
import org.trabecula.patient.statement.WithdrawStatements;

/// Carries out what was sent: wholly, or not at all; of a batch, each entry by itself.
@ApplicationScoped
class Transactions {
  private static final Logger LOG = Logger.getLogger(Transactions.class);

  /// Two that wait for each other are rare, and the second time they do not meet.
  private static final int ATTEMPTS = 3;

  private static final Set<String> WORTH_ANOTHER_ATTEMPT = Set.of("40001", "40P01");

  private final TransactionPlan.Planner planner;
  private final PatientEntries patientEntries;
  private final RegisterPatient registerPatient;
  private final RevisePatient revisePatient;
  private final RecordMeasurements recordMeasurements;
  private final WithdrawMeasurements withdrawMeasurements;
  private final RecordStatements recordStatements;
  private final WithdrawStatements withdrawStatements;
  private final Patients patients;
  private final Stored stored;
  private final Provenances provenances;
  private final Reads reads;
  private final Change change;

  Transactions(
      TransactionPlan.Planner planner,
      PatientEntries patientEntries,
      RegisterPatient registerPatient,
      RevisePatient revisePatient,
      RecordMeasurements recordMeasurements,
      WithdrawMeasurements withdrawMeasurements,
      RecordStatements recordStatements,
      WithdrawStatements withdrawStatements,
      Patients patients,
      Stored stored,
      Provenances provenances,
      Reads reads,
      Change change) {
    this.planner = planner;
    this.patientEntries = patientEntries;
    this.registerPatient = registerPatient;
    this.revisePatient = revisePatient;
    this.recordMeasurements = recordMeasurements;
    this.withdrawMeasurements = withdrawMeasurements;
    this.recordStatements = recordStatements;
    this.withdrawStatements = withdrawStatements;
    this.patients = patients;
    this.stored = stored;
    this.provenances = provenances;
    this.reads = reads;
    this.change = change;
  }

  /// @param strict whether what is not stored makes the whole fail
  /// @param base the URL of the FHIR door
  /// @return the answers, in the order of the entries
  /// @throws FhirProblem naming everything that is wrong
  List<BundleEntryComponent> carryOut(Submitted submitted, boolean strict, String base) {
    return submitted.kind() == Submitted.Kind.BATCH
        ? submitted.entries().stream().map(entry -> alone(submitted, entry, strict, base)).toList()
        : whole(submitted, strict, base);
  }

  private BundleEntryComponent alone(
      Submitted submitted, Entry entry, boolean strict, String base) {
    try {
      return whole(submitted.only(entry), strict, base).getFirst();
    } catch (FhirProblem problem) {
      return Answers.refused(problem);
    } catch (RuntimeException fault) {
      LOG.error("An entry of a batch failed", fault);
      return Answers.refused(
          new FhirProblem(500, Reason.INTERNAL, entry.path(), "The fault is ours."));
    }
  }

  private List<BundleEntryComponent> whole(Submitted submitted, boolean strict, String base) {
    return again(
        () -> {
          TransactionPlan plan = planner.plan(submitted, strict);
          return change.make(tell -> new Run(submitted, tell, base).carryOut(plan));
        });
  }

  private static <T> T again(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (FhirProblem problem) {
        throw problem;
      } catch (RuntimeException fault) {
        if (attempt == ATTEMPTS || !isWorthAnotherAttempt(fault)) {
          throw fault;
        }
      }
    }
  }

  private static boolean isWorthAnotherAttempt(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused
          && refused.getSQLState() != null
          && WORTH_ANOTHER_ATTEMPT.contains(refused.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private final class Run {
    private final Submitted submitted;
    private final Consumer<OutgoingEvent> tell;
    private final String base;
    private final Answers answers;
    private final Map<Integer, UUID> registered = new HashMap<>();
    private final List<Origin> origins = new ArrayList<>();
    private final References references;

    private Run(Submitted submitted, Consumer<OutgoingEvent> tell, String base) {
      this.submitted = submitted;
      this.tell = tell;
      this.base = base;
      this.answers = new Answers(submitted.entries());
      this.references =
          new References(
              submitted.entries(),
              registered,
              identifier -> patients.findByIdentifier(identifier).map(Patient::id));
    }

    /// In the order that FHIR demands: what is created, what is updated, what is asked.
    private List<BundleEntryComponent> carryOut(TransactionPlan plan) {
      plan.notStored().forEach(answers::notStored);
      plan.patients().forEach(this::register);
      plan.revisions().forEach(this::revise);
      record(plan.measurements());
      withdraw(plan.withdrawals());
      state(plan.statements());
      retract(plan.retractions());
      provenances.record(submitted.message(), origins);
      plan.questions().forEach(entry -> answers.answer(entry, reads.answer(entry, base), base));
      return answers.entries();
    }

    private void register(PlannedPatient planned) {
      try {
        var done =
            registerPatient.registerOnce(
                planned.source().system(), planned.source().id(), planned.registration(), tell);
        UUID id = done.patient().id();
        registered.put(planned.entry().position(), id);
        if (done.isNew()) {
          origins.add(new Origin(Kind.PATIENT, id, done.patient().version(), id, Activity.CREATE));
        }
        answers.registered(planned, done);
      } catch (Refused refused) {
        throw new FhirProblem(409, Expressions.ofPatient(planned.entry(), refused));
      }
    }

    private void revise(PlannedRevision planned) {
      Entry entry = planned.entry();
      Identifier named = planned.named();
      Optional<Patient> present =
          named == null
              ? Optional.ofNullable(planned.id()).flatMap(patients::findByIdOptional)
              : patients.findByIdentifier(named);
      if (present.isEmpty() && named == null) {
        throw new FhirProblem(
            404, Reason.NOT_FOUND, entry.asked(".url"), "The clinic has no such Patient.");
      }
      var known = new HashSet<Identifier>();
      present.ifPresent(one -> known.addAll(one.person().identifiers()));
      Optional.ofNullable(named).ifPresent(known::add);
      var translated = patientEntries.translate(planned.patient(), known);
      if (present.isEmpty()) {
        var criterion = Objects.requireNonNull(named);
        register(
            new PlannedPatient(
                entry,
                new Source(criterion.system(), criterion.value()),
                checked(entry, translated),
                translated.notes()));
        return;
      }
      revise(entry, present.get(), translated, named != null);
    }

    private org.trabecula.patient.profile.Registration checked(
        Entry entry, PatientEntries.Translated translated) {
      try {
        return registerPatient.check(translated.patient());
      } catch (Refused refused) {
        throw new FhirProblem(400, Expressions.ofPatient(entry, refused));
      }
    }

    private void revise(
        Entry entry, Patient present, PatientEntries.Translated translated, boolean conditional) {
      String ifMatch = entry.request().ifMatch();
      if (ifMatch == null && conditional) {
        ifMatch = "\"" + present.version() + "\"";
      }
      try {
        Patient revised =
            revisePatient.revise(
                present.id(),
                ifMatch,
                PatientEntries.over(translated.patient(), present.profile()),
                tell);
        registered.put(entry.position(), revised.id());
        if (revised.version() != present.version()) {
          origins.add(
              new Origin(
                  Kind.PATIENT, revised.id(), revised.version(), revised.id(), Activity.UPDATE));
        }
        answers.revised(entry, revised.id(), revised.version(), translated.notes());
      } catch (Refused refused) {
        throw new FhirProblem(status(refused), Expressions.ofPatient(entry, refused));
      } catch (HttpProblem problem) {
        throw new FhirProblem(
            problem.getStatusCode(),
            Reason.ofStatus(problem.getStatusCode()),
            entry.asked(".ifMatch"),
            Objects.requireNonNullElse(problem.getDetail(), "The version is not the present one."));
      }
    }

    private void record(List<PlannedMeasurements> planned) {
      var submissions = new ArrayList<RecordMeasurements.Submission>();
      var paths = new ArrayList<String>();
      var issues = new ArrayList<Issue>();
      var wanted = new ArrayList<PlannedMeasurements>();
      for (PlannedMeasurements one : planned) {
        List<Source> sources = one.found().stream().map(ObservationEntries.Found::source).toList();
        if (isThere(one.entry(), "measurement", sources)) {
          continue;
        }
        UUID patient = subject(one.entry(), one.observation().getSubject(), issues);
        wanted.add(one);
        for (ObservationEntries.Found found : one.found()) {
          submissions.add(new RecordMeasurements.Submission(patient, found.measurement()));
          paths.add(found.path());
        }
      }
      refuseIf(issues);
      if (submissions.isEmpty()) {
        return;
      }
      try {
        List<RecordMeasurements.Recorded> recorded = recordMeasurements.record(submissions, tell);
        for (int i = 0; i < recorded.size(); i++) {
          var one = recorded.get(i);
          switch (one.effect()) {
            case NEW -> origin(Kind.MEASUREMENT, one, submissions.get(i), Activity.CREATE);
            case CORRECTED -> origin(Kind.MEASUREMENT, one, submissions.get(i), Activity.UPDATE);
            case NONE -> {
              // A re-send brings nothing.
            }
          }
        }
        int from = 0;
        for (PlannedMeasurements one : wanted) {
          int to = from + one.found().size();
          answers.recorded(one, recorded.subList(from, to));
          from = to;
        }
      } catch (Refused refused) {
        throw new FhirProblem(status(refused), Expressions.ofMeasurements(paths, refused));
      }
    }

    private void origin(
        Kind kind,
        RecordMeasurements.Recorded recorded,
        RecordMeasurements.Submission submission,
        Activity activity) {
      origins.add(
          new Origin(
              kind,
              recorded.measurement().id(),
              recorded.measurement().version(),
              submission.patient(),
              activity));
    }

    private void withdraw(List<PlannedWithdrawal> planned) {
      var withdrawals = new ArrayList<WithdrawMeasurements.Withdrawal>();
      var issues = new ArrayList<Issue>();
      for (PlannedWithdrawal one : planned) {
        UUID patient = subject(one.entry(), one.subject(), issues);
        one.sources()
            .forEach(
                source ->
                    withdrawals.add(
                        new WithdrawMeasurements.Withdrawal(patient, source, "entered-in-error")));
      }
      refuseIf(issues);
      if (withdrawals.isEmpty()) {
        return;
      }
      var found = withdrawMeasurements.withdraw(withdrawals, tell);
      origins.addAll(Origin.ofWithdrawals(withdrawals, found));
      int from = 0;
      for (PlannedWithdrawal one : planned) {
        int to = from + one.sources().size();
        answers.withdrawn(
            one.entry(),
            found.subList(from, to).stream()
                .map(taken -> taken.map(WithdrawMeasurements.Withdrawn::id))
                .toList());
        from = to;
      }
    }

    private void state(List<PlannedStatements> planned) {
      var submissions = new ArrayList<RecordStatements.Submission>();
      var entries = new ArrayList<Entry>();
      var issues = new ArrayList<Issue>();
      var wanted = new ArrayList<PlannedStatements>();
      for (PlannedStatements one : planned) {
        List<Source> sources = one.found().stream().map(StatementEntries.Found::source).toList();
        if (isThere(one.entry(), "statement", sources)) {
          continue;
        }
        UUID patient = subject(one.entry(), one.subject(), issues);
        wanted.add(one);
        for (StatementEntries.Found found : one.found()) {
          submissions.add(new RecordStatements.Submission(patient, found.source(), found.stated()));
          entries.add(one.entry());
        }
      }
      refuseIf(issues);
      if (submissions.isEmpty()) {
        return;
      }
      try {
        List<RecordStatements.Recorded> recorded = recordStatements.record(submissions, tell);
        for (var one : recorded) {
          var statement = one.statement();
          Kind kind = kind(statement);
          if (one.effect() != RecordStatements.Effect.NONE) {
            origins.add(
                new Origin(
                    kind,
                    statement.id(),
                    statement.version(),
                    statement.patient(),
                    one.effect() == RecordStatements.Effect.NEW
                        ? Activity.CREATE
                        : Activity.UPDATE));
          }
        }
        int from = 0;
        for (PlannedStatements one : wanted) {
          int to = from + one.found().size();
          answers.stated(one, recorded.subList(from, to));
          from = to;
        }
      } catch (Refused refused) {
        throw new FhirProblem(status(refused), Expressions.ofStatements(entries, refused));
      }
    }

    private static Kind kind(Statement statement) {
      return switch (statement.content()) {
        case StatedMedication taken -> Kind.MEDICATION;
        case StatedFact fact ->
            fact.code().equals(SmokingStatus.FACT) ? Kind.SMOKING_STATUS : Kind.FACT;
      };
    }

    private void retract(List<PlannedRetraction> planned) {
      var withdrawals = new ArrayList<WithdrawStatements.Withdrawal>();
      var kinds = new ArrayList<Kind>();
      var issues = new ArrayList<Issue>();
      for (PlannedRetraction one : planned) {
        UUID patient = subject(one.entry(), one.subject(), issues);
        for (Source source : one.sources()) {
          withdrawals.add(new WithdrawStatements.Withdrawal(patient, source));
          kinds.add(
              switch (one.entry().request().type()) {
                case "Condition" -> Kind.FACT;
                case "Observation" -> Kind.SMOKING_STATUS;
                default -> Kind.MEDICATION;
              });
        }
      }
      refuseIf(issues);
      if (withdrawals.isEmpty()) {
        return;
      }
      var found = withdrawStatements.withdraw(withdrawals, tell);
      for (int i = 0; i < found.size(); i++) {
        withdrawn(kinds.get(i), found.get(i), withdrawals.get(i).patient());
      }
      int from = 0;
      for (PlannedRetraction one : planned) {
        int to = from + one.sources().size();
        answers.withdrawn(one.entry(), found.subList(from, to));
        from = to;
      }
    }

    private void withdrawn(Kind kind, Optional<UUID> found, UUID patient) {
      stored
          .versions("statement", found.stream().toList())
          .forEach(
              (id, version) ->
                  origins.add(new Origin(kind, id, version, patient, Activity.WITHDRAW)));
    }

    /// Whether a conditional create finds what it would create; an update must name the present
    /// version, if it names any.
    private boolean isThere(Entry entry, String table, Collection<Source> sources) {
      Request request = entry.request();
      if (request.ifNoneExist() == null && request.ifMatch() == null) {
        return false;
      }
      List<Stored.Row> rows = stored.lock(table, sources);
      String ifMatch = request.ifMatch();
      if (ifMatch != null
          && rows.stream().noneMatch(row -> Answers.etag(row.version()).equals(weak(ifMatch)))) {
        throw new FhirProblem(
            412,
            Reason.VERSION_CONFLICT,
            entry.asked(".ifMatch"),
            "The version is not the present one.");
      }
      if (request.ifNoneExist() == null || rows.isEmpty()) {
        return false;
      }
      answers.isThere(entry, rows.getFirst());
      return true;
    }

    private static String weak(String tag) {
      return tag.startsWith("W/") ? tag : "W/" + tag;
    }

    private UUID subject(Entry entry, @Nullable Reference subject, List<Issue> issues) {
      return Optional.ofNullable(subject)
          .flatMap(references::patient)
          .orElseGet(
              () -> {
                issues.add(
                    new Issue(
                        Reason.UNKNOWN_REFERENCE,
                        entry.at(".subject"),
                        "Leads to no patient of this Bundle or of the clinic."));
                return new UUID(0, 0);
              });
    }

    private static void refuseIf(List<Issue> issues) {
      if (!issues.isEmpty()) {
        throw new FhirProblem(400, issues);
      }
    }

    private static int status(Refused refused) {
      return switch (refused.kind()) {
        case CONFLICT -> 409;
        case INVALID -> 400;
        case UNKNOWN -> 400;
      };
    }
  }
}
