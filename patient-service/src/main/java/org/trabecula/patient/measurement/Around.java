package org.trabecula.patient.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/// Which results of a patient are read together with new ones: those of one analyte between two
/// times, and a few before and after. Of a series the neighbours are enough; what is looked up in
/// another analyte, such as the latest eGFR, is read whole.
record Around(UUID patient, String analyte, Instant first, Instant last) {
  /// Results of one sample may be stated up to a day apart.
  private static final Duration ONE_SAMPLE = Duration.ofDays(1);

  /// Before and after every result.
  private static final Instant EVER = Instant.parse("1800-01-01T00:00:00Z");

  private static final Instant NEVER = Instant.parse("3000-01-01T00:00:00Z");

  static List<Around> of(UUID patient, Collection<Measurement> added) {
    var spans = new HashMap<String, Around>();
    for (Measurement one : added) {
      for (String analyte : Quality.related(one.analyte)) {
        boolean isSeries = analyte.equals(one.analyte) && Quality.isSeries(analyte);
        spans.merge(
            analyte,
            new Around(
                patient,
                analyte,
                isSeries ? one.effectiveAt.minus(ONE_SAMPLE) : EVER,
                isSeries ? one.effectiveAt.plus(ONE_SAMPLE) : NEVER),
            Around::and);
      }
    }
    return List.copyOf(spans.values());
  }

  /// From when on new results change what is said of others.
  static Instant effectOf(Collection<Measurement> added) {
    return added.stream()
        .map(one -> one.effectiveAt.minus(ONE_SAMPLE))
        .min(Instant::compareTo)
        .orElse(NEVER);
  }

  private Around and(Around other) {
    return new Around(
        patient,
        analyte,
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last);
  }
}
