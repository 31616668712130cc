package org.trabecula.clinicalrules.safety;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.agent.HistoryAgent;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.safety.Language.Condition;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.contracts.RegimenAssigned.Step;

/// All rules of one version, ready to be asked. It has no state: any number of threads may ask.
public final class RuleSet {
  /// The finding that says which facts blocking rules asked for in vain.
  public static final String MISSING = "DATA-01";

  private static final String MISSING_EVIDENCE = "Design of this product";
  private static final Comparator<Ruling> GRAVEST_FIRST =
      comparing((Ruling ruling) -> ruling.finding().severity())
          .thenComparing(ruling -> ruling.finding().rule())
          .thenComparing(ruling -> ruling.finding().agents().toString());

  private final String version;
  private final Vocabulary vocabulary;
  private final Classes classes;
  private final SortedMap<String, Asked> rules = new TreeMap<>();

  private record Asked(Rule rule, Condition applies, Condition when, Set<String> asks) {
    Asked(Rule rule, Condition applies, Condition when) {
      this(rule, applies, when, new TreeSet<>(applies.asks()));
      asks.addAll(when.asks());
    }
  }

  private RuleSet(String version, Vocabulary vocabulary, Classes classes, List<Rule> rules) {
    this.version = version;
    this.vocabulary = vocabulary;
    this.classes = classes;
    var language = new Language(vocabulary, classes);
    for (Rule rule : rules) {
      var asked =
          new Asked(
              rule,
              language.condition(rule.id() + ".applies", rule.applies()),
              language.condition(rule.id() + ".when", rule.when()));
      Asked former = this.rules.put(rule.id(), asked);
      if (former != null || rule.id().equals(MISSING)) {
        throw new IllegalArgumentException(rule.id() + " is stated twice");
      }
    }
  }

  /// The rules of `rules/`. One that cannot be read stops the start, by its name.
  public static RuleSet shipped(Agents agents) {
    SortedMap<String, byte[]> files = ShippedData.files("rules");
    List<HistoryAgent> history =
        List.of(
            ShippedData.read(
                "history-agents.json",
                ShippedData.file("history-agents.json"),
                HistoryAgent[].class));
    List<Rule> rules =
        files.entrySet().stream()
            .flatMap(
                file -> Stream.of(ShippedData.read(file.getKey(), file.getValue(), Rule[].class)))
            .toList();
    return new RuleSet(version(files), Vocabulary.shipped(), new Classes(agents, history), rules);
  }

