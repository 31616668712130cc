package org.trabecula.clinicalrules.safety;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// More risk never makes a regimen look safer: over random situations, no fact of risk and no
/// result that moves into the direction of risk lowers what the rules find.
class RiskProperties {
  private static final int SITUATIONS = 2000;

  /// Facts that are no risk, but answer, excuse or protect, each with the reason.
  private static final Map<String, String> NO_RISK =
      Map.ofEntries(
          Map.entry("gynaecomastia", "the reason for an aromatase inhibitor (AI-06)"),
          Map.entry("vasomotor-symptoms", "the reason for hormone therapy (HRT-16)"),
          Map.entry("hypoactive-sexual-desire-disorder", "the reason for testosterone (TF-01)"),
          Map.entry("testosterone-response", "the reason to go on (TF-06)"),
          Map.entry("endometriosis", "a reason for a progestogen without a uterus (HRT-03)"),
          Map.entry("hypogonadism-symptoms", "half of the diagnosis (TM-10)"),
          Map.entry("growth-hormone-deficiency", "the reason for growth hormone (GH-09, GH-14)"),
          Map.entry("growth-hormone-deficiency-confirmed", "the same (GH-09, REG-02b)"),
          Map.entry("urological-evaluation", "what TM-02 and TM-03 ask for"),
          Map.entry("therapy-review", "what HRT-19 asks for"),
          Map.entry("diabetes-treated", "an HbA1c of 6.5 to 8 % is then being treated (GH-06)"),
          Map.entry("lives-at-altitude", "explains a haematocrit up to 50 % (TM-04)"),
          Map.entry("hysterectomy", "no endometrium to protect, and no pregnancy"),
          Map.entry("menopause", "no pregnancy"),
          Map.entry("surgical-menopause", "no pregnancy"));

  /// Rules that a fact of risk answers or makes pointless, though it is a risk elsewhere.
  private static final Map<String, Set<String>> ANSWERED =
      Map.of(
          "breast-cancer", Set.of("AI-01", "AI-06", "HRT-12"),
          "estrogen-sensitive-cancer", Set.of("HRT-12"),
          "vaginal-bleeding-undiagnosed", Set.of("HRT-12"),
          "stroke", Set.of("HRT-12"),
          "myocardial-infarction", Set.of("HRT-12"),
          "coeliac-disease", Set.of("REF-04"));

  private static final List<String> STEPS =
      List.of(
          "estradiol-patch 50 ug/d",
          "estradiol-oral 1 mg",
          "estradiol-gel 0.75 mg",
          "conjugated-estrogens-oral 0.45 mg",
          "tibolone 2.5 mg",
          "progesterone-micronised 100 mg",
          "medroxyprogesterone-acetate 2.5 mg",
          "testosterone-cypionate 100 mg",
          "testosterone-gel 5 mg",
          "anastrozole 0.5 mg",
          "enclomiphene 12.5 mg",
          "clomiphene 50 mg",
          "gonadorelin 100 ug",
          "somatropin 0.2 mg",
          "sermorelin 0.2 mg",
          "tesamorelin 2 mg",
          "ipamorelin 100 ug",
          "cjc-1295-dac 1 mg");

  /// Values from safe to risky.
  private static final Map<String, List<String>> RISING =
      Map.of(
          "psa", List.of("0.5", "2.9", "3.2", "4.5", "9"),
          "haematocrit", List.of("41", "47", "49", "51", "53", "56"),
          "hba1c", List.of("5.0", "5.8", "6.4", "6.8", "7.9", "8.5"),
          "t-score-lumbar-spine", List.of("0.2", "-0.9", "-1.4", "-2.2", "-2.7", "-3.4"),
          "t-score-total-hip", List.of("0.2", "-0.9", "-1.4", "-2.2", "-2.7", "-3.4"),
          "t-score-femoral-neck", List.of("0.2", "-0.9", "-1.4", "-2.2", "-2.7", "-3.4"));

  private static final List<String> RISKS =
      Person.FACTS.keySet().stream()
          .filter(Person::isCondition)
          .filter(code -> !NO_RISK.containsKey(code))
          .toList();

