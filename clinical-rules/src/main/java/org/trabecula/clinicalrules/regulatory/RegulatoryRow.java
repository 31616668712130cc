package org.trabecula.clinicalrules.regulatory;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
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
/// @param prohibition law that forbids this use; null when none is known to
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
    YearMonth asOf,
    @Nullable String prohibition) {

  static final List<String> PROVENANCES = List.of("found", "recalled");
  static final List<String> CONFIDENCES = List.of("high", "medium", "low");

  /// Days after which a row is too old to rely on (product rule REG-03; assumed).
  public static final int STALE_AFTER_DAYS = 180;

  public RegulatoryRow {
    forms = Collections.unmodifiableSet(new TreeSet<>(forms));
    if (status == RegulatoryStatus.UNKNOWN) {
      throw new IllegalArgumentException("status: a row states something; UNKNOWN is no row");
    }
    require("provenance", provenance, PROVENANCES);
    require("confidence", confidence, CONFIDENCES);
  }

  /// `region/agent/form/indication/population`: the row's identity, on the topic too.
  public String key() {
    return String.join("/", region.name(), agent, slug(form), indication, population.code());
  }

  /// A month counts from its first day, so a row is never younger than it says.
  public LocalDate checkedOn() {
    return asOf.atDay(1);
  }

  /// Whether it says that there is no authorised product, or no longer.
  boolean denies() {
    return switch (status) {
      case NOT_APPROVED, COMPOUNDED_ONLY, WITHDRAWN -> true;
      case APPROVED, OFF_LABEL, UNKNOWN -> false;
    };
  }

  public boolean staleOn(LocalDate day) {
    return checkedOn().plusDays(STALE_AFTER_DAYS).isBefore(day);
  }

  private static String slug(String wording) {
    return wording.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static void require(String field, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(field + ": '" + value + "' is none of " + allowed);
    }
  }
}
