package org.trabecula.contracts;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What can be measured: one entry of the catalogue of analytes, the resource [#RESOURCE] beside
/// this class.
///
/// @param code what events carry as `analyte`; also the code in our own code system
/// @param unit canonical unit, UCUM
/// @param plausible a value outside is probably in another unit than stated
/// @param possible bounds for a value whose unit its sender confirms although it is not plausible;
/// null when a confirmation changes nothing
/// @param conversion how to read a unit that UCUM alone cannot convert; null when there is none
/// @param loinc LOINC codes that are read as this analyte; none for a local code
/// @param bodySite where it is measured; null when it has no site
/// @param reference reference range in words
public record Analyte(
    String code,
    String display,
    Kind kind,
    String unit,
    Plausible plausible,
    @Nullable Plausible possible,
    @Nullable Conversion conversion,
    List<Loinc> loinc,
    @Nullable BodySite bodySite,
    @Nullable String reference,
    String source,
    @Nullable String notes) {

  /// The catalogue: a JSON array of analytes.
  public static final String RESOURCE = "analytes.json";

  /// The category of the observation, in FHIR's words.
  public enum Kind {
    LABORATORY,
    IMAGING,
    VITAL_SIGNS
  }

  /// Where a code or a number comes from.
  public enum Provenance {
    /// Read in the named source.
    FOUND,
    /// Code and component seen in a LOINC table; the long name is recalled.
    CONFIRMED,
    /// Known to the field, not looked up.
    RECALLED,
    /// Chosen by us.
    ASSUMED
  }

  /// Bounds in the canonical unit, both inclusive.
  public record Plausible(
      BigDecimal minimum, BigDecimal maximum, String source, Provenance provenance) {}

  /// Canonical value = value in `from` × factor + offset.
  ///
  /// It goes before UCUM: `mmol/mol` and `%` of haemoglobin A1c have one dimension and two scales.
  ///
  /// @param from UCUM code
  public record Conversion(
      String from, BigDecimal factor, BigDecimal offset, String source, Provenance provenance) {}

  /// @param property kind of quantity that LOINC gives the code to, such as `mass` or `molar`
  /// @param method that the code says, such as the equation of a filtration rate; null when it says
  /// none
  /// @param specimen that the code says where the analyte's other codes say another; else null
  public record Loinc(
      String code,
      String property,
      Provenance provenance,
      @Nullable String method,
      @Nullable String specimen,
      @Nullable String note) {

    /// Whether it says more than the analyte's first code.
    public boolean saysMore() {
      return method != null || specimen != null;
    }

    /// Whether what was measured so may be called by this code.
    public boolean fits(@Nullable String statedMethod, @Nullable String statedSpecimen) {
      return says(method, statedMethod) && says(specimen, statedSpecimen);
    }

    private static boolean says(@Nullable String own, @Nullable String stated) {
      return own == null
          || (stated != null
              && stated.toLowerCase(Locale.ROOT).contains(own.toLowerCase(Locale.ROOT)));
    }
  }

  /// @param code SNOMED CT
  /// @param required true when the LOINC code alone does not tell the site
  public record BodySite(String code, String display, boolean required, Provenance provenance) {}
}
