package org.trabecula.clinicalrules.safety;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.safety.Rule.Example;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// A person with a plan: what a rule's example describes.
record Situation(Person person, Plan plan) {
  static final Agents AGENTS = Agents.shipped();
  static final RuleSet RULES = RuleSet.shipped(AGENTS);
  private static final PublishedTable TABLE = PublishedTable.shipped();
  private static final Set<Route> INJECTED = Set.of(Route.INTRAMUSCULAR, Route.SUBCUTANEOUS);

  static Situation of(Example example) {
    Person person =
        switch (example.patient()) {
          case "woman" -> Person.woman();
          case "man" -> Person.man();
          default -> throw new IllegalArgumentException("patient: " + example.patient());
        };
    orEmpty(example.profile()).forEach((field, value) -> profile(person, field, text(value)));
    orEmpty(example.facts()).forEach((code, value) -> fact(person, code, value));
    orEmpty(example.results()).forEach((analyte, value) -> result(person, analyte, value));
    orEmpty(example.medications()).forEach(it -> person.medications.add(medication(it)));
    String jurisdiction = example.jurisdiction();
    return new Situation(
        person,
        new Plan(
            example.steps().stream().map(Situation::step).toList(),
            orEmpty(example.history()).stream().map(Situation::step).toList(),
            jurisdiction == null ? Region.US : Region.valueOf(jurisdiction)));
  }

  List<Finding> findings() {
    return rulings().stream().map(Ruling::finding).toList();
  }

  List<Ruling> rulings() {
    return RULES.evaluate(person.chart(), plan, flags());
  }

  /// As protocol-service asks for them.
  List<RegulatoryFlag> flags() {
    Region region = plan.jurisdiction();
    if (region == null) {
      return List.of();
    }
    Population population = Population.ofPatient(person.sex, person.menopause, person.uterus);
    return plan.steps().stream()
        .map(
            step ->
                new RegulatoryQuestion(
                    region,
                    step.agent(),
                    agent(step.agent()).forms(step.route()),
                    population,
                    step.indication()))
        .distinct()
        .flatMap(question -> TABLE.table().flags(question).stream())
        .distinct()
        .toList();
  }

  private static void profile(Person person, String field, String value) {
    switch (field) {
      case "birth" -> person.birth = YearMonth.parse(value);
      case "menopause" -> person.menopause = MenopausalStatus.valueOf(value);
      case "finalPeriod" -> person.finalPeriod = YearMonth.parse(value);
      case "uterus" -> person.uterus = Presence.valueOf(value);
      case "hypogonadism" -> person.hypogonadism = HypogonadismKind.valueOf(value);
      case "growthHormoneDeficiency" -> person.growthHormoneDeficiency = Presence.valueOf(value);
      case "smoking" -> person.smoking = Smoking.valueOf(value);
      case "region" -> person.region = Region.valueOf(value);
      default -> throw new IllegalArgumentException("profile: " + field);
    }
  }

  private static void fact(Person person, String code, Object value) {
    if (!Person.isCondition(code)) {
      person.state(code, new BigDecimal(text(value)));
    } else if (value instanceof Boolean present) {
      if (present) {
        person.present(code, null);
      } else {
        person.state(code, Presence.ABSENT, null);
      }
    } else if (value.equals("unknown")) {
      person.state(code, Presence.UNKNOWN, null);
    } else {
      person.present(code, text(value));
    }
  }

  private static void result(Person person, String analyte, Object value) {
    List<?> values = value instanceof List<?> several ? several : List.of(value);
    person.measure(analyte, values.stream().map(Situation::text).toArray(String[]::new));
  }

  private static Medication medication(Map<String, Object> stated) {
    Object dose = stated.get("dose");
    return new Medication(
        text(stated.get("agent")),
        dose == null ? null : quantity(text(dose)),
        day(stated.get("start")),
        day(stated.get("stop")));
  }

  /// The agent's first route, daily; a patch twice a week and an injection weekly.
  static Step step(Map<String, Object> stated) {
    Agent agent = agent(text(stated.get("agent")));
    Quantity dose = quantity(text(stated.get("dose")));
    Object route = stated.get("route");
    Route by = route == null ? agent.forms().getFirst().route() : Route.valueOf(text(route));
    Object perWeek = stated.get("perWeek");
    Object every = stated.get("every");
    BigDecimal interval = every == null ? interval(agent, dose, by) : new BigDecimal(text(every));
    LocalDate start = day(stated.get("start"));
    Object cycle = stated.get("cycle");
    Object indication = stated.get("for");
    return new Step(
        agent.code(),
        dose,
        by,
        perWeek == null ? interval : null,
        perWeek == null ? null : new BigDecimal(text(perWeek)),
        cycle == null ? null : cycle(text(cycle)),
        indication == null ? null : text(indication),
        start == null ? Person.TODAY : start,
        day(stated.get("stop")));
  }

  private static BigDecimal interval(Agent agent, Quantity dose, Route route) {
    if (dose.unit().equals("ug/d") && route == Route.TRANSDERMAL) {
      return new BigDecimal("3.5");
    }
    boolean depot = agent.agentClass().equals("androgen") && INJECTED.contains(route);
    return depot ? BigDecimal.valueOf(7) : BigDecimal.ONE;
  }

  private static Cycle cycle(String stated) {
    String[] days = stated.split("/", 2);
    return new Cycle(Integer.parseInt(days[0]), Integer.parseInt(days[1]));
  }

  private static Quantity quantity(String stated) {
    String[] words = stated.split(" ", 2);
    return new Quantity(new BigDecimal(words[0]), words[1]);
  }

  private static @Nullable LocalDate day(@Nullable Object fromToday) {
    return fromToday == null ? null : Person.TODAY.plusDays(Integer.parseInt(text(fromToday)));
  }

  private static Agent agent(String code) {
    return AGENTS.find(code).orElseThrow(() -> new IllegalArgumentException("agent: " + code));
  }

  private static String text(@Nullable Object value) {
    return Objects.requireNonNull(value).toString();
  }

  private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : map;
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /// Of the findings, those of one rule.
  Stream<Finding> findings(String rule) {
    return findings().stream().filter(finding -> finding.rule().equals(rule));
  }
}
