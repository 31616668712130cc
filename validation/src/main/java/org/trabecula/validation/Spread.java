package org.trabecula.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/// How far the mean of an arm may lie from its prediction.
final class Spread {

  /// Size of an arm that states none.
  private static final double TYPICAL_NUMBER = 50;

  /// What a trial ascribed to the wrong site, dose or population may add to a mean rate, %/y.
  private static final double RATE = 0.4;

  private static final double RECALLED = 1.3;
  private static final double RECALLED_LOW = 1.6;

  private static final Map<Measure, Double> BETWEEN_TRIALS = new EnumMap<>(Measure.class);
  private static final Map<Measure, Double> BETWEEN_PEOPLE = new EnumMap<>(Measure.class);

  static {
    try (InputStream in = Objects.requireNonNull(Spread.class.getResourceAsStream("spread.csv"));
        CSVParser parser =
            CSVParser.parse(
                new InputStreamReader(in, StandardCharsets.UTF_8),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      for (CSVRecord r : parser) {
        Measure measure = Measure.valueOf(r.get("measure"));
        BETWEEN_TRIALS.put(measure, Double.valueOf(r.get("between_trials")));
        BETWEEN_PEOPLE.put(measure, Double.valueOf(r.get("between_people")));
      }
    } catch (IOException e) {
      throw new IllegalStateException("spread.csv is missing from the build", e);
    }
  }

  private Spread() {}

  /// SD of the mean of an arm around its prediction, in points.
  static double ofArm(Question q) {
    double se = standardError(q);
    double between = betweenTrials(q);
    return Math.sqrt(se * se + between * between);
  }

  /// In the calibration an anchor states its own spread, and recalled rows count less.
  static double forFit(Question q) {
    if (q.row().phase().equals("anchor")) {
      return standardError(q);
    }
    return ofArm(q)
        * (!q.row().recalled() ? 1 : q.row().confidence().equals("low") ? RECALLED_LOW : RECALLED);
  }

  /// Of the arm's mean, or of the difference of two arms.
  static double standardError(Question q) {
    TrialRow row = q.row();
    Double se = row.se();
    if (se != null) {
      return se;
    }
    Double low = row.low();
    Double high = row.high();
    if (low != null && high != null && high > low) {
      return (high - low) / (2 * 1.96);
    }
    double sd = or(row.sd(), betweenPeople(q));
    double n = Math.max(2, or(row.number(), TYPICAL_NUMBER));
    return sd / Math.sqrt(n) * (row.versusPlacebo() ? Math.sqrt(2) : 1);
  }

  private static double betweenPeople(Question q) {
    double sd = Objects.requireNonNull(BETWEEN_PEOPLE.get(q.measure()));
    if (!q.measure().isDensity()) {
      return sd;
    }
    return sd * Math.sqrt(Math.max(q.to() / 365.25, 0.5) / 2) / q.years();
  }

  /// Between trials that ask the same: populations, scanners, adherence.
  static double betweenTrials(Question q) {
    return q.row().perYear() ? RATE : Objects.requireNonNull(BETWEEN_TRIALS.get(q.measure()));
  }

  private static double or(@Nullable Double value, double otherwise) {
    return value == null ? otherwise : value;
  }
}
