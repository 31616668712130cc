package org.trabecula.clinicalrules.regulatory;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

/// What one regulator says of one agent for one population and indication.
///
/// @param agent agent code
/// @param form product and form as the table words them
/// @param forms the forms it covers, such as `patch`; every form when empty
/// @param populationWording as the table words it
/// @param indication code, such as `osteoporosis-prevention`
/// @param indicationWording as the table words it
/// @param controlledSubstance schedule, or `none`
/// @param provenance `found` in the source when the table was compiled, or `recalled`
/// @param confidence `high`, `medium` or `low`
/// @param asOf month in which it was checked
public record RegulatoryRow(
    Region region,
    String agent,
    String form,
    Set<String> forms,
    Population population,
    String populationWording,
    String indication,
    String indicationWording,
    RegulatoryStatus status,
    String controlledSubstance,
    @Nullable String notes,
    String source,
    String provenance,
    String confidence,
    YearMonth asOf) {

  public RegulatoryRow {
    forms = Collections.unmodifiableSet(new TreeSet<>(forms));
    if (status == RegulatoryStatus.UNKNOWN) {
      throw new IllegalArgumentException("status: a row states something; UNKNOWN is no row");
    }
    require("provenance", provenance, Set.of("found", "recalled"));
    require("confidence", confidence, Set.of("high", "medium", "low"));
  }

  /// `region/agent/form/indication/population`: the row's identity, on the topic too.
  public String key() {
    return String.join("/", region.name(), agent, slug(form), indication, population.code());
  }

  /// A month counts from its first day, so a row is never younger than it says.
  public LocalDate checkedOn() {
    return asOf.atDay(1);
  }

  private static String slug(String wording) {
    return wording.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static void require(String field, String value, Set<String> allowed) {
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(field + ": '" + value + "' is none of " + allowed);
    }
  }
}
