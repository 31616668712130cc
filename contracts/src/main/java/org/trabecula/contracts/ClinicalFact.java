package org.trabecula.contracts;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What can be known of a patient beside their profile, their regimen and their results: one entry
/// of the catalogue of clinical facts, the resource [#RESOURCE] beside this class.
///
/// Nothing is presumed: what nobody has stated is unknown.
///
/// @param code what events carry as `code`
/// @param unit canonical unit of a QUANTITY, UCUM; null for other kinds
/// @param plausible a QUANTITY outside was probably mistyped; null for other kinds
/// @param values what a CODED fact may be; empty for other kinds
/// @param analyte code in the catalogue of analytes of a MEASUREMENT; null for other kinds
/// @param staleness how long an answer counts; null when it does not age
/// @param implies codes of facts that are present whenever this one is
/// @param codings what FHIR and HL7 v2 call it
/// @param askedBy rules that ask for it, such as `HRT-06`, and `engine` when the model does
public record ClinicalFact(
    String code,
    String display,
    Kind kind,
    @Nullable String unit,
    Analyte.@Nullable Plausible plausible,
    List<String> values,
    @Nullable String analyte,
    @Nullable Staleness staleness,
    List<String> implies,
    List<Coding> codings,
    List<String> askedBy,
    @Nullable String notes) {

  /// The catalogue: a JSON array of facts.
  public static final String RESOURCE = "facts.json";

  public enum Kind {
    /// Present, absent or unknown, with an onset and an end.
    CONDITION,
    /// A condition that may happen more than once, each time on its own date.
    EVENT,
    /// A number.
    QUANTITY,
    /// One of [#values()].
    CODED,
    /// The latest measurement of [#analyte()].
    MEASUREMENT
  }

  /// @param days an older answer is no answer
  public record Staleness(int days, String source, Analyte.Provenance provenance) {}

  /// @param system URI of the code system
  /// @param code as the system writes it. A code of ICD-10 or ICD-10-CM stands for all below it,
  /// and may be a range of three-character categories, such as `K70-K77`
  public record Coding(String system, String code, Analyte.Provenance provenance) {
    public static final String SNOMED_CT = "http://snomed.info/sct";
    public static final String ICD_10 = "http://hl7.org/fhir/sid/icd-10";
    public static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";

    /// The American edition refines the international one, so a code of the latter also covers the
    /// former's codes below it.
    boolean covers(String otherSystem, String otherCode) {
      if (system.equals(SNOMED_CT)) {
        return system.equals(otherSystem) && code.equals(otherCode);
      }
      boolean sameEdition =
          system.equals(otherSystem) || (system.equals(ICD_10) && ICD_10_CM.equals(otherSystem));
      return sameEdition && isWithin(plain(otherCode));
    }

    private boolean isWithin(String other) {
      int dash = code.indexOf('-');
      if (dash < 0) {
        return other.startsWith(plain(code));
      }
      String category = other.substring(0, Math.min(dash, other.length()));
      return category.length() == dash
          && category.compareTo(code.substring(0, dash)) >= 0
          && category.compareTo(code.substring(dash + 1)) <= 0;
    }

    /// Some senders leave the dot out.
    private static String plain(String code) {
      return code.replace(".", "").toUpperCase(Locale.ROOT);
    }
  }

  /// Whether a code of another's system means this fact.
  public boolean isCodedAs(String system, String code) {
    return codings.stream().anyMatch(coding -> coding.covers(system, code));
  }

  public boolean isPlausible(BigDecimal canonical) {
    return plausible == null
        || (canonical.compareTo(plausible.minimum()) >= 0
            && canonical.compareTo(plausible.maximum()) <= 0);
  }
}
