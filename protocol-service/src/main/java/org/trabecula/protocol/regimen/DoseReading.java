package org.trabecula.protocol.regimen;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.dose.Dosing;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Route;

/// A dose as it was sent, as an amount in a unit of its agent, and what is wrong with it: a unit
/// that says nothing, a volume without a concentration, mg taken for ug.
///
/// @param path where it stands in the body
record DoseReading(String path, RegimenRequest.@Nullable Dose sent, Refusals refusals) {
  private static final String MILLILITRE = "mL";
  private static final String PER_MILLILITRE = "/mL";
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final Set<String> UNITS = Set.of("mg", "ug", "ug/d", "[IU]", MILLILITRE);

  /// Of the two that are mistaken for each other, the other one.
  private static final Map<String, String> OTHER = Map.of("mg", "ug", "ug", "mg");

  /// What people write for a UCUM code.
  private static final Map<String, String> MEANT =
      Map.of(
          "mcg", "ug", "µg", "ug", "μg", "ug", "MG", "mg", "ml", "mL", "cc", "mL", "ug/24h", "ug/d",
          "mcg/d", "ug/d", "µg/d", "ug/d");

  /// Where it is a volume, the amount of the agent in it; null when something is wrong with it.
  ///
  /// @param agent null when it is unknown, as is the route: then only the dose itself is looked at
  @Nullable Quantity read(@Nullable Agent agent, @Nullable Route route) {
    if (sent == null) {
      refusals.add(path, "is missing");
      return null;
    }
    BigDecimal value = positive("value", sent.value());
    String unit = unit(agent, route);
    if (value == null || unit == null) {
      return null;
    }
    RegimenRequest.Concentration concentration = sent.concentration();
    if (unit.equals(MILLILITRE)) {
      return volume(value, concentration, agent, route);
    }
    if (concentration != null) {
      refusals.add(
          path + ".concentration", Refusals.DOSE_UNIT, "is for a dose in mL, not in " + unit);
      return null;
    }
    return new Quantity(value, unit);
  }

  private @Nullable BigDecimal positive(String field, @Nullable BigDecimal value) {
    if (value == null || value.signum() <= 0) {
      refusals.add(path + "." + field, "must be above 0");
      return null;
    }
    return value;
  }

  private @Nullable String unit(@Nullable Agent agent, @Nullable Route route) {
    String unit = Objects.requireNonNull(sent).unit();
    if (unit == null) {
      refusals.add(path + ".unit", "is missing");
      return null;
    }
    if (!UNITS.contains(unit)) {
      refusals.add(
          path + ".unit",
          Refusals.UNIT,
          "is no unit of a dose" + meant(unit) + allowed(agent, route));
      return null;
    }
    return unit;
  }

  private static String meant(String unit) {
    return MEANT.containsKey(unit) ? ": did you mean " + MEANT.get(unit) + "?" : "";
  }

  private static String allowed(@Nullable Agent agent, @Nullable Route route) {
    return agent == null || route == null || !agent.routes().contains(route)
        ? ""
        : "; allowed: " + units(agent, route);
  }

  private static String units(Agent agent, Route route) {
    return Refusals.list(agent.units(route))
        + (agent.isMeasuredByVolume(route) ? ", mL with a concentration" : "");
  }

  private @Nullable Quantity volume(
      BigDecimal millilitres,
      RegimenRequest.@Nullable Concentration concentration,
      @Nullable Agent agent,
      @Nullable Route route) {
    if (concentration == null) {
      refusals.add(
          path + ".concentration",
          Refusals.DOSE_UNIT,
          "is missing: how much is given in a mL is not known without it");
      return null;
    }
    BigDecimal value = positive("concentration.value", concentration.value());
    String unit = massUnit(concentration.unit());
    if (value == null || unit == null || agent == null || route == null) {
      return null;
    }
    if (!agent.routes().contains(route)) {
      return null;
    }
    return amount(agent, route, new Quantity(value, unit), millilitres);
  }

