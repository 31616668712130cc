package org.trabecula.patient.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.clinic.ClinicSettings;
import org.trabecula.patient.clinic.Clinics;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.profile.PatientRevised;

/// Keeps what our rules say of measurements true when the patient or a neighbouring result changes.
/// Only what they now say otherwise becomes a new version and an event.
///
/// Whoever changes what findings depend on holds the patient's row, so that no two see half of each
/// other's change.
@ApplicationScoped
public class AssessMeasurements {
  private final Quality quality;
  private final Measurements measurements;
  private final Clinics clinics;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  AssessMeasurements(
      Quality quality, Measurements measurements, Clinics clinics, CurrentClinic clinic) {
    this.quality = quality;
    this.measurements = measurements;
    this.clinics = clinics;
    this.clinic = clinic;
  }

  void onChange(@Observes PatientRevised revised) {
    Patient patient = revised.patient();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Chart chart = Chart.of(measurements.ofPatients(Set.of(patient.id()), quality.concerned()));
    settle(Map.of(patient.id(), chart), Map.of(), Map.of(patient.id(), patient), Set.of(), now)
        .values()
        .forEach(one -> revised.tell().accept(event(one)));
  }

  /// The charts that new results are read in: what is near enough in time to matter.
  Map<UUID, Chart> around(Collection<Measurement> added) {
    return charts(
        measurements.around(
            added.stream().collect(Collectors.groupingBy(one -> one.patient)).entrySet().stream()
                .flatMap(of -> Around.of(of.getKey(), of.getValue()).stream())
                .toList()));
  }

  /// All that is read together with results of these analytes.
  Map<UUID, Chart> whole(Set<UUID> patients, Set<String> analytes) {
    Set<String> related = Quality.related(analytes);
    return related.isEmpty() ? Map.of() : charts(measurements.ofPatients(patients, related));
  }

  private static Map<UUID, Chart> charts(List<Measurement> results) {
    var charts = new HashMap<UUID, Chart>();
    results.stream()
        .collect(Collectors.groupingBy(one -> one.patient))
        .forEach((patient, found) -> charts.put(patient, Chart.of(found)));
    return charts;
  }

  Measurement assessed(Measurement one, Patient patient, Map<UUID, Chart> charts) {
    Chart chart = charts.getOrDefault(one.patient, Chart.EMPTY);
    return one.assessed(quality.assess(one, circumstances(patient), chart));
  }

  /// Brings what is said of the results in these charts up to date.
  ///
  /// @param since per patient, from when on something may have changed; for ever where it is absent
  /// @param fresh results whose version is of this change, so that it stays
  /// @return those of which something else is said now
  Map<UUID, Measurement> settle(
      Map<UUID, Chart> charts,
      Map<UUID, Instant> since,
      Map<UUID, Patient> patients,
      Set<UUID> fresh,
      Instant now) {
    var changed = new TreeMap<UUID, Measurement>();
    var superseded = new ArrayList<Measurement>();
    charts.forEach(
        (id, chart) -> {
          Circumstances circumstances =
              circumstances(Optional.ofNullable(patients.get(id)).orElseThrow());
          for (Measurement one : chart.since(since.getOrDefault(id, Instant.MIN))) {
            Assessment found = quality.assess(one, circumstances, chart);
            if (!found.equals(one.assessment)) {
              boolean isFresh = fresh.contains(one.id);
              changed.put(one.id, isFresh ? one.assessed(found) : one.reassessed(found, now));
              if (!isFresh) {
                superseded.add(one);
              }
            }
          }
        });
    measurements.reassess(superseded, changed.values(), now);
    return changed;
  }

  boolean concerns(String analyte) {
    return quality.concerns(analyte);
  }

  Circumstances circumstances(Patient patient) {
    ClinicSettings settings = clinics.current();
    return Circumstances.of(
        patient.profile(),
        settings.zone(),
        new LeastSignificantChanges(settings.leastSignificantChanges(), settings.scanners()));
  }

  OutgoingEvent event(Measurement measurement) {
    return OutgoingEvent.ofPatientItem(
        clinic.id(), measurement.patient, "measurement", measurement.id, measurement.recorded());
  }
}
