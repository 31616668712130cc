package org.trabecula.projection.forecast;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ForecastComputed.Statement;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.engine.Administration;
import org.trabecula.engine.Agent;
import org.trabecula.engine.Agents;
import org.trabecula.projection.dossier.Regimen;

/// What a patient takes by our regimen and besides it, in the engine's words.
///
/// A step of a regimen is given to the engine unless its agent is known to be one that the engine
/// has no model of; the engine refuses what acts on bone in a way of its own, and what nobody
/// knows. Of the other medications it is given those that it knows; a bone drug among them must
/// reach it whatever is unknown about it, so that it refuses.
final class Medications {
  /// How long a medication has been taken when nobody knows; in years. Assumed: most of the loss
  /// under glucocorticoids falls into the first year, and "never" would hide it.
  private static final int UNKNOWN_START_YEARS = 1;

  /// The agents that can be ordered, with the engine's codes.
  private static final org.trabecula.clinicalrules.agent.Agents ORDERED =
      org.trabecula.clinicalrules.agent.Agents.shipped();

  private final LocalDate asOf;
  private final List<Statement> warnings;
  private final List<Statement> assumptions = new ArrayList<>();

  Medications(Instant asOf, List<Statement> warnings) {
    this.asOf = asOf.atOffset(ZoneOffset.UTC).toLocalDate();
    this.warnings = warnings;
  }

  /// @param origin where it is stated, such as `regimen.steps[0]`
  record Taken(Administration administration, String origin) {}

  /// In one order, whatever the order in which it was stated.
  List<Taken> taken(ProfileRecorded profile, @Nullable Regimen regimen) {
    return Stream.concat(
            regimen == null
                ? Stream.of()
                : Stream.concat(
                    steps(regimen.history(), "regimen.history"),
                    steps(regimen.steps(), "regimen.steps")),
            medications(profile.medications()))
        .sorted(
            Comparator.comparing((Taken taken) -> taken.administration().start())
                .thenComparing(taken -> taken.administration().toString()))
        .toList();
  }

  /// Complete once it was asked what is taken.
  List<Statement> assumptions() {
    return assumptions.stream().sorted(Comparator.comparing(Statement::text)).toList();
  }

  private Stream<Taken> steps(List<Step> steps, String origin) {
    return IntStream.range(0, steps.size())
        .filter(i -> isModelled(steps.get(i).agent()))
        .mapToObj(i -> new Taken(administration(steps.get(i)), origin + "[" + i + "]"));
  }

  /// False, and a warning, when the engine has no model of an agent that can be ordered.
  private boolean isModelled(String agent) {
    boolean modelled = engineCode(agent).isPresent();
    if (!modelled) {
      warn("MEDICATION_NOT_MODELLED", agent + " is not in the model");
    }
    return modelled;
  }

  /// The engine's code; the agent's own where it is none that can be ordered.
  private static Optional<String> engineCode(String agent) {
    return ORDERED
        .find(agent)
        .map(ordered -> Optional.ofNullable(ordered.engineCode()))
        .orElse(Optional.of(agent));
  }

  private Stream<Taken> medications(List<Medication> medications) {
    return IntStream.range(0, medications.size())
        .boxed()
        .flatMap(
            i ->
                known(medications.get(i))
                    .map(agent -> daily(agent, medications.get(i)))
                    .map(daily -> new Taken(daily, "profile.medications[" + i + "]"))
                    .stream());
  }

  private static Administration administration(Step step) {
    String code = engineCode(step.agent()).orElseThrow();
    return new Administration(
        code,
        Administration.Route.valueOf(step.route().name()),
        null,
        meanDose(step),
        unit(step.dose(), Agents.shipped().find(code)),
        number(step.intervalDays()),
        number(step.asNeededPerWeek()),
        step.start(),
        step.stop());
  }

  /// Of what is taken on some days of a cycle the mean over all of them, which is what drives bone.
  private static double meanDose(Step step) {
    double dose = step.dose().value().doubleValue();
    Cycle cycle = step.cycle();
    return cycle == null ? dose : dose * cycle.daysOn() / cycle.lengthDays();
  }

  private Optional<Agent> known(Medication medication) {
    Optional<Agent> agent = engineCode(medication.agent()).flatMap(Agents.shipped()::find);
    if (agent.isEmpty()) {
      warn("MEDICATION_NOT_MODELLED", medication.agent() + " is not in the model");
    } else if (medication.dailyDose() == null && !agent.get().outsideModel()) {
      warn("MEDICATION_DOSE_UNKNOWN", medication.agent() + " is taken at an unknown dose");
      return Optional.empty();
    }
    return agent;
  }

  private void warn(String code, String reason) {
    var warning = new Statement(code, reason + "; the forecast leaves it out.");
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /// A mean daily dose by the agent's first route. Of a bone drug the dose does not matter.
  private Administration daily(Agent agent, Medication medication) {
    Quantity dose = medication.dailyDose();
    return new Administration(
        agent.code(),
        agent.routes().stream().min(Comparator.naturalOrder()).orElseThrow(),
        null,
        dose == null ? 1 : dose.value().doubleValue(),
        dose == null ? "mg" : unit(dose, Optional.of(agent)),
        1.0,
        null,
        start(medication),
        medication.stop());
  }

  private LocalDate start(Medication medication) {
    LocalDate start = medication.start();
    if (start != null) {
      return start;
    }
    assumptions.add(
        new Statement(
            "MEDICATION_START_UNKNOWN",
            "%s: it is unknown since when; %d year is assumed."
                .formatted(medication.agent(), UNKNOWN_START_YEARS)));
    LocalDate stop = medication.stop();
    return (stop == null || asOf.isBefore(stop) ? asOf : stop).minusYears(UNKNOWN_START_YEARS);
  }

  /// UCUM in the engine's few words: its own where it knows the code, a plain amount where a dose a
  /// day is stated.
  private static String unit(Quantity dose, Optional<Agent> agent) {
    String unit = dose.unit();
    if (agent.isPresent() && agent.get().units().contains(unit)) {
      return unit;
    }
    String amount = unit.replaceFirst("/d$", "");
    return amount.equalsIgnoreCase("[IU]") ? "IU" : amount;
  }

  private static @Nullable Double number(@Nullable BigDecimal value) {
    return value == null ? null : value.doubleValue();
  }
}
