package org.trabecula.engine;

import static org.trabecula.engine.model.CsvResource.field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.model.CsvResource;

/// BMD of young adults, and by age, by site, sex and manufacturer.
final class DxaReferences {

  private static final DxaReferences SHIPPED =
      new DxaReferences(
          CsvResource.rows("/org/trabecula/engine/dxa-reference.csv"),
          CsvResource.rows("/org/trabecula/engine/dxa-age-reference.csv"));

  /// @param mean g/cm2
  /// @param sd g/cm2
  record Reference(double mean, double sd, String text) {

    double score(double bmd) {
      return (bmd - mean) / sd;
    }
  }

  /// What people of one sex have at one site, by age.
  static final class ByAge {

    /// @param from completed years of the youngest
    /// @param to completed years of the oldest
    private record Ages(int from, int to, Reference reference) {
      double middle() {
        return (from + to + 1) / 2.0;
      }
    }

    private final List<Ages> rows = new ArrayList<>();

    /// True when people from one age to the other are in it.
    boolean covers(double from, double to) {
      return from >= rows.getFirst().from() && to < rows.getLast().to() + 1;
    }

    String text() {
      return rows.getFirst().reference().text();
    }

    /// Linear between the middles of two groups.
    double score(double age, double bmd) {
      Ages left = rows.getFirst();
      for (Ages right : rows) {
        if (age < right.middle()) {
          double share =
              right == left ? 0 : (age - left.middle()) / (right.middle() - left.middle());
          return between(left.reference(), right.reference(), Math.max(0, share)).score(bmd);
        }
        left = right;
      }
      return left.reference().score(bmd);
    }

    private static Reference between(Reference left, Reference right, double share) {
      return new Reference(
          left.mean() + share * (right.mean() - left.mean()),
          left.sd() + share * (right.sd() - left.sd()),
          left.text());
    }
  }

  private record Key(Site site, SexForClinicalUse sex, Manufacturer manufacturer) {}

  private final Map<Key, Reference> references = new HashMap<>();
  private final Map<Key, ByAge> byAge = new HashMap<>();
  private final String canonical;

  private DxaReferences(List<Map<String, String>> young, List<Map<String, String>> aged) {
    for (Map<String, String> row : young) {
      references.put(key(row), reference(row));
    }
    for (Map<String, String> row : aged) {
      byAge
          .computeIfAbsent(key(row), key -> new ByAge())
          .rows
          .add(
              new ByAge.Ages(
                  Integer.parseInt(field(row, "from")),
                  Integer.parseInt(field(row, "to")),
                  reference(row)));
    }
    canonical = young.toString() + '\n' + aged;
  }

  private static Key key(Map<String, String> row) {
    return new Key(
        Site.valueOf(field(row, "site")),
        SexForClinicalUse.valueOf(field(row, "sex")),
        Manufacturer.valueOf(field(row, "manufacturer")));
  }

  private static Reference reference(Map<String, String> row) {
    Key key = key(row);
    String text =
        "%s, %s, %s: %s".formatted(key.manufacturer(), key.site(), key.sex(), field(row, "source"));
    return new Reference(
        Double.parseDouble(field(row, "mean")), Double.parseDouble(field(row, "sd")), text);
  }

  static DxaReferences shipped() {
    return SHIPPED;
  }

  String canonical() {
    return canonical;
  }

  /// The population's peak, for the prior of a patient without a scan.
  Reference peak(Site site, SexForClinicalUse sex, Manufacturer manufacturer) {
    Reference reference = references.get(new Key(site, sex, manufacturer));
    if (reference == null) {
      throw new IllegalStateException("no reference for " + site + " " + sex + " " + manufacturer);
    }
    return reference;
  }

  /// At the hip the female reference serves both sexes.
  Reference tScore(Site site, SexForClinicalUse sex, Manufacturer manufacturer) {
    return peak(site, site == Site.LUMBAR_SPINE ? sex : SexForClinicalUse.FEMALE, manufacturer);
  }

  /// Null where there is none.
  @Nullable ByAge zScore(Site site, SexForClinicalUse sex, Manufacturer manufacturer) {
    return byAge.get(new Key(site, sex, manufacturer));
  }
}
