package org.trabecula.patient.hl7v2;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.Change;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Refused.Refusal;
import org.trabecula.patient.clinic.Clinics;
import org.trabecula.patient.hl7v2.Hl7Problem.Verdict;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;
import org.trabecula.patient.hl7v2.ResultPlan.Stated;
import org.trabecula.patient.hl7v2.ResultPlan.TakenBack;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.RecordMeasurements;
import org.trabecula.patient.measurement.RecordMeasurements.Effect;
import org.trabecula.patient.measurement.RecordMeasurements.Recorded;
import org.trabecula.patient.measurement.RecordMeasurements.Submission;
import org.trabecula.patient.measurement.WithdrawMeasurements;
import org.trabecula.patient.measurement.WithdrawMeasurements.Withdrawal;
import org.trabecula.patient.measurement.WithdrawMeasurements.Withdrawn;
import org.trabecula.patient.profile.AddIdentifiers;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.Patients;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.RegisterPatient;
import org.trabecula.patient.provenance.Provenance.Activity;
import org.trabecula.patient.provenance.Provenance.Kind;
import org.trabecula.patient.provenance.Provenances;
import org.trabecula.patient.provenance.Provenances.Message;
import org.trabecula.patient.provenance.Provenances.Origin;

/// Takes result messages: wholly, or not at all.
@ApplicationScoped
class ResultMessages {
  /// Two messages about one patient wait for each other here, and so never midway.
  private static final String LOCK =
      "select id from patient where clinic = ?1 and id = ?2 for no key update";

  private final Segments segments;
  private final Acknowledgments acknowledgments;
  private final Catalogue catalogue;
  private final ReceivedMessages received;
  private final ParkedMessages parkedMessages;
  private final Patients patients;
  private final RegisterPatient registerPatient;
  private final AddIdentifiers addIdentifiers;
  private final RecordMeasurements recordMeasurements;
  private final WithdrawMeasurements withdrawMeasurements;
  private final Change change;
  private final Provenances provenances;
  private final Clinics clinics;
  private final CurrentClinic clinic;

  ResultMessages(
      Segments segments,
      Acknowledgments acknowledgments,
      Catalogue catalogue,
      ReceivedMessages received,
      ParkedMessages parkedMessages,
      Patients patients,
      RegisterPatient registerPatient,
      AddIdentifiers addIdentifiers,
      RecordMeasurements recordMeasurements,
      WithdrawMeasurements withdrawMeasurements,
      Change change,
      Provenances provenances,
      Clinics clinics,
      CurrentClinic clinic) {
    this.segments = segments;
    this.acknowledgments = acknowledgments;
    this.catalogue = catalogue;
    this.received = received;
    this.parkedMessages = parkedMessages;
    this.patients = patients;
    this.registerPatient = registerPatient;
    this.addIdentifiers = addIdentifiers;
    this.recordMeasurements = recordMeasurements;
    this.withdrawMeasurements = withdrawMeasurements;
    this.change = change;
    this.provenances = provenances;
    this.clinics = clinics;
    this.clinic = clinic;
  }

  /// @param status of HTTP
  record Answer(int status, String acknowledgment) {}

  /// Whom a parked message is about.
  sealed interface Decision {
    /// @param claim whether the message's identifiers become the patient's
    record Known(UUID patient, boolean claim) implements Decision {}

    /// Someone new, as PID tells.
    record New() implements Decision {}
  }

  /// Answers whatever is sent.
  ///
  /// @param charset of the Content-Type; null when it names none
  Answer receive(byte[] body, @Nullable String charset) {
    Header header = null;
    try {
      Er7 message = Er7.of(body, charset);
      header = Header.of(message, segments);
      ResultPlan plan = plan(message, header);
      return new Answer(200, take(message, header, plan, null));
    } catch (Hl7Problem problem) {
      return new Answer(
          problem.status(), acknowledgments.write(header, problem.verdict(), problem.remarks()));
    }
  }

  /// Takes a parked message as if it came now.
  ///
  /// @return the acknowledgment
  /// @throws Hl7Problem when it cannot be taken even so; it stays parked
  String resolve(ParkedMessage parked, Decision decision) {
    Er7 message = Er7.of(parked.content);
    Header header = Header.of(message, segments);
    return take(message, header, plan(message, header), decision);
  }

  ResultPlan plan(ParkedMessage parked) {
    Er7 message = Er7.of(parked.content);
    return plan(message, Header.of(message, segments));
  }

  private ResultPlan plan(Er7 message, Header header) {
    return ResultPlan.of(message, header, segments, catalogue, clinics.current());
  }