  /// Of a concentration in mg/mL the mg; null when it is none.
  private @Nullable String massUnit(@Nullable String unit) {
    if (unit == null) {
      refusals.add(path + ".concentration.unit", "is missing");
      return null;
    }
    String mass = unit.endsWith(PER_MILLILITRE) ? unit.replace(PER_MILLILITRE, "") : "";
    if (!mass.equals("[IU]") && !OTHER.containsKey(mass)) {
      refusals.add(path + ".concentration.unit", Refusals.UNIT, "is none of mg/mL, ug/mL, [IU]/mL");
      return null;
    }
    return mass;
  }

  private @Nullable Quantity amount(
      Agent agent, Route route, Quantity inAMillilitre, BigDecimal millilitres) {
    if (!agent.isMeasuredByVolume(route)) {
      refusals.add(
          path + ".unit",
          Refusals.DOSE_UNIT,
          "%s is not given by volume %s%s".formatted(agent.code(), route, allowed(agent, route)));
      return null;
    }
    SortedSet<BigDecimal> concentrations = agent.concentrations(route);
    if (!concentrations.isEmpty() && !concentrations.contains(as("mg", inAMillilitre).value())) {
      refusals.add(
          path + ".concentration.value",
          Refusals.DOSE_UNIT,
          "%s does not come in it; it comes in %s mg/mL"
              .formatted(agent.code(), Refusals.list(concentrations)));
      return null;
    }
    Quantity amount =
        new Quantity(plain(inAMillilitre.value().multiply(millilitres)), inAMillilitre.unit());
    String other = OTHER.get(amount.unit());
    return agent.units(route).contains(amount.unit()) || other == null ? amount : as(other, amount);
  }

  /// Whether the agent is dosed in its unit, and whether mg and ug are taken for each other.
  ///
  /// @param dosing of the dose that was read
  boolean isOneOf(Agent agent, Route route, Dosing dosing, Sex sex) {
    Quantity dose = dosing.dose();
    boolean allowed = agent.units(route).contains(dose.unit());
    if (!allowed) {
      refusals.add(
          path + ".unit",
          Refusals.DOSE_UNIT,
          "%s is no unit of %s %s; allowed: %s%s"
              .formatted(
                  dose.unit(),
                  agent.code(),
                  route,
                  units(agent, route),
                  hint(agent, route, dosing, sex)));
      return false;
    }
    String hint = hint(agent, route, dosing, sex);
    if (!hint.isEmpty() && dose.unit().equals("ug")) {
      refusals.add(
          path + ".unit",
          Refusals.DOSE_UNIT,
          "%s ug is a thousandth of what is usual%s".formatted(plain(dose.value()), hint));
      return false;
    }
    return true;
  }

  /// What may have been meant: the same number in the other of mg and ug, or the same amount in the
  /// agent's own unit. Empty when neither would be usual.
  static String hint(Agent agent, Route route, Dosing dosing, Sex sex) {
    Quantity dose = dosing.dose();
    String other = OTHER.get(dose.unit());
    Set<String> units = agent.units(route);
    if (other == null || !(units.contains("mg") || units.contains("ug"))) {
      return "";
    }
    if (agent.isUsual(dosing, sex)) {
      return units.contains(dose.unit()) ? "" : didYouMean(as(other, dose));
    }
    Quantity confused = new Quantity(dose.value(), other);
    if (!agent.isUsual(dosing.of(confused), sex)) {
      return "";
    }
    return didYouMean(units.contains(other) ? confused : as(dose.unit(), confused));
  }

  private static String didYouMean(Quantity dose) {
    return ": did you mean %s %s?".formatted(plain(dose.value()).toPlainString(), dose.unit());
  }

  /// The same amount in mg or in ug.
  private static Quantity as(String unit, Quantity amount) {
    if (amount.unit().equals(unit) || !OTHER.containsKey(amount.unit())) {
      return amount;
    }
    return new Quantity(
        plain(
            unit.equals("ug")
                ? amount.value().multiply(THOUSAND)
                : amount.value().divide(THOUSAND)),
        unit);
  }

  /// 100 rather than 1E+2 or 100.0.
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
