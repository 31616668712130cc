package org.trabecula.engine;

import static org.trabecula.engine.model.CsvResource.field;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.CsvResource;

/// What genes, diseases, habits and declared sensitivities say before any result: shifts of prior
/// means. `factors.csv` has each with its evidence.
final class Factors {

  private static final String PEAK_BMD = "PEAK_BMD";
  private static final Factors SHIPPED =
      new Factors(CsvResource.rows("/org/trabecula/engine/factors.csv"));

  private enum When {
    ALWAYS,
    ORAL_ESTROGEN;

    static When of(String text) {
      return switch (text) {
        case "always" -> ALWAYS;
        case "oral-estrogen" -> ORAL_ESTROGEN;
        default -> throw new IllegalStateException("factors.csv: when is " + text);
      };
    }
  }

  /// @param ln added to the log of a mean
  /// @param variance added to that of the log
  record Shift(double ln, double variance) {

    static final Shift NONE = new Shift(0, 0);

    private Shift plus(Shift other) {
      return new Shift(ln + other.ln, variance + other.variance);
    }

    double widen(double sd) {
      return StrictMath.sqrt(sd * sd + variance);
    }
  }

  /// All shifts of one patient.
  record Shifts(Map<Trait, Shift> traits, Shift peakBmd) {

    Shift of(Trait trait) {
      return traits.getOrDefault(trait, Shift.NONE);
    }
  }

  private final List<Map<String, String>> rows;

  private Factors(List<Map<String, String>> rows) {
    this.rows = rows;
    shifts(known(), () -> true);
  }

  static Factors shipped() {
    return SHIPPED;
  }

  String canonical() {
    return rows.toString();
  }

  boolean knows(Person.Factor factor) {
    return known().contains(factor);
  }

  Set<Person.Factor> known() {
    Set<Person.Factor> known = new LinkedHashSet<>();
    rows.forEach(row -> known.add(factor(row)));
    return Collections.unmodifiableSet(known);
  }

  /// @param oralEstrogen whether every estrogen of the patient passes the liver first
  Shifts shifts(Collection<Person.Factor> factors, BooleanSupplier oralEstrogen) {
    Map<Trait, Shift> traits = new EnumMap<>(Trait.class);
    Shift peak = Shift.NONE;
    for (Map<String, String> row : rows) {
      boolean applies = When.of(field(row, "when")) == When.ALWAYS || oralEstrogen.getAsBoolean();
      if (factors.contains(factor(row)) && applies) {
        double widening = Double.parseDouble(field(row, "widening"));
        Shift shift = new Shift(Double.parseDouble(field(row, "shift")), widening * widening);
        if (field(row, "target").equals(PEAK_BMD)) {
          peak = peak.plus(shift);
        } else {
          traits.merge(Trait.valueOf(field(row, "target")), shift, Shift::plus);
        }
      }
    }
    return new Shifts(traits, peak);
  }

  private static Person.Factor factor(Map<String, String> row) {
    return new Person.Factor(field(row, "code"), field(row, "value"));
  }
}
