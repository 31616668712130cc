package org.trabecula.engine;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Person.Factor;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Refusal.Reason;
import org.trabecula.engine.model.Physiology;

/// What the engine does not forecast. The first reason found is the answer.
final class Refusals {

  /// @param field as in [Refusal]
  record Ground(Reason reason, String field, String message) {}

  private final Agents agents;
  private final Factors factors;
  private final ForecastRequest request;
  private final Timeline timeline;

  Refusals(Agents agents, Factors factors, ForecastRequest request, Timeline timeline) {
    this.agents = agents;
    this.factors = factors;
    this.request = request;
    this.timeline = timeline;
  }

  Optional<Ground> first() {
    return person(request.person()).or(this::administrations);
  }

  private Optional<Ground> person(Person person) {
    if (person.deceased()) {
      return ground(Reason.DECEASED, "person.deceased", "The patient has died.");
    }
    if (person.sex() == SexForClinicalUse.UNKNOWN) {
      return ground(
          Reason.SEX_UNKNOWN, "person.sex", "Sex for clinical use is unknown; the model needs it.");
    }
    YearMonth birth = person.birth();
    if (birth == null) {
      return ground(
          Reason.BIRTH_UNKNOWN, "person.birth", "Month of birth is unknown; the model needs it.");
    }
    if (!YearMonth.from(timeline.today()).isAfter(birth.plusYears(18))) {
      return ground(
          Reason.UNDER_18, "person.birth", "The model describes adults of 18 years and older.");
    }
    for (int i = 0; i < person.factors().size(); i++) {
      Factor factor = person.factors().get(i);
      if (!factors.knows(factor)) {
        return ground(
            Reason.FACTOR_UNKNOWN,
            "person.factors[" + i + "]",
            "No factor %s has the value %s.".formatted(factor.code(), factor.value()));
      }
    }
    return Optional.empty();
  }

  private Optional<Ground> administrations() {
    List<Administration> all = request.administrations();
    for (int i = 0; i < all.size(); i++) {
      Optional<Ground> ground = administration(all.get(i), "administrations[" + i + "]");
      if (ground.isPresent()) {
        return ground;
      }
    }
    return Optional.empty();
  }

  private Optional<Ground> administration(Administration given, String at) {
    Agent agent = agents.find(given.agent()).orElse(null);
    if (agent == null) {
      return ground(
          Reason.AGENT_UNKNOWN, at + ".agent", "No agent has the code " + given.agent() + ".");
    }
    if (agent.outsideModel()) {
      return acts(agent, given)
          ? ground(
              Reason.BONE_DRUG_OUTSIDE_MODEL,
              at + ".agent",
              agent.code() + " acts on bone in a way that the model does not describe.")
          : Optional.empty();
    }
    return dosing(agent, given, at);
  }

  private static Optional<Ground> dosing(Agent agent, Administration given, String at) {
    if (!agent.routes().contains(given.route())) {
      return ground(
          Reason.ROUTE_NOT_MODELLED,
          at + ".route",
          agent.code() + " is modelled by " + agent.routes() + " only.");
    }
    Administration.@Nullable Form form = given.form();
    if (form != null && !agent.forms().contains(form)) {
      return ground(
          Reason.FORM_NOT_MODELLED,
          at + ".form",
          agent.code() + " is modelled as " + agent.forms() + " only.");
    }
    if (!agent.units().contains(given.unit())) {
      return ground(
          Reason.UNIT_NOT_MODELLED,
          at + ".unit",
          agent.code() + " is modelled in " + agent.units() + " only.");
    }
    if (given.intervalDays() == null
        && given.expectedPerWeek() == null
        && !Agent.isRate(given.unit())) {
      return ground(
          Reason.FREQUENCY_UNKNOWN,
          at + ".intervalDays",
          "As needed requires an expected weekly number of administrations.");
    }
    return Optional.empty();
  }

  /// Now, within the horizon, or still from an earlier course.
  private boolean acts(Agent agent, Administration given) {
    if (timeline.day(given.start()) > Timeline.dayOfMonth(request.horizonMonths())) {
      return false;
    }
    return given.stop() == null
        || timeline.day(given.stop()) + agent.residualYears() * Physiology.YEAR > 0;
  }

  private static Optional<Ground> ground(Reason reason, String field, String message) {
    return Optional.of(new Ground(reason, field, message));
  }
}
