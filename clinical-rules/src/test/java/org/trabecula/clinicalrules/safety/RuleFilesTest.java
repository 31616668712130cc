package org.trabecula.clinicalrules.safety;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.clinicalrules.safety.Situation.RULES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.RegimenAssigned.Basis;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Severity;

/// The rules as files, each with its own tests: what it fires on, what it is silent on, and that
/// what nobody has stated never silences a rule that blocks.
class RuleFilesTest {
  private static final Schema FILE =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(ShippedData.file("schemas/rule.schema.json"), UTF_8));

  /// The rows that are rules of this module: section and how many rows it has.
  private static final Map<String, Integer> ROWS =
      Map.ofEntries(
          Map.entry("HRT", 19),
          Map.entry("TM", 17),
          Map.entry("AI", 8),
          Map.entry("HPG", 7),
          Map.entry("TF", 7),
          Map.entry("GH", 15),
          Map.entry("REF", 10),
          Map.entry("REG", 4),
          Map.entry("SPORT", 1),
          Map.entry("DOSE", 1));

  /// What others own: `DATA-01` is made by the rule set itself, results are judged where they are
  /// stored (`DATA-02` to `DATA-14`), and forecasts where they are made (`REF-11`, `REF-12`).
  private static final Set<String> OF_OTHERS =
      Set.of(
          "DATA-01", "DATA-02", "DATA-03", "DATA-04", "DATA-05", "DATA-06", "DATA-07", "DATA-08",
          "DATA-09", "DATA-10", "DATA-11", "DATA-12", "DATA-13", "DATA-14", "REF-11", "REF-12");

  static Set<String> files() {
    return ShippedData.files("rules").keySet();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aRuleFileHasTheShapeOfItsSchema(String file) throws IOException {
    JsonNode rules = new YAMLMapper().readTree(ShippedData.files("rules").get(file));

    assertThat(FILE.validate(rules)).isEmpty();
  }

  @Test
  void everyRowOfEverySectionIsARule() {
    Set<String> expected =
        ROWS.entrySet().stream()
            .flatMap(
                section ->
                    Stream.iterate(1, row -> row <= section.getValue(), row -> row + 1)
                        .map(row -> "%s-%02d".formatted(section.getKey(), row)))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(RULES.rules().stream().map(RuleFilesTest::row).collect(Collectors.toSet()))
        .isEqualTo(expected)
        .doesNotContainAnyElementsOf(OF_OTHERS);
  }

  @Test
  void aRowThatIsSplitHasNoRuleWithoutALetter() {
    Map<String, List<String>> byRow =
        RULES.rules().stream()
            .collect(
                Collectors.groupingBy(
                    RuleFilesTest::row, Collectors.mapping(Rule::id, Collectors.toList())));

    assertThat(byRow.entrySet())
        .allSatisfy(
            row -> {
              if (row.getValue().size() > 1) {
                assertThat(row.getValue()).doesNotContain(row.getKey());
              }
            });
  }

  @TestFactory
  Stream<DynamicTest> aRuleFiresOnItsExample() {
    return each(
        RULES.rules(),
        rule ->
            assertThat(Situation.of(rule.examples().fires()).findings(rule.id()))
                .isNotEmpty()
                .allSatisfy(
                    finding -> {
                      assertThat(finding.severity()).isEqualTo(rule.severity());
                      assertThat(finding.message()).isNotBlank().doesNotContain("{");
                      assertThat(finding.evidence()).contains(rule.evidence().provenance());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aRuleIsSilentOnItsCounterexample() {
    return each(
        RULES.rules(),
        rule -> assertThat(Situation.of(rule.examples().silent()).findings(rule.id())).isEmpty());
  }

  /// Every fact that the firing example's finding goes by is forgotten in turn.
  @TestFactory
  Stream<DynamicTest> whatNobodyHasStatedNeverSilencesARuleThatBlocks() {
    return RULES.rules().stream()
        .filter(rule -> rule.severity() == Severity.BLOCK)
        .flatMap(
            rule ->
                factsOf(rule).stream()
                    .map(
                        fact ->
                            DynamicTest.dynamicTest(
                                rule.id() + " without " + fact, () -> isNotSilent(rule, fact))));
  }

  private static void isNotSilent(Rule rule, String fact) {
    Situation situation = Situation.of(rule.examples().fires());
    situation.person().forget(fact);

    String name = fact.equals("age") ? "birth" : fact;
    assertThat(situation.findings())
        .anyMatch(it -> it.rule().equals(rule.id()) || it.missing().contains(name));
  }

  /// Facts of the patient that the finding of a rule's example goes by. What is taken besides is
  /// none: what no source lists is not taken.
  private static Set<String> factsOf(Rule rule) {
    var profile =
        Set.of("sex", "age", "menopause", "final-period", "uterus", "hypogonadism", "region");
    return Situation.of(rule.examples().fires())
        .findings(rule.id())
        .map(Finding::basis)
        .flatMap(Collection::stream)
        .map(Basis::fact)
        .filter(fact -> profile.contains(fact) || isOfTheCatalogues(fact))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOfTheCatalogues(String code) {
    return Person.FACTS.containsKey(code) || Person.ANALYTES.containsKey(code);
  }

  @Test
  void everyRuleThatBlocksIsTestedWithoutItsFactsUnlessItGoesByTheRegimenAlone() {
    assertThat(RULES.rules())
        .filteredOn(rule -> rule.severity() == Severity.BLOCK)
        .filteredOn(rule -> factsOf(rule).isEmpty())
        .extracting(Rule::id)
        .containsExactlyInAnyOrder("AI-08", "GH-10a", "HPG-01", "HPG-06", "HRT-13");
  }

  @Test
  void theCatalogueOfFactsSaysWhichRulesAskForEach() {
    Map<String, Set<String>> asking =
        RULES.rules().stream()
            .flatMap(
                rule ->
                    RULES.asks(rule.id()).stream()
                        .flatMap(RuleFilesTest::andWhatTellsOfIt)
                        .map(code -> Map.entry(code, row(rule))))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(
                        Map.Entry::getValue, Collectors.toCollection(TreeSet::new))));

    assertThat(Person.FACTS.keySet()).containsAll(asking.keySet());
    assertThat(Person.FACTS.values())
        .allSatisfy(
            fact ->
                assertThat(ofThisModule(fact))
                    .as(fact.code())
                    .isEqualTo(asking.getOrDefault(fact.code(), Set.of())));
  }

  /// Whoever asks for a fact is also told by those that imply it, and by those that it implies:
  /// when they are absent, so is it.
  private static Stream<String> andWhatTellsOfIt(String code) {
    ClinicalFact asked = Person.FACTS.get(code);
    Stream<String> narrower =
        Person.FACTS.values().stream()
            .filter(fact -> fact.implies().contains(code))
            .map(ClinicalFact::code);
    Stream<String> wider = asked == null ? Stream.of() : asked.implies().stream();
    return Stream.of(Stream.of(code), narrower, wider).flatMap(it -> it);
  }

  private static Set<String> ofThisModule(ClinicalFact fact) {
    return fact.askedBy().stream()
        .filter(asker -> !OF_OTHERS.contains(asker) && !asker.equals("engine"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private interface Check {
    void of(Rule rule);
  }

  private static Stream<DynamicTest> each(List<Rule> rules, Check check) {
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> check.of(requireNonNull(rule))));
  }

  /// `HRT-06` of `HRT-06a`.
  private static String row(Rule rule) {
    return rule.id().replaceAll("[a-z]$", "");
  }
}
