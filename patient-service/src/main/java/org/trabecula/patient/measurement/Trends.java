package org.trabecula.patient.measurement;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.measurement.Comparability.Obstacle;
import org.trabecula.patient.measurement.LeastSignificantChanges.Least;
import org.trabecula.patient.measurement.Trend.Change;
import org.trabecula.patient.measurement.Trend.Point;
import org.trabecula.patient.measurement.Trend.Series;
import org.trabecula.patient.measurement.Trend.Verdict;

/// Whether results of one analyte have changed by more than noise. Nothing is read or stored here.
@Singleton
class Trends {
  private final Quality quality;

  Trends(Quality quality) {
    this.quality = quality;
  }

  /// @param chart results of one analyte
  List<Series> of(Chart chart, Circumstances patient) {
    var series = new LinkedHashMap<Key, List<Measurement>>();
    chart
        .results()
        .forEach(one -> series.computeIfAbsent(Key.of(one), key -> new ArrayList<>()).add(one));
    return series.values().stream().map(results -> series(results, patient)).toList();
  }

  /// What the results of one series have in common, whatever the case of the letters: assay and
  /// laboratory, or the scanner.
  private record Key(@Nullable String measuredBy, @Nullable String assay) {

    static Key of(Measurement one) {
      return Comparability.isScan(one.analyte)
          ? new Key(folded(one.device), null)
          : new Key(folded(one.laboratory), folded(one.method));
    }

    private static @Nullable String folded(@Nullable String text) {
      return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
  }

  private Series series(List<Measurement> results, Circumstances patient) {
    Measurement first = results.getFirst();
    boolean scan = Comparability.isScan(first.analyte);
    return new Series(
        scan ? null : first.laboratory,
        scan ? null : first.method,
        scan ? first.device : null,
        points(results, patient));
  }

  private List<Point> points(List<Measurement> series, Circumstances patient) {
    var points = new ArrayList<Point>();
    var fit = new ArrayList<Measurement>();
    for (Measurement one : series) {
      Optional<String> unfit = quality.unfit(one, patient);
      points.add(
          new Point(
              one,
              unfit.orElse(null),
              change(matching(fit, one), one, unfit, patient),
              change(matching(fit.reversed(), one), one, unfit, patient)));
      if (unfit.isEmpty()) {
        fit.add(one);
      }
    }
    return points;
  }

  /// The first that was measured in the same way; else the first, so that the reason can be said.
  private static @Nullable Measurement matching(List<Measurement> earlier, Measurement one) {
    return earlier.stream()
        .filter(from -> Comparability.method(from, one).isEmpty())
        .findFirst()
        .orElse(earlier.isEmpty() ? null : earlier.getFirst());
  }

  private static Change change(
      @Nullable Measurement from, Measurement to, Optional<String> unfit, Circumstances patient) {
    if (from == null) {
      return new Change(
          null,
          null,
          null,
          null,
          unfit.isPresent() ? Verdict.EXCLUDED : Verdict.NOT_COMPARABLE,
          unfit.orElse("It is the first of its series, and what later results are compared with."));
    }
    BigDecimal absolute = to.comparator == null ? to.value.subtract(from.value) : null;
    boolean score = isScore(to);
    BigDecimal percent =
        score || to.comparator != null ? null : Quality.percent(from.value, to.value);
    Least least =
        score ? null : patient.leastSignificantChanges().of(to.analyte, to.device).orElse(null);
    if (unfit.isPresent()) {
      return new Change(from, absolute, percent, least, Verdict.EXCLUDED, unfit.get());
    }
    Optional<Obstacle> obstacle = Comparability.between(from, to, patient);
    if (obstacle.isPresent()) {
      return new Change(
          from, absolute, percent, least, Verdict.NOT_COMPARABLE, obstacle.get().reason());
    }
    if (score) {
      return new Change(
          from, absolute, null, null, Verdict.NOT_COMPARABLE, scoreReason(to.analyte));
    }
    if (least == null || percent == null) {
      return new Change(
          from,
          absolute,
          percent,
          least,
          Verdict.NOT_COMPARABLE,
          "No least significant change is known for it; the clinic's settings can state one.");
    }
    return judged(from, absolute, percent, least);
  }

  private static Change judged(
      Measurement from, @Nullable BigDecimal absolute, BigDecimal percent, Least least) {
    String limit = "the least significant change of " + least.percent().toPlainString() + " %";
    if (percent.abs().compareTo(least.percent()) <= 0) {
      return new Change(
          from,
          absolute,
          percent,
          least,
          Verdict.WITHIN_LSC,
          "%s %% is not more than %s: it may be noise.".formatted(percent, limit));
    }
    return new Change(
        from,
        absolute,
        percent,
        least,
        percent.signum() > 0 ? Verdict.INCREASED : Verdict.DECREASED,
        "%s %% is more than %s.".formatted(percent, limit));
  }

  private static boolean isScore(Measurement one) {
    return one.unit.startsWith("{") && one.unit.endsWith("score}");
  }

  private static String scoreReason(String analyte) {
    if (analyte.startsWith("t-score-") || analyte.startsWith("z-score-")) {
      return "A score depends on its reference population and is not followed; bone mineral density in g/cm2 on one scanner is.";
    }
    return "No least significant change is known for a score.";
  }
}
