package org.trabecula.patient.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final AssessMeasurements assess;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  RecordMeasurements(
      Intake intake,
      Measurements measurements,
      Patients patients,
      AssessMeasurements assess,
      CurrentClinic clinic) {
    this.intake = intake;
    this.measurements = measurements;
    this.patients = patients;
    this.assess = assess;
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
    Map<UUID, Patient> known = patients(submissions);
    List<Reading> readings = accept(submissions, known);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Stored stored = store(readings, known, now);
    Stream.concat(
            stored.recorded().values().stream()
                .filter(one -> one.effect() != Effect.NONE)
                .map(Recorded::measurement),
            stored.neighbours().stream())
        .map(assess::event)
        .forEach(tell);
    return readings.stream()
        .map(reading -> stored.recorded().get(reading.id(clinic.id())))
        .toList();
  }

  /// The patients, held where what is known of them decides what is said of a result.
  private Map<UUID, Patient> patients(List<Submission> submissions) {
    Set<UUID> ids = submissions.stream().map(Submission::patient).collect(Collectors.toSet());
    boolean concerned =
        submissions.stream()
            .flatMap(submission -> intake.code(submission.measurement()).stream())
            .anyMatch(assess::concerns);
    return concerned ? patients.lock(ids) : patients.findAll(ids);
  }

  private List<Reading> accept(List<Submission> submissions, Map<UUID, Patient> known) {
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
          .accept(patient.id(), patient.profile().earliestBirth(), submission.measurement(), own)
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

  /// @param neighbours results stored before, of which something else is said now
  private record Stored(Map<UUID, Recorded> recorded, Collection<Measurement> neighbours) {}

  private Stored store(List<Reading> sent, Map<UUID, Patient> known, Instant now) {
    SortedMap<UUID, Reading> readings = distinct(sent);
    List<Measurement> read =
        readings.values().stream()
            .map(reading -> Measurement.first(clinic.id(), reading, now))
            .toList();
    Map<UUID, Chart> charts = with(assess.around(read), read);
    List<Measurement> wanted =
        read.stream().map(one -> assess.assessed(one, patient(known, one), charts)).toList();
    var recorded = new TreeMap<UUID, Recorded>();
    wanted.forEach(one -> recorded.put(one.id, new Recorded(one, Effect.NEW)));
    List<Measurement> present = measurements.insert(wanted);
    Set<String> corrected =
        present.isEmpty() ? Set.of() : correct(present, sent, readings, known, recorded, now);
    Map<UUID, Chart> after =
        corrected.isEmpty()
            ? with(charts, recorded.values().stream().map(Recorded::measurement).toList())
            : assess.whole(known.keySet(), corrected);
    Map<UUID, Instant> since = corrected.isEmpty() ? since(read) : Map.of();
    return settled(after, since, recorded, known, now);
  }

  /// What became of those that are stored already: corrections are written, re-sends are left.
  ///
  /// @return the analytes that corrections touch
  private Set<String> correct(
      List<Measurement> present,
      List<Reading> sent,
      SortedMap<UUID, Reading> readings,
      Map<UUID, Patient> known,
      Map<UUID, Recorded> recorded,
      Instant now) {
    var touched = new HashSet<String>();
    var corrected = new ArrayList<Measurement>();
    Map<UUID, Measurement> locked =
        measurements.lock(present.stream().map(Measurement::id).toList());
    if (locked.size() < present.size()) {
      throw Refused.erasedMeanwhile();
    }
    locked.forEach(
        (id, stored) -> {
          Reading reading = Optional.ofNullable(readings.get(id)).orElseThrow();
          requireSamePatient(stored, reading, sent.indexOf(reading));
          Measurement latest = stored.sentAgain(reading, now);
          if (latest == stored) {
            recorded.put(id, new Recorded(stored, Effect.NONE));
          } else {
            Measurement assessed = assess.assessed(latest, patient(known, latest), Map.of());
            corrected.add(assessed);
            recorded.put(id, new Recorded(assessed, Effect.CORRECTED));
            touched.add(stored.analyte);
            touched.add(latest.analyte);
            recorded.values().forEach(one -> touched.add(one.measurement().analyte));
          }
        });
    measurements.correct(corrected, now);
    return touched;
  }

  /// Says of all in the charts what holds now that everything is stored.
  private Stored settled(
      Map<UUID, Chart> charts,
      Map<UUID, Instant> since,
      Map<UUID, Recorded> recorded,
      Map<UUID, Patient> known,
      Instant now) {
    Set<UUID> fresh =
        recorded.values().stream()
            .filter(one -> one.effect() != Effect.NONE)
            .map(one -> one.measurement().id)
            .collect(Collectors.toSet());
    Map<UUID, Measurement> changed = new TreeMap<>(assess.settle(charts, since, known, fresh, now));
    recorded.replaceAll(
        (id, one) -> {
          Measurement latest = changed.remove(id);
          return latest == null ? one : new Recorded(latest, one.effect());
        });
    return new Stored(recorded, changed.values());
  }

  private static Map<UUID, Instant> since(List<Measurement> read) {
    var since = new HashMap<UUID, Instant>();
    read.stream()
        .collect(Collectors.groupingBy(one -> one.patient))
        .forEach((patient, own) -> since.put(patient, Around.effectOf(own)));
    return since;
  }

  private static Map<UUID, Chart> with(Map<UUID, Chart> charts, List<Measurement> added) {
    var completed = new HashMap<UUID, Chart>();
    added.stream()
        .collect(Collectors.groupingBy(one -> one.patient))
        .forEach(
            (patient, own) ->
                completed.put(patient, charts.getOrDefault(patient, Chart.EMPTY).with(own)));
    return completed;
  }

  private static Patient patient(Map<UUID, Patient> known, Measurement one) {
    return Optional.ofNullable(known.get(one.patient)).orElseThrow();
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
}