  static List<Long> seeds() {
    return List.of(1L, new Random().nextLong());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noFactOfRiskLowersWhatIsFound(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < SITUATIONS; i++) {
      Situation situation = situation(random);
      String risk = RISKS.get(random.nextInt(RISKS.size()));
      List<Finding> before = situation.findings();
      situation.person().present(risk, null);

      assertNotSafer(before, situation.findings(), answered(risk), risk, seed);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noResultThatMovesTowardsRiskLowersWhatIsFound(long seed) {
    var random = new Random(seed);
    List<String> analytes = RISING.keySet().stream().sorted().toList();
    for (int i = 0; i < SITUATIONS; i++) {
      Situation situation = situation(random);
      String analyte = analytes.get(random.nextInt(analytes.size()));
      List<String> values = requireNonNull(RISING.get(analyte));
      int from = random.nextInt(values.size() - 1);
      int to = from + 1 + random.nextInt(values.size() - from - 1);
      situation.person().measure(analyte, values.get(from));
      List<Finding> before = situation.findings();
      situation.person().measure(analyte, values.get(to));

      assertNotSafer(before, situation.findings(), Set.of(), analyte + " " + values.get(to), seed);
    }
  }

  private static void assertNotSafer(
      List<Finding> before, List<Finding> after, Set<String> answered, String risk, long seed) {
    Map<String, Severity> found = gravest(after);
    assertThat(before)
        .as("seed %s: %s", seed, risk)
        .filteredOn(finding -> !finding.rule().equals(RuleSet.MISSING))
        .filteredOn(finding -> !answered.contains(finding.rule()))
        .allSatisfy(
            finding ->
                assertThat(found.get(finding.rule()))
                    .isNotNull()
                    .isLessThanOrEqualTo(finding.severity()));
    if (before.stream().noneMatch(finding -> answered.contains(finding.rule()))) {
      assertThat(gravestOfAll(after))
          .as("seed %s: %s", seed, risk)
          .isLessThanOrEqualTo(gravestOfAll(before));
    }
  }

  /// The gravest comes first among the severities.
  private static int gravestOfAll(List<Finding> findings) {
    return findings.stream()
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .map(Enum::ordinal)
        .orElse(Severity.values().length);
  }

  private static Map<String, Severity> gravest(List<Finding> findings) {
    return findings.stream()
        .collect(
            toMap(
                Finding::rule,
                Finding::severity,
                (one, other) -> one.compareTo(other) <= 0 ? one : other));
  }

  /// What a fact answers, it answers by what it implies too.
  private static Set<String> answered(String risk) {
    var rules = new TreeSet<>(ANSWERED.getOrDefault(risk, Set.of()));
    requireNonNull(Person.FACTS.get(risk))
        .implies()
        .forEach(wider -> rules.addAll(ANSWERED.getOrDefault(wider, Set.of())));
    return rules;
  }

  private static Situation situation(Random random) {
    Person person = random.nextBoolean() ? Person.woman() : Person.man();
    if (random.nextInt(3) == 0) {
      person.menopause = pick(MenopausalStatus.values(), random);
      person.uterus = pick(Presence.values(), random);
      person.hypogonadism = pick(HypogonadismKind.values(), random);
      person.birth = requireNonNull(person.birth).plusMonths(random.nextInt(300));
    }
    for (String code : List.copyOf(person.facts.keySet())) {
      int kind = random.nextInt(8);
      if (Person.isCondition(code) && kind == 0) {
        person.present(code, random.nextBoolean() ? null : "2025");
      } else if (kind <= 3) {
        person.forget(code);
      }
    }
    for (String analyte : List.copyOf(person.results.keySet())) {
      if (random.nextInt(3) == 0) {
        person.forget(analyte);
      }
    }
    RISING.forEach(
        (analyte, values) -> {
          if (random.nextBoolean()) {
            person.measure(analyte, pick(values.toArray(String[]::new), random));
          }
        });
    var steps = new ArrayList<Step>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String[] words = STEPS.get(random.nextInt(STEPS.size())).split(" ", 2);
      steps.add(
          Situation.step(
              Map.of("agent", words[0], "dose", words[1], "start", -random.nextInt(400))));
    }
    return new Situation(
        person, new Plan(steps, List.of(), random.nextBoolean() ? Region.US : null));
  }

  private static <T> T pick(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
