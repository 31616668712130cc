package org.trabecula.patient.clinic;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicConfigured.LaboratoryCode;
import org.trabecula.contracts.ClinicConfigured.LeastSignificantChange;
import org.trabecula.contracts.ClinicConfigured.Scanner;
import org.trabecula.contracts.Region;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Refused;
import org.trabecula.patient.measurement.Catalogue;

/// A clinic's settings as an administrator sent them, not yet believed. A list that is left out is
/// empty.
record SubmittedSettings(
    @Nullable String zone,
    @Nullable Region jurisdiction,
    @Nullable Region region,
    @Nullable List<@Nullable Scanner> scanners,
    @Nullable List<@Nullable LeastSignificantChange> leastSignificantChanges,
    @Nullable List<@Nullable LaboratoryCode> laboratoryCodes,
    @Nullable Boolean registerUnknown) {
  private static final int LONGEST = 200;
  private static final int MOST = 2_000;

  /// Meant to catch a fraction given for a percentage of it, or a slip: no scanner in use is as
  /// poor (assumed), and no marker varies as much (assumed).
  private static final double POOREST_PRECISION = 10;

  private static final double LARGEST_CHANGE = 200;

  /// @throws Refused naming everything that is wrong
  ClinicSettings believed(Catalogue catalogue) {
    var refusals = new Refusals();
    Optional<ZoneId> known = zone(refusals);
    if (jurisdiction == null) {
      refusals.add("jurisdiction", "Is required.");
    }
    each(
        "scanners",
        scanners,
        refusals,
        (field, scanner) -> scanner(field, scanner, catalogue, refusals));
    each(
        "leastSignificantChanges",
        leastSignificantChanges,
        refusals,
        (field, change) -> change(field, change, catalogue, refusals));
    each(
        "laboratoryCodes",
        laboratoryCodes,
        refusals,
        (field, code) -> laboratoryCode(field, code, catalogue, refusals));
    distinct("scanners", scanners, one -> List.of(one.id(), one.site()), refusals);
    distinct(
        "leastSignificantChanges",
        leastSignificantChanges,
        LeastSignificantChange::analyte,
        refusals);
    distinct(
        "laboratoryCodes",
        laboratoryCodes,
        one -> List.of(one.sender(), one.code(), Objects.requireNonNullElse(one.unit(), "")),
        refusals);
    refusals.throwIfAny(Refused.Kind.INVALID);
    return new ClinicSettings(
        known.orElseThrow(),
        jurisdiction,
        region,
        given(scanners),
        given(leastSignificantChanges),
        given(laboratoryCodes),
        Boolean.TRUE.equals(registerUnknown));
  }

  private Optional<ZoneId> zone(Refusals refusals) {
    try {
      if (zone == null) {
        refusals.add("zone", "Is required.");
      } else if (zone.equals("UTC") || ZoneId.getAvailableZoneIds().contains(zone)) {
        return Optional.of(ZoneId.of(zone));
      } else {
        refusals.add("zone", "Is no IANA time zone, such as Europe/Dublin.");
      }
    } catch (DateTimeException e) {
      refusals.add("zone", "Is no IANA time zone, such as Europe/Dublin.");
    }
    return Optional.empty();
  }

  private static <T> void each(
      String field,
      @Nullable List<@Nullable T> elements,
      Refusals refusals,
      BiConsumer<String, T> check) {
    if (elements == null) {
      return;
    }
    if (elements.size() > MOST) {
      refusals.add(field, "Has at most " + MOST + " elements.");
      return;
    }
    for (int i = 0; i < elements.size(); i++) {
      T element = elements.get(i);
      if (element == null) {
        refusals.add(field + "[" + i + "]", "Is required.");
      } else {
        check.accept(field + "[" + i + "].", element);
      }
    }
  }

  private static void scanner(
      String field, Scanner scanner, Catalogue catalogue, Refusals refusals) {
    required(field + "id", scanner.id(), refusals);
    if (scanner.site() == null || catalogue.byCode("bmd-" + scanner.site()).isEmpty()) {
      refusals.add(field + "site", "Is no site, such as lumbar-spine or total-hip.");
    }
    percent(field + "precisionPercent", scanner.precisionPercent(), POOREST_PRECISION, refusals);
  }

  private static void change(
      String field, LeastSignificantChange change, Catalogue catalogue, Refusals refusals) {
    analyte(field + "analyte", change.analyte(), catalogue, refusals);
    percent(field + "percent", change.percent(), LARGEST_CHANGE, refusals);
  }

  private static void laboratoryCode(
      String field, LaboratoryCode code, Catalogue catalogue, Refusals refusals) {
    required(field + "sender", code.sender(), refusals);
    required(field + "code", code.code(), refusals);
    refusals.checkText(field + "unit", code.unit(), LONGEST);
    analyte(field + "analyte", code.analyte(), catalogue, refusals);
  }

  private static void analyte(
      String field, @Nullable String analyte, Catalogue catalogue, Refusals refusals) {
    if (analyte == null || catalogue.byCode(analyte).isEmpty()) {
      refusals.add(field, "Is not in the catalogue of analytes.");
    }
  }

  private static void percent(String field, double percent, double most, Refusals refusals) {
    if (!(percent > 0 && percent <= most)) {
      refusals.add(field, "Is more than 0 and at most %.0f %%.".formatted(most));
    }
  }

  private static void required(String field, @Nullable String text, Refusals refusals) {
    if (text == null) {
      refusals.add(field, "Is required.");
    }
    refusals.checkText(field, text, LONGEST);
  }

  /// Of elements that are complete.
  private static <T> void distinct(
      String field,
      @Nullable List<@Nullable T> elements,
      java.util.function.Function<T, Object> key,
      Refusals refusals) {
    if (elements == null || !refusals.isEmpty()) {
      return;
    }
    var seen = new HashSet<Object>();
    for (int i = 0; i < elements.size(); i++) {
      T element = elements.get(i);
      if (element != null && !seen.add(key.apply(element))) {
        refusals.add(field + "[" + i + "]", "Is given twice.");
      }
    }
  }

  private static <T> List<T> given(@Nullable List<@Nullable T> elements) {
    return elements == null
        ? List.of()
        : elements.stream().map(Objects::<T>requireNonNull).toList();
  }
}
