package org.trabecula.clinicalrules.agent;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.dose.DoseLimit;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.clinicalrules.dose.IntervalLimit;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.RegimenAssigned.Route;

/// An agent, its ester and route of use included where they matter.
///
/// @param code our code, primary everywhere; codings name the substance, often less exactly
/// @param engineCode the forecast engine's code; null when the engine does not know it
/// @param noModel why the engine has none; null when it has one. With an engine code: the engine
/// knows it and refuses to forecast while it acts
/// @param endometrialProtection what protects the endometrium under an estrogen; null when it is no
/// progestogen, or one that does not
/// @param controlled where it is a controlled substance, in a sentence; null when nowhere
public record Agent(
    String code,
    String display,
    String agentClass,
    @Nullable String engineCode,
    @Nullable String noModel,
    List<Form> forms,
    List<DoseLimit> doseLimits,
    @Nullable IntervalLimit intervalLimit,
    List<Coding> codings,
    Evidence bmdEvidence,
    @Nullable EndometrialProtection endometrialProtection,
    @Nullable String controlled) {
  private static final Set<String> LIQUID = Set.of("im-injection", "sc-injection", "pump");
  private static final String CONCENTRATION = "mg/mL";
  private static final BigDecimal A_YEAR = BigDecimal.valueOf(366);

  /// The least of a progestogen that protects the endometrium under a systemic estrogen.
  ///
  /// @param continuousMgPerDay when it is taken every day; null when that is not how it is used
  /// @param sequentialMgPerDay when it is taken on some days of a cycle; null as above
  /// @param sequentialDays on so many days of 28
  /// @param validDays how long a device protects; null when it is none
  public record EndometrialProtection(
      @Nullable BigDecimal continuousMgPerDay,
      @Nullable BigDecimal sequentialMgPerDay,
      @Nullable Integer sequentialDays,
      @Nullable Integer validDays,
      String source,
      String provenance) {}

  /// @param units UCUM codes in which a dose may be stated
  /// @param strengths what it comes in; null when that says nothing
  public record Form(String form, Route route, List<String> units, @Nullable Strengths strengths) {}

  public record Strengths(List<BigDecimal> values, String unit, String source, String provenance) {}

  /// @param provenance `found` in the source, or `recalled`
  public record Coding(
      String system, String code, @Nullable String display, String source, String provenance) {}

  /// @param grade A randomised BMD trials, B other BMD data, C hormone data only, D mechanism only
  public record Evidence(Grade grade, String text, List<String> citations) {}

  public enum Grade {
    A,
    B,
    C,
    D
  }

  public Set<Route> routes() {
    return forms.stream().map(Form::route).collect(Collectors.toCollection(TreeSet::new));
  }

  /// Units in which a dose by this route may be stated.
  public Set<String> units(Route route) {
    return by(route)
        .flatMap(form -> form.units().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Form codes that are given by this route.
  public Set<String> forms(Route route) {
    return by(route).map(Form::form).collect(Collectors.toCollection(TreeSet::new));
  }

  /// Whether it can be measured out by volume when given by this route.
  public boolean isMeasuredByVolume(Route route) {
    return by(route).anyMatch(form -> LIQUID.contains(form.form()));
  }

  /// Concentrations in mg/mL that it comes in by this route; empty when that is not known.
  public SortedSet<BigDecimal> concentrations(Route route) {
    return by(route)
        .map(Form::strengths)
        .filter(strengths -> strengths != null && strengths.unit().equals(CONCENTRATION))
        .flatMap(strengths -> strengths.values().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The longest from one administration to the next, in days: what protects for years is given
  /// again after years.
  public BigDecimal longestInterval() {
    return endometrialProtection == null || endometrialProtection.validDays() == null
        ? A_YEAR
        : A_YEAR.max(BigDecimal.valueOf(endometrialProtection.validDays()));
  }

  /// The hard limit that a dosing breaks, in words; null when it breaks none.
  ///
  /// @param sex when it is unknown, only what is over every limit is refused
  /// @param days how long it goes on; null while open
  public @Nullable String refusalOf(Dosing dosing, Sex sex, @Nullable Long days) {
    if (intervalLimit != null && intervalLimit.refuses(dosing, days)) {
      return intervalLimit.refusal();
    }
    List<DoseLimit> holding = limits(sex);
    List<DoseLimit> broken = holding.stream().filter(limit -> limit.refuses(dosing)).toList();
    boolean known = holding.stream().allMatch(limit -> limit.holdsFor(sex));
    boolean refused = known ? !broken.isEmpty() : broken.equals(holding);
    return refused ? broken.getFirst().refusal(dosing) : null;
  }

  /// Whether it is a usual dose, for a woman or a man where the sex is unknown.
  public boolean isUsual(Dosing dosing, Sex sex) {
    return limits(sex).stream().anyMatch(limit -> limit.isUsual(dosing));
  }

  /// Those that hold for this sex; all when none is known to.
  private List<DoseLimit> limits(Sex sex) {
    List<DoseLimit> holding = doseLimits.stream().filter(it -> it.holdsFor(sex)).toList();
    return holding.isEmpty() ? doseLimits : holding;
  }

  private Stream<Form> by(Route route) {
    return forms.stream().filter(form -> form.route() == route);
  }
}