  private String take(Er7 message, Header header, ResultPlan plan, @Nullable Decision decision) {
    try {
      return change.make(tell -> new Run(message, header, plan, decision, tell).take());
    } catch (UnknownPatient unknown) {
      UUID id =
          change.make(
              tell -> parkedMessages.park(message, header, unknown.subject, unknown.reason));
      throw new Hl7Problem(
          Verdict.AE,
          404,
          List.of(
              Remark.error(
                  Location.of("PID", 1, 3),
                  Condition.UNKNOWN_KEY,
                  unknown.reason
                      + " The message is parked as "
                      + id
                      + " until someone says who it is.")));
    }
  }

  /// The only thing that keeps a message from being taken is that nobody knows whom it is about.
  private static final class UnknownPatient extends RuntimeException {
    private final transient Subject subject;
    private final String reason;

    private UnknownPatient(Subject subject, String reason) {
      super("unknown patient");
      this.subject = subject;
      this.reason = reason;
    }
  }

  private final class Run {
    private final Er7 message;
    private final Header header;
    private final ResultPlan plan;
    private final @Nullable Decision decision;
    private final Consumer<OutgoingEvent> tell;
    private final List<Remark> faults;
    private final List<Remark> notes;

    private Run(
        Er7 message,
        Header header,
        ResultPlan plan,
        @Nullable Decision decision,
        Consumer<OutgoingEvent> tell) {
      this.message = message;
      this.header = header;
      this.plan = plan;
      this.decision = decision;
      this.tell = tell;
      this.faults = new ArrayList<>(plan.faults());
      this.notes = new ArrayList<>(plan.notes());
    }

    private String take() {
      Optional<String> before = received.claim(message, header);
      if (before.isPresent()) {
        parkedMessages.clear(header);
        return before.get();
      }
      Subject subject = plan.subject();
      if (subject != null && plan.hasEffect()) {
        patient(subject).ifPresent(patient -> carryOut(patient, subject));
      } else if (faults.isEmpty()) {
        notes.add(Remark.information(Location.MESSAGE, "Nothing in the message is kept here."));
      }
      refuseIfAny();
      String acknowledgment = acknowledgments.write(header, Verdict.AA, notes);
      received.acknowledge(header, acknowledgment);
      parkedMessages.clear(header);
      return acknowledgment;
    }

    private void refuseIfAny() {
      if (!faults.isEmpty()) {
        boolean conflict =
            faults.stream().anyMatch(fault -> fault.condition() == Condition.DUPLICATE_KEY);
        var remarks = new ArrayList<>(faults);
        remarks.addAll(notes);
        throw new Hl7Problem(Verdict.AE, conflict ? 409 : 422, remarks);
      }
    }

    private Optional<Patient> patient(Subject subject) {
      try {
        return switch (decision) {
          case Decision.Known(var id, var claim) -> Optional.of(known(id, claim, subject));
          case Decision.New() -> Optional.of(registered(subject));
          case null -> found(subject);
        };
      } catch (Refused refused) {
        refused.refusals().forEach(refusal -> faults.add(ofPatient(refused, refusal)));
        return Optional.empty();
      }
    }

    private Patient known(UUID id, boolean claim, Subject subject) {
      if (claim) {
        return addIdentifiers.add(id, subject.identifiers(), tell);
      }
      return patients
          .findByIdOptional(id)
          .orElseThrow(
              () ->
                  new Refused(
                      Refused.Kind.UNKNOWN, "patientId", "The clinic has no such patient."));
    }

    /// Whoever has the numbers by now, else someone new, even if the numbers were once an erased
    /// patient's: a person says so.
    private Patient registered(Subject subject) {
      return owner(subject).orElseGet(() -> registerPatient.register(subject.submitted(), tell));
    }

    private Optional<Patient> found(Subject subject) {
      Optional<Patient> owner = owner(subject);
      boolean register = clinics.current().registerUnknown() && !subject.identifiers().isEmpty();
      if (owner.isEmpty() && register) {
        return Optional.of(registeredUnasked(subject));
      }
      if (owner.isEmpty()) {
        String reason =
            subject.identifiers().isEmpty()
                ? "PID-3 has no medical record number (type MR)."
                : "No patient of the clinic has one of these medical record numbers.";
        if (faults.isEmpty()) {
          throw new UnknownPatient(subject, reason);
        }
        faults.add(pid(3, Condition.UNKNOWN_KEY, reason));
      }
      return owner;
    }

    /// One patient, however many messages do so at once; never one who was erased.
    private Patient registeredUnasked(Subject subject) {
      Identifier first = subject.identifiers().getFirst();
      return registerPatient
          .registerOnce(
              header.sender(),
              first.system() + "|" + first.value(),
              registerPatient.check(subject.submitted()),
              tell)
          .patient();
    }

