package org.trabecula.patient.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Refused.Refusal;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.Patients;

/// Takes in measurements: new ones, corrections of known ones, and re-sends, which have no effect.
@ApplicationScoped
public class RecordMeasurements {
  private final Intake intake;
  private final Measurements measurements;
  private final Patients patients;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  RecordMeasurements(
      Intake intake, Measurements measurements, Patients patients, CurrentClinic clinic) {
    this.intake = intake;
    this.measurements = measurements;
    this.patients = patients;
    this.clinic = clinic;
  }

  public record Submission(UUID patient, SubmittedMeasurement measurement) {}

  public enum Effect {
    NEW,
    CORRECTED,
    NONE
  }

  public record Recorded(Measurement measurement, Effect effect) {}

  /// All or none of them.
  ///
  /// @return in the order of the submissions
  /// @throws Refused naming all that is wrong; its items are positions in the submissions
  public List<Recorded> record(List<Submission> submissions, Consumer<OutgoingEvent> tell) {
    List<Reading> readings = accept(submissions);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<UUID, Recorded> recorded = store(readings, now);
    recorded.values().stream()
        .filter(one -> one.effect() != Effect.NONE)
        .map(one -> event(one.measurement()))
        .forEach(tell);
    return readings.stream().map(reading -> recorded.get(reading.id(clinic.id()))).toList();
  }

  private List<Reading> accept(List<Submission> submissions) {
    Map<UUID, Patient> known =
        patients.findAll(submissions.stream().map(Submission::patient).collect(Collectors.toSet()));
    var all = new Refusals();
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < submissions.size(); i++) {
      Submission submission = submissions.get(i);
      Patient patient = known.get(submission.patient());
      if (patient == null) {
        throw new Refused(
            Refused.Kind.UNKNOWN,
            List.of(new Refusal(i, "patientId", "The clinic has no such patient.")));
      }
      var own = new Refusals(i);
      intake
          .accept(patient.id(), patient.profile().birth(), submission.measurement(), own)
          .ifPresent(readings::add);
      all.addAll(own);
    }
    all.throwIfAny(Refused.Kind.INVALID);
    return readings;
  }

  /// By identifier, in its order: everyone inserts and locks in one order, so that no two wait for
  /// each other.
  private SortedMap<UUID, Reading> distinct(List<Reading> readings) {
    var distinct = new TreeMap<UUID, Reading>();
    var refusals = new Refusals();
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      Reading twin = distinct.putIfAbsent(reading.id(clinic.id()), reading);
      if (twin != null && !twin.equals(reading)) {
        var own = new Refusals(i);
        own.add("source.id", "Is given twice in one request, with different contents.");
        refusals.addAll(own);
      }
    }
    refusals.throwIfAny(Refused.Kind.INVALID);
    return distinct;
  }

  private Map<UUID, Recorded> store(List<Reading> sent, Instant now) {
    SortedMap<UUID, Reading> readings = distinct(sent);
    List<Measurement> wanted =
        readings.values().stream()
            .map(reading -> Measurement.first(clinic.id(), reading, now))
            .toList();
    var recorded = new TreeMap<UUID, Recorded>();
    wanted.forEach(one -> recorded.put(one.id, new Recorded(one, Effect.NEW)));
    List<Measurement> present = measurements.insert(wanted);
    Map<UUID, Measurement> locked =
        measurements.lock(present.stream().map(Measurement::id).toList());
    if (locked.size() < present.size()) {
      throw Refused.erasedMeanwhile();
    }
    var corrected = new ArrayList<Measurement>();
    locked.forEach(
        (id, stored) -> {
          Reading reading = Optional.ofNullable(readings.get(id)).orElseThrow();
          requireSamePatient(stored, reading, sent.indexOf(reading));
          Measurement latest = stored.sentAgain(reading, now);
          if (latest != stored) {
            corrected.add(latest);
          }
          recorded.put(id, new Recorded(latest, latest == stored ? Effect.NONE : Effect.CORRECTED));
        });
    measurements.correct(corrected, now);
    return recorded;
  }

  private static void requireSamePatient(Measurement stored, Reading reading, int item) {
    if (!stored.patient.equals(reading.patient())) {
      throw new Refused(
          Refused.Kind.CONFLICT,
          List.of(
              new Refusal(
                  item,
                  "source.id",
                  "The source has used this identifier for another patient's measurement.")));
    }
  }

  private OutgoingEvent event(Measurement measurement) {
    return OutgoingEvent.ofPatientItem(
        clinic.id(), measurement.patient, "measurement", measurement.id, measurement.recorded());
  }
}
