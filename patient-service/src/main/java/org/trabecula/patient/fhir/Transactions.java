package org.trabecula.patient.fhir;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Reference;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.Change;
import org.trabecula.patient.Refused;
import org.trabecula.patient.fhir.FhirProblem.Issue;
import org.trabecula.patient.fhir.ObservationEntries.Found;
import org.trabecula.patient.fhir.TransactionBundle.Entry;
import org.trabecula.patient.fhir.TransactionPlan.PlannedMeasurements;
import org.trabecula.patient.fhir.TransactionPlan.PlannedPatient;
import org.trabecula.patient.fhir.TransactionPlan.PlannedWithdrawal;
import org.trabecula.patient.measurement.RecordMeasurements;
import org.trabecula.patient.measurement.RecordMeasurements.Recorded;
import org.trabecula.patient.measurement.RecordMeasurements.Submission;
import org.trabecula.patient.measurement.WithdrawMeasurements;
import org.trabecula.patient.measurement.WithdrawMeasurements.Withdrawal;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.Patients;
import org.trabecula.patient.profile.RegisterPatient;

/// Carries out transaction Bundles: wholly, or not at all.
@ApplicationScoped
class Transactions {
  private final PatientEntries patientEntries;
  private final ObservationEntries observationEntries;
  private final RegisterPatient registerPatient;
  private final RecordMeasurements recordMeasurements;
  private final WithdrawMeasurements withdrawMeasurements;
  private final Patients patients;
  private final Change change;

  Transactions(
      PatientEntries patientEntries,
      ObservationEntries observationEntries,
      RegisterPatient registerPatient,
      RecordMeasurements recordMeasurements,
      WithdrawMeasurements withdrawMeasurements,
      Patients patients,
      Change change) {
    this.patientEntries = patientEntries;
    this.observationEntries = observationEntries;
    this.registerPatient = registerPatient;
    this.recordMeasurements = recordMeasurements;
    this.withdrawMeasurements = withdrawMeasurements;
    this.patients = patients;
    this.change = change;
  }

  /// @param strict whether what is not stored makes the whole fail
  /// @return the answers, in the order of the entries
  /// @throws FhirProblem naming everything that is wrong
  Bundle carryOut(TransactionBundle bundle, boolean strict) {
    TransactionPlan plan =
        TransactionPlan.of(bundle, strict, patientEntries, observationEntries, registerPatient);
    return change.make(tell -> new Run(bundle, tell).carryOut(plan));
  }

  private final class Run {
    private final TransactionBundle bundle;
    private final Consumer<OutgoingEvent> tell;
    private final Answers answers;
    private final Map<Integer, UUID> registered = new HashMap<>();

    private Run(TransactionBundle bundle, Consumer<OutgoingEvent> tell) {
      this.bundle = bundle;
      this.tell = tell;
      this.answers = new Answers(bundle.entries().size());
    }

    private Bundle carryOut(TransactionPlan plan) {
      plan.notStored().forEach(answers::notStored);
      plan.patients().forEach(this::register);
      var references =
          new References(
              bundle,
              registered,
              identifier -> patients.findByIdentifier(identifier).map(Patient::id));
      record(plan.measurements(), references);
      withdraw(plan.withdrawals(), references);
      return answers.bundle();
    }

    private void register(PlannedPatient planned) {
      try {
        var done =
            registerPatient.registerOnce(
                planned.source().system(), planned.source().id(), planned.registration(), tell);
        registered.put(planned.entry().position(), done.patient().id());
        answers.registered(planned, done);
      } catch (Refused refused) {
        throw new FhirProblem(409, Expressions.ofPatient(planned.entry(), refused));
      }
    }

    private void record(List<PlannedMeasurements> planned, References references) {
      var submissions = new ArrayList<Submission>();
      var paths = new ArrayList<String>();
      var issues = new ArrayList<Issue>();
      for (PlannedMeasurements one : planned) {
        UUID patient = subject(one.entry(), one.subject(), references, issues);
        for (Found found : one.found()) {
          submissions.add(new Submission(patient, found.measurement()));
          paths.add(found.path());
        }
      }
      refuseIf(issues);
      try {
        List<Recorded> recorded = recordMeasurements.record(submissions, tell);
        int from = 0;
        for (PlannedMeasurements one : planned) {
          int to = from + one.found().size();
          answers.recorded(one, recorded.subList(from, to));
          from = to;
        }
      } catch (Refused refused) {
        throw new FhirProblem(
            refused.kind() == Refused.Kind.CONFLICT ? 409 : 400,
            Expressions.ofMeasurements(paths, refused));
      }
    }

    private void withdraw(List<PlannedWithdrawal> planned, References references) {
      var withdrawals = new ArrayList<Withdrawal>();
      var issues = new ArrayList<Issue>();
      for (PlannedWithdrawal one : planned) {
        UUID patient = subject(one.entry(), one.subject(), references, issues);
        one.sources()
            .forEach(
                source -> withdrawals.add(new Withdrawal(patient, source, "entered-in-error")));
      }
      refuseIf(issues);
      var found = withdrawMeasurements.withdraw(withdrawals, tell);
      int from = 0;
      for (PlannedWithdrawal one : planned) {
        int to = from + one.sources().size();
        answers.withdrawn(one, found.subList(from, to));
        from = to;
      }
    }

    private UUID subject(
        Entry entry, Reference subject, References references, List<Issue> issues) {
      return references
          .patient(subject)
          .orElseGet(
              () -> {
                issues.add(
                    new Issue(
                        Reason.UNKNOWN_REFERENCE,
                        entry.path() + ".resource.subject",
                        "Leads to no patient of this Bundle or of the clinic."));
                return new UUID(0, 0);
              });
    }

    private static void refuseIf(List<Issue> issues) {
      if (!issues.isEmpty()) {
        throw new FhirProblem(400, issues);
      }
    }
  }
}
