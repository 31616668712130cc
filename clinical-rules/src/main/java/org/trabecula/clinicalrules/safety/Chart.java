package org.trabecula.clinicalrules.safety;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.Quantity;

/// What is known of a patient on a day, as patient-service tells it.
public final class Chart {
  private static final Comparator<Result> NEWEST_FIRST =
      Comparator.comparing(Result::at).reversed().thenComparing(Result::analyte);

  private final ProfileRecorded profile;
  private final Map<String, List<Fact>> facts = new HashMap<>();
  private final Map<String, List<Result>> results = new HashMap<>();
  private final LocalDate today;
  private final ZoneId zone;

  /// A result, as far as rules ask for it.
  ///
  /// @param value in the analyte's canonical unit
  /// @param method assay or platform; unknown when null
  public record Result(String analyte, Quantity value, Instant at, @Nullable String method) {}

  /// @param today where the clinic is
  /// @param zone of the clinic
  public Chart(ProfileRecorded profile, List<Result> results, LocalDate today, ZoneId zone) {
    this.profile = profile;
    this.today = today;
    this.zone = zone;
    List<Fact> stated = profile.facts();
    if (stated != null) {
      stated.forEach(
          fact -> facts.computeIfAbsent(fact.code(), any -> new ArrayList<>()).add(fact));
    }
    results.stream()
        .sorted(NEWEST_FIRST)
        .forEach(
            result ->
                this.results
                    .computeIfAbsent(result.analyte(), any -> new ArrayList<>())
                    .add(result));
  }

  /// Nothing for a preliminary result: no rule goes by it.
  public static List<Result> results(List<MeasurementRecorded> measurements) {
    return measurements.stream()
        .filter(measurement -> measurement.status() != Status.PRELIMINARY)
        .map(
            measurement ->
                new Result(
                    measurement.analyte(),
                    measurement.value(),
                    measurement.effectiveAt(),
                    measurement.method()))
        .toList();
  }

  ProfileRecorded profile() {
    return profile;
  }

  public LocalDate today() {
    return today;
  }

  ZoneId zone() {
    return zone;
  }

  List<Fact> facts(String code) {
    return facts.getOrDefault(code, List.of());
  }

  /// Newest first.
  List<Result> results(String analyte) {
    return results.getOrDefault(analyte, List.of());
  }
}
