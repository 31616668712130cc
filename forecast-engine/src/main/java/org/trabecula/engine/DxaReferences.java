package org.trabecula.engine;

import static org.trabecula.engine.model.CsvResource.field;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.model.CsvResource;

/// Young adult BMD by site, sex and manufacturer.
final class DxaReferences {

  private static final DxaReferences SHIPPED =
      new DxaReferences(CsvResource.rows("/org/trabecula/engine/dxa-reference.csv"));

  /// @param mean g/cm2
  /// @param sd g/cm2
  record Reference(double mean, double sd, String text) {

    double tScore(double bmd) {
      return (bmd - mean) / sd;
    }
  }

  private record Key(Site site, SexForClinicalUse sex, Manufacturer manufacturer) {}

  private final Map<Key, Reference> references = new HashMap<>();
  private final String canonical;

  private DxaReferences(List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      Key key =
          new Key(
              Site.valueOf(field(row, "site")),
              SexForClinicalUse.valueOf(field(row, "sex")),
              Manufacturer.valueOf(field(row, "manufacturer")));
      double mean = Double.parseDouble(field(row, "mean"));
      double sd = Double.parseDouble(field(row, "sd"));
      String text =
          "%s, %s, %s: %s"
              .formatted(key.manufacturer(), key.site(), key.sex(), field(row, "source"));
      references.put(key, new Reference(mean, sd, text));
    }
    canonical = rows.toString();
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
}
