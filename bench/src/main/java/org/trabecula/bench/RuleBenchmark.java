package org.trabecula.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.Population;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.RegulatoryFlag;
import org.trabecula.clinicalrules.regulatory.RegulatoryQuestion;
import org.trabecula.clinicalrules.safety.Chart;
import org.trabecula.clinicalrules.safety.Chart.Result;
import org.trabecula.clinicalrules.safety.Plan;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.ClinicalFact.Kind;
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
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;

/// All rules about a regimen of twelve steps from every class, with its regulatory flags: once with
/// every fact known and twenty results of each analyte, once with nothing known but the sex.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
public class RuleBenchmark {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final List<String> ANALYTES =
      List.of(
          "ctx",
          "p1np",
          "estradiol",
          "testosterone",
          "lh",
          "fsh",
          "igf-1",
          "psa",
          "haematocrit",
          "hba1c",
          "fasting-glucose",
          "calcium",
          "pth",
          "25-oh-vitamin-d",
          "egfr",
          "tsh");

  private static final List<Step> STEPS =
      List.of(
          step("estradiol-patch", "50", "ug/d", Route.TRANSDERMAL, "3.5"),
          step("estradiol-oral", "1", "mg", Route.ORAL, "1"),
          step("conjugated-estrogens-oral", "0.3", "mg", Route.ORAL, "1"),
          step("progesterone-micronised", "100", "mg", Route.ORAL, "1"),
          step("medroxyprogesterone-acetate", "2.5", "mg", Route.ORAL, "1"),
          step("testosterone-cypionate", "4", "mg", Route.SUBCUTANEOUS, "7"),
          step("anastrozole", "0.5", "mg", Route.ORAL, "3.5"),
          step("enclomiphene", "12.5", "mg", Route.ORAL, "1"),
          step("gonadorelin", "100", "ug", Route.SUBCUTANEOUS, "3.5"),
          step("sermorelin", "200", "ug", Route.SUBCUTANEOUS, "1"),
          step("ipamorelin", "200", "ug", Route.SUBCUTANEOUS, "1"),
          step("somatropin", "0.2", "mg", Route.SUBCUTANEOUS, "1"));

  private final Agents agents = Agents.shipped();
  private final RuleSet rules = RuleSet.shipped(agents);
  private final List<RegulatoryFlag> flags = flags();
  private final Plan plan = new Plan(STEPS, List.of(), Region.US);
  private final Chart known =
      new Chart(
          profile(
              MenopausalStatus.POSTMENOPAUSAL,
              Presence.PRESENT,
              Stream.of(facts())
                  .filter(fact -> fact.kind() == Kind.CONDITION || fact.kind() == Kind.EVENT)
                  .map(fact -> absent(fact.code()))
                  .toList()),
          results(),
          TODAY,
          ZoneOffset.UTC);
  private final Chart unknown =
      new Chart(
          profile(MenopausalStatus.UNKNOWN, Presence.UNKNOWN, List.of()),
          List.of(),
          TODAY,
          ZoneOffset.UTC);

  @Benchmark
  public List<Ruling> everythingKnown() {
    return rules.evaluate(known, plan, flags);
  }

  @Benchmark
  public List<Ruling> nothingKnown() {
    return rules.evaluate(unknown, plan, flags);
  }

  static void measure(PrintStream out) {
    try {
      var options =
          new OptionsBuilder()
              .include(RuleBenchmark.class.getSimpleName())
              .verbosity(VerboseMode.SILENT)
              .build();
      out.printf(
          "%d rules about %d steps:%n", new RuleBenchmark().rules.rules().size(), STEPS.size());
      for (RunResult result : new Runner(options).run()) {
        out.printf(
            "  %-16s %6.0f us, 99.9 %% confidence +/- %.0f%n",
            result.getPrimaryResult().getLabel(),
            result.getPrimaryResult().getScore(),
            result.getPrimaryResult().getScoreError());
      }
    } catch (RunnerException e) {
      throw new IllegalStateException("The rules could not be measured", e);
    }
  }

  private List<RegulatoryFlag> flags() {
    var table = PublishedTable.shipped().table();
    return STEPS.stream()
        .flatMap(
            step ->
                table
                    .flags(
                        new RegulatoryQuestion(
                            Region.US,
                            step.agent(),
                            agents.find(step.agent()).orElseThrow().forms(step.route()),
                            Population.ANYONE,
                            null))
                    .stream())
        .distinct()
        .toList();
  }

  private static List<Result> results() {
    var results = new ArrayList<Result>();
    Instant now = TODAY.atTime(8, 0).toInstant(ZoneOffset.UTC);
    for (String analyte : ANALYTES) {
      IntStream.range(0, 20)
          .forEach(
              i ->
                  results.add(
                      new Result(
                          analyte,
                          new Quantity(new BigDecimal(5 + i), unit(analyte)),
                          now.minus(30L * i, ChronoUnit.DAYS),
                          "LC-MS/MS")));
    }
    return results;
  }

  private static String unit(String analyte) {
    return analyte.equals("ctx") ? "ng/L" : "1";
  }

  private static ClinicalFact[] facts() {
    try (InputStream in = ClinicalFact.class.getResourceAsStream(ClinicalFact.RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(ClinicalFact.RESOURCE + " is missing");
      }
      return ShippedData.read(ClinicalFact.RESOURCE, in.readAllBytes(), ClinicalFact[].class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fact absent(String code) {
    return new Fact(code, Presence.ABSENT, null, null, null, null, TODAY);
  }

  private static Step step(String agent, String dose, String unit, Route route, String every) {
    return new Step(
        agent,
        new Quantity(new BigDecimal(dose), unit),
        route,
        new BigDecimal(every),
        null,
        null,
        null,
        TODAY.minusDays(200),
        null);
  }

  private static ProfileRecorded profile(
      MenopausalStatus menopause, Presence uterus, List<Fact> facts) {
    return new ProfileRecorded(
        new UUID(0, 1),
        1,
        Region.US,
        Sex.FEMALE,
        menopause == MenopausalStatus.UNKNOWN ? null : YearMonth.of(1970, 4),
        null,
        false,
        new Menopause(
            menopause, menopause == MenopausalStatus.UNKNOWN ? null : YearMonth.of(2021, 4)),
        uterus,
        new Hypogonadism(HypogonadismKind.UNKNOWN, null),
        new GrowthHormoneDeficiency(Presence.UNKNOWN, null),
        null,
        null,
        Smoking.UNKNOWN,
        List.of(),
        facts,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
