package org.trabecula.patient.measurement;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Results of one patient that are read together. What was withdrawn is not among them.
///
/// @param results oldest first
record Chart(List<Measurement> results) {
  private static final Comparator<Measurement> BY_TIME =
      Comparator.<Measurement, Instant>comparing(one -> one.effectiveAt)
          .thenComparing(one -> one.id);

  static final Chart EMPTY = new Chart(List.of());

  static Chart of(Collection<Measurement> measurements) {
    return new Chart(
        measurements.stream()
            .filter(one -> one.status != Measurement.Standing.WITHDRAWN)
            .sorted(BY_TIME)
            .toList());
  }

  /// With these in place of what the chart has under the same identifiers.
  Chart with(Collection<Measurement> measurements) {
    var byId = new HashMap<UUID, Measurement>();
    results.forEach(one -> byId.put(one.id, one));
    measurements.forEach(one -> byId.put(one.id, one));
    return of(byId.values());
  }

  List<Measurement> since(Instant first) {
    return results.stream().filter(one -> !one.effectiveAt.isBefore(first)).toList();
  }

  Stream<Measurement> of(String analyte) {
    return results.stream().filter(one -> one.analyte.equals(analyte));
  }

  /// Final results of the same analyte before this one, latest first.
  List<Measurement> before(Measurement later) {
    return of(later.analyte)
        .filter(one -> !one.id.equals(later.id) && BY_TIME.compare(one, later) < 0)
        .filter(Measurement::isFinal)
        .toList()
        .reversed();
  }
}