  private static String version(SortedMap<String, byte[]> files) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      files.values().forEach(hash::update);
      return HexFormat.of().formatHex(hash.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Hash of the rules: another set of rules has another.
  public String version() {
    return version;
  }

  /// Whether any rule goes by this fact or by results of this analyte.
  public boolean asksFor(String code) {
    return rules.values().stream().anyMatch(asked -> asked.asks().contains(code));
  }

  /// Codes of the facts and analytes that a rule asks for.
  Set<String> asks(String rule) {
    Asked asked = rules.get(rule);
    return asked == null ? Set.of() : asked.asks();
  }

  /// By their identifiers.
  public List<Rule> rules() {
    return rules.values().stream().map(Asked::rule).toList();
  }

  /// What the rules find, the gravest first.
  ///
  /// @param flags what the regulator says of the plan's agents
  public List<Ruling> evaluate(Chart chart, Plan plan, List<RegulatoryFlag> flags) {
    var rulings = new ArrayList<Ruling>();
    var missing = new TreeSet<String>();
    var inVain = new TreeSet<String>();
    Map<String, List<RegulatoryFlag>> byAgent =
        new TreeMap<>(flags.stream().collect(groupingBy(RegulatoryFlag::agent)));
    for (Asked asked : rules.values()) {
      Rule rule = asked.rule();
      for (Subject subject : subjects(rule, chart, plan, byAgent)) {
        Boolean holds = subject.holds(asked);
        if (Boolean.TRUE.equals(holds)) {
          rulings.add(ruling(rule, rule.severity(), rule.message(), subject));
        } else if (holds == null) {
          String message = rule.unknownMessage() == null ? rule.message() : rule.unknownMessage();
          switch (rule.onUnknown()) {
            case FIRE -> rulings.add(ruling(rule, rule.severity(), message, subject));
            case WARN -> rulings.add(ruling(rule, Severity.WARN, message, subject));
            case MISSING -> {
              missing.addAll(subject.log().missing());
              inVain.add(rule.id());
            }
            case SILENT -> {}
          }
        }
      }
    }
    if (!inVain.isEmpty()) {
      rulings.add(missing(missing, inVain, chart, plan));
    }
    rulings.sort(GRAVEST_FIRST);
    return List.copyOf(rulings);
  }

  /// Whether a ruling keeps a plan from becoming active.
  ///
  /// @param former what was active until now; null when nothing was
  public boolean blocks(Ruling ruling, Plan plan, @Nullable Plan former, LocalDate today) {
    Rule rule = ruling.rule();
    if (rule == null || ruling.finding().severity() != Severity.BLOCK) {
      return false;
    }
    if (rule.blocks() == null) {
      return true;
    }
    double asked = perWeek(rule, plan, today);
    double taken = former == null ? 0 : perWeek(rule, former, today);
    return switch (rule.blocks()) {
      case CONTINUATION -> asked >= taken;
      case ESCALATION -> asked > taken;
    };
  }

  /// Of all agents that the rule speaks of, in ug.
  private double perWeek(Rule rule, Plan plan, LocalDate today) {
    var inquiry = new RegimenInquiry(plan, today, classes, new Log());
    return rule.agents().stream().mapToDouble(what -> inquiry.perWeek(what, "ug")).sum();
  }

  /// What a rule is asked of, with a log of its own.
  ///
  /// @param variables of the rule's conditions
  /// @param agents that a finding speaks of
  /// @param words for its message
  private record Subject(
      Map<String, Object> variables, List<String> agents, Map<String, String> words, Log log) {

    /// Null when it cannot be told.
    @Nullable Boolean holds(Asked asked) {
      Boolean applies = asked.applies().holds(variables);
      if (Boolean.FALSE.equals(applies)) {
        return false;
      }
      Boolean when = asked.when().holds(variables);
      return Boolean.FALSE.equals(when) ? when : applies == null ? null : when;
    }
  }

  private List<Subject> subjects(
      Rule rule, Chart chart, Plan plan, Map<String, List<RegulatoryFlag>> flags) {
    return switch (rule.each()) {
      case REGIMEN -> {
        var log = new Log();
        var regimen = new RegimenInquiry(plan, chart.today(), classes, log);
        yield List.of(
            new Subject(
                Map.of("patient", patient(chart, log), "regimen", regimen),
                regimen.codes(rule.agents()),
                Map.of(),
                log));
      }
      case STEP ->
          plan.from(chart.today()).stream()
              .filter(step -> rule.agents().isEmpty() || speaksOf(rule, step.agent()))
              .map(step -> ofStep(step, chart, plan))
              .toList();
      case FLAG ->
          flags.entrySet().stream()
              .filter(agent -> rule.agents().isEmpty() || speaksOf(rule, agent.getKey()))
              .map(agent -> ofFlags(agent.getKey(), agent.getValue(), chart, plan))
              .toList();
    };
  }

  private boolean speaksOf(Rule rule, String agent) {
    return rule.agents().stream().anyMatch(what -> classes.is(agent, what));
  }

  private Subject ofStep(Step step, Chart chart, Plan plan) {
    var log = new Log();
    Sex sex = chart.profile().sexForClinicalUse();
    var inquiry = new StepInquiry(step, classes.agent(step.agent()), sex, log);
    return new Subject(
        Map.of(
            "patient",
            patient(chart, log),
            "regimen",
            new RegimenInquiry(plan, chart.today(), classes, log),
            "step",
            inquiry),
        List.of(step.agent()),
        Map.of("agent", display(step.agent()), "dose", inquiry.dose()),
        log);
  }

  private Subject ofFlags(String agent, List<RegulatoryFlag> flags, Chart chart, Plan plan) {
    var log = new Log();
    var inquiry = new FlagsInquiry(agent, flags, chart.today());
    return new Subject(
        Map.of(
            "patient",
            patient(chart, log),
            "regimen",
            new RegimenInquiry(plan, chart.today(), classes, log),
            "flags",
            inquiry),
        List.of(agent),
        Map.of(
            "agent", display(agent),
            "region", flags.getFirst().region().name(),
            "statement", inquiry.statement(),
            "controls", inquiry.controls()),
        log);
  }

  private PatientInquiry patient(Chart chart, Log log) {
    return new PatientInquiry(chart, vocabulary, classes, log);
  }

  private String display(String agent) {
    Agent known = classes.agent(agent);
    return known == null ? agent : known.display();
  }

  private static Ruling ruling(Rule rule, Severity severity, String message, Subject subject) {
    return new Ruling(
        new Finding(
            rule.id(),
            severity,
            filled(message, subject.words()),
            "%s (%s)".formatted(rule.evidence().text(), rule.evidence().provenance()),
            subject.agents(),
            subject.log().told(),
            List.copyOf(subject.log().missing()),
            null),
        rule);
  }

  private static String filled(String message, Map<String, String> words) {
    String filled = message;
    for (Map.Entry<String, String> word : words.entrySet()) {
      filled = filled.replace("{" + word.getKey() + "}", word.getValue());
    }
    return filled;
  }

  private Ruling missing(SortedSet<String> facts, SortedSet<String> rules, Chart chart, Plan plan) {
    String named = facts.stream().map(vocabulary::display).collect(joining(", "));
    return new Ruling(
        new Finding(
            MISSING,
            Severity.WARN,
            "Missing: %s. This regimen cannot be safety-checked by %s: state what is known."
                .formatted(named, String.join(", ", rules)),
            MISSING_EVIDENCE,
            new RegimenInquiry(plan, chart.today(), classes, new Log()).codes(List.of()),
            List.of(),
            List.copyOf(facts),
            null),
        null);
  }
}