    private Optional<Patient> owner(Subject subject) {
      Map<UUID, Patient> owners = new HashMap<>();
      for (Identifier identifier : subject.identifiers()) {
        patients
            .findByIdentifier(identifier)
            .ifPresent(patient -> owners.put(patient.id(), patient));
      }
      if (owners.size() > 1) {
        throw new Refused(
            Refused.Kind.CONFLICT, "identifiers", "The identifiers belong to different patients.");
      }
      return owners.values().stream().findFirst();
    }

    private void carryOut(Patient patient, Subject subject) {
      boolean isThere =
          !patients
              .getEntityManager()
              .createNativeQuery(LOCK)
              .setParameter(1, clinic.id())
              .setParameter(2, patient.id())
              .getResultList()
              .isEmpty();
      if (!isThere) {
        faults.add(pid(3, Condition.UNKNOWN_KEY, "The patient is being erased at this moment."));
        return;
      }
      if (subject.contradicts(patient.profile().birth())) {
        faults.add(
            pid(
                7,
                Condition.UNKNOWN_KEY,
                "Is not when the patient with this number was born: the results may be someone else's."));
      }
      if (subject.contradicts(patient.profile().sexForClinicalUse())) {
        notes.add(
            Remark.warning(
                Location.of("PID", 1, 8),
                "Differs from the sex for clinical use that the clinic states; the latter stands."));
      }
      record(patient);
      withdraw(patient);
    }

    private void record(Patient patient) {
      try {
        List<Recorded> recorded =
            recordMeasurements.record(
                plan.stated().stream()
                    .map(one -> new Submission(patient.id(), one.measurement()))
                    .toList(),
                tell);
        provenances.record(
            new Message(header.sender(), header.controlId()),
            recorded.stream()
                .filter(one -> one.effect() != Effect.NONE)
                .map(one -> origin(one, patient))
                .toList());
      } catch (Refused refused) {
        refused.refusals().forEach(refusal -> faults.add(ofResult(refused, refusal)));
      }
    }

    private static Origin origin(Recorded one, Patient patient) {
      return new Origin(
          Kind.MEASUREMENT,
          one.measurement().id(),
          one.measurement().version(),
          patient.id(),
          one.effect() == Effect.NEW ? Activity.CREATE : Activity.UPDATE);
    }

    private void withdraw(Patient patient) {
      List<TakenBack> takenBack = plan.takenBack();
      List<Withdrawal> withdrawals =
          takenBack.stream()
              .map(one -> new Withdrawal(patient.id(), one.source(), reason(one)))
              .toList();
      List<Optional<Withdrawn>> found = withdrawMeasurements.withdraw(withdrawals, tell);
      provenances.record(
          new Message(header.sender(), header.controlId()),
          Origin.ofWithdrawals(withdrawals, found));
      for (int i = 0; i < found.size(); i++) {
        if (found.get(i).isEmpty()) {
          notes.add(
              Remark.warning(
                  Location.of("OBX", takenBack.get(i).obx(), 11),
                  "There is no such result to take back."));
        }
      }
    }

    private static String reason(TakenBack takenBack) {
      return "OBX-11 " + takenBack.reason();
    }

    private static Remark pid(int field, Condition condition, String text) {
      return Remark.error(Location.of("PID", 1, field), condition, text);
    }

    private static Remark ofPatient(Refused refused, Refusal refusal) {
      int field =
          switch (refusal.field()) {
            case "birth" -> 7;
            case "name.given", "name.family" -> 5;
            default -> 3;
          };
      return pid(field, condition(refused, field), refusal.message());
    }

    private Remark ofResult(Refused refused, Refusal refusal) {
      Stated stated = plan.stated().get(refusal.item());
      int field =
          switch (refusal.field()) {
            case "analyte", "loinc" -> 3;
            case "source.id", "source.system" -> 4;
            case "value" -> 5;
            case "unit" -> 6;
            case "referenceInterval", "referenceInterval.low", "referenceInterval.high" -> 7;
            case "method" -> 17;
            case "device" -> 18;
            case "laboratory" -> 23;
            default -> 0;
          };
      Location at =
          refusal.field().equals("effectiveAt")
              ? stated.time()
              : Location.of("OBX", stated.obx(), field);
      return Remark.error(at, condition(refused, field), refusal.message());
    }

    private static Condition condition(Refused refused, int field) {
      return switch (refused.kind()) {
        case CONFLICT -> Condition.DUPLICATE_KEY;
        case UNKNOWN -> Condition.UNKNOWN_KEY;
        case INVALID ->
            field == 4
                ? Condition.DUPLICATE_KEY
                : field == 6 ? Condition.TABLE_VALUE : Condition.DATA_TYPE;
      };
    }
  }
}
