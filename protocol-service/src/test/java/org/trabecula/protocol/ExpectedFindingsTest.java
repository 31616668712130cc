package org.trabecula.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.protocol.Shipped.AGENTS;
import static org.trabecula.protocol.Shipped.PROTOCOLS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.safety.Chart;
import org.trabecula.clinicalrules.safety.Chart.Result;
import org.trabecula.clinicalrules.safety.Plan;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.protocol.template.Protocol;

/// Each template raises the findings that it says it does, in somebody for whom it is meant and who
/// is unremarkable otherwise, over all jurisdictions.
class ExpectedFindingsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final RuleSet RULES = RuleSet.shipped(AGENTS);
  private static final PublishedTable TABLE = PublishedTable.shipped();

  /// `REG-03` speaks of the age and the confidence of the regulators' table, not of a template.
  private static final String OF_THE_TABLE = "REG-03";

  /// What those for whom these agents are meant have: the template's purpose or condition says so.
  private static final Map<String, List<String>> MEANT_FOR =
      Map.of(
          "anastrozole", List.of("gynaecomastia"),
          "somatropin",
              List.of("growth-hormone-deficiency", "growth-hormone-deficiency-confirmed"));

  /// In canonical units, ten days ago.
  private static final Map<String, String> NORMAL =
      Map.ofEntries(
          Map.entry("estradiol", "100"),
          Map.entry("lh", "5"),
          Map.entry("fsh", "5"),
          Map.entry("igf-1", "150"),
          Map.entry("igf-1-z-score", "0"),
          Map.entry("haematocrit", "44"),
          Map.entry("hba1c", "5.2"),
          Map.entry("fasting-glucose", "5"),
          Map.entry("triglycerides", "1.2"),
          Map.entry("psa", "1"),
          Map.entry("systolic-bp", "120"),
          Map.entry("diastolic-bp", "75"),
          Map.entry("bmi", "24"),
          Map.entry("t-score-lumbar-spine", "-0.5"),
          Map.entry("t-score-total-hip", "-0.5"),
          Map.entry("t-score-femoral-neck", "-0.5"));

  static List<Protocol> protocols() {
    return PROTOCOLS.latest();
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aTemplateRaisesWhatItSaysItDoes(Protocol protocol) {
    Set<String> found =
        Stream.of(Sex.values())
            .filter(sex -> sex != Sex.UNKNOWN)
            .filter(sex -> protocol.forWhom().sex() == null || protocol.forWhom().sex() == sex)
            .flatMap(sex -> Stream.of(Region.values()).flatMap(in -> findings(protocol, sex, in)))
            .filter(rule -> !rule.equals(OF_THE_TABLE))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(found).isEqualTo(new TreeSet<>(protocol.expectedFindings()));
  }

  private static Stream<String> findings(Protocol protocol, Sex sex, Region region) {
    ProfileRecorded profile = profile(protocol, sex, region);
    var chart = new Chart(profile, results(sex), TODAY, ZoneOffset.UTC);
    var plan = new Plan(steps(protocol), List.of(), region);
    return RULES.evaluate(chart, plan, flags(plan, profile, region)).stream()
        .map(ruling -> ruling.finding().rule().replaceAll("[a-z]$", ""));
  }

  /// Titrated as the template says.
  private static List<Step> steps(Protocol protocol) {
    List<Step> steps = new ArrayList<>();
    for (Protocol.Step step : protocol.steps()) {
      LocalDate first = TODAY.plusDays(Objects.requireNonNullElse(step.startAfterDays(), 0));
      LocalDate stop = step.stopAfterDays() == null ? null : TODAY.plusDays(step.stopAfterDays());
      Step plain =
          new Step(
              step.agent(),
              step.dose(),
              step.route(),
              step.intervalDays(),
              step.asNeededPerWeek(),
              step.cycle(),
              step.indication(),
              first,
              stop);
      for (Protocol.Change change : step.changes()) {
        LocalDate on = first.plusDays(change.afterDays());
        steps.add(with(plain, plain.dose(), plain.intervalDays(), plain.start(), on));
        BigDecimal interval =
            change.intervalDays() == null ? plain.intervalDays() : change.intervalDays();
        plain = with(plain, change.dose(), interval, on, stop);
      }
      steps.add(plain);
    }
    return steps;
  }

  private static Step with(
      Step step,
      Quantity dose,
      @Nullable BigDecimal interval,
      LocalDate start,
      @Nullable LocalDate stop) {
    return new Step(
        step.agent(),
        dose,
        step.route(),
        interval,
        step.asNeededPerWeek(),
        step.cycle(),
        step.indication(),
        start,
        stop);
  }

  private static List<RegulatoryFlag> flags(Plan plan, ProfileRecorded profile, Region region) {
    Population population =
        Population.ofPatient(
            profile.sexForClinicalUse(), profile.menopause().status(), profile.uterus());
    return plan.steps().stream()
        .map(
            step ->
                new RegulatoryQuestion(
                    region,
                    step.agent(),
                    AGENTS.find(step.agent()).orElseThrow().forms(step.route()),
                    population,
                    step.indication()))
        .distinct()
        .flatMap(question -> TABLE.table().flags(question).stream())
        .distinct()
        .toList();
  }

  private static ProfileRecorded profile(Protocol protocol, Sex sex, Region region) {
    boolean female = sex == Sex.FEMALE;
    Presence uterus = protocol.forWhom().uterus();
    Set<String> present = new TreeSet<>();
    protocol.steps().forEach(it -> present.addAll(MEANT_FOR.getOrDefault(it.agent(), List.of())));
    present.add("hypogonadism-symptoms");
    boolean deficient = present.contains("growth-hormone-deficiency");
    return new ProfileRecorded(
        new UUID(0, 1),
        1,
        region,
        sex,
        YearMonth.of(1970, 4),
        null,
        false,
        new Menopause(
            female ? MenopausalStatus.POSTMENOPAUSAL : MenopausalStatus.NOT_APPLICABLE,
            female ? YearMonth.of(2021, 4) : null),
        female && uterus != Presence.ABSENT ? Presence.PRESENT : Presence.ABSENT,
        new Hypogonadism(female ? HypogonadismKind.NONE : HypogonadismKind.CENTRAL, null),
        new GrowthHormoneDeficiency(deficient ? Presence.PRESENT : Presence.ABSENT, null),
        null,
        null,
        Smoking.NEVER,
        List.of(),
        facts(present),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static List<Fact> facts(Set<String> present) {
    return Stream.of(catalogue(ClinicalFact.RESOURCE, ClinicalFact[].class))
        .flatMap(
            fact ->
                switch (fact.kind()) {
                  case CONDITION, EVENT ->
                      Stream.of(
                          new Fact(
                              fact.code(),
                              present.contains(fact.code()) ? Presence.PRESENT : Presence.ABSENT,
                              null,
                              null,
                              null,
                              null,
                              TODAY));
                  case QUANTITY -> ipss(fact);
                  case CODED, MEASUREMENT -> Stream.empty();
                })
        .toList();
  }

  /// The one quantity that a blocking rule asks for.
  private static Stream<Fact> ipss(ClinicalFact fact) {
    return fact.code().equals("ipss")
        ? Stream.of(
            new Fact(
                fact.code(),
                null,
                new Quantity(BigDecimal.valueOf(5), Objects.requireNonNull(fact.unit())),
                null,
                null,
                null,
                TODAY))
        : Stream.empty();
  }

  /// A man's testosterone is low on two mornings: that is whom it is replaced for.
  private static List<Result> results(Sex sex) {
    List<Result> results = new ArrayList<>();
    NORMAL.forEach((analyte, value) -> results.add(result(analyte, value, 10)));
    String testosterone = sex == Sex.FEMALE ? "1.0" : "8.0";
    results.add(result("testosterone", testosterone, 10));
    results.add(result("testosterone", testosterone, 40));
    return results;
  }

  private static Result result(String analyte, String value, int daysAgo) {
    String unit =
        Stream.of(catalogue(Analyte.RESOURCE, Analyte[].class))
            .filter(it -> it.code().equals(analyte))
            .findFirst()
            .orElseThrow()
            .unit();
    return new Result(
        analyte,
        new Quantity(new BigDecimal(value), unit),
        TODAY.minusDays(daysAgo).atTime(LocalTime.of(8, 0)).toInstant(ZoneOffset.UTC),
        null);
  }

  private static <T> T catalogue(String resource, Class<T> type) {
    try (InputStream in = ClinicalFact.class.getResourceAsStream(resource)) {
      return ShippedData.read(resource, Objects.requireNonNull(in).readAllBytes(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
