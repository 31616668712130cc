package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.trabecula.engine.Requests.at;
import static org.trabecula.engine.Requests.man;
import static org.trabecula.engine.Requests.of;
import static org.trabecula.engine.Requests.woman;
import static org.trabecula.engine.Requests.womanAfterMenopause;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.ensemble.Diagnostics;
import org.trabecula.engine.ensemble.Diagnostics.Verdict;
import org.trabecula.engine.ensemble.Level;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Posterior;
import org.trabecula.engine.ensemble.Trait;

class PosteriorTest {

  /// The SD between people of the change between two scans 24 months apart, in percentage points:
  /// what trials saw without treatment.
  @ParameterizedTest
  @CsvSource({"LUMBAR_SPINE, 3.9", "FEMORAL_NECK, 4.7", "TOTAL_HIP, 4.0"})
  void measuredChangesDifferAsMuchAsInTrials(Observable site, double expected) {
    Posterior posterior = posterior(womanAfterMenopause());
    double[] now = readOut(posterior, site, 0);
    double[] then = readOut(posterior, site, 24);
    double[] change = new double[now.length];
    Arrays.setAll(change, i -> 100 * (then[i] / now[i] - 1));
    Level level = posterior.levels().get(site);
    double walk = level.drift() * level.drift() * 2 + 2 * level.error() * level.error();
    double ratio = 1 + mean(change) / 100;
    double total = Math.sqrt(variance(change) + 1e4 * ratio * ratio * walk);
    assertThat(total).isCloseTo(expected, within(0.1));
  }

  @Test
  void aFasterFallLowersTheForecast() {
    double slow = spineAfter(falling(0.90, 0.895, 0.89));
    double fast = spineAfter(falling(0.90, 0.85, 0.80));
    assertThat(fast).isLessThan(slow);
  }

  @Test
  void whatAgreesFits() {
    Diagnostics diagnostics =
        posterior(
                womanAfterMenopause()
                    .measured(Analyte.BMD_LUMBAR_SPINE, 0.90, "2025-06-01")
                    .measured(Analyte.BMD_LUMBAR_SPINE, 0.89, "2026-05-01")
                    .measured(Analyte.CTX, 450, "2026-05-01"))
            .diagnostics();
    assertThat(diagnostics.verdict()).isEqualTo(Verdict.FITS);
    assertThat(diagnostics.conflicting()).isEmpty();
    assertThat(diagnostics.checks())
        .hasSize(3)
        .allSatisfy(check -> assertThat(check.tail()).isGreaterThan(0.02));
  }

  @Test
  void twoScansOfOneDayThatDifferByAFifthDoNotFit() {
    Diagnostics diagnostics =
        posterior(
                womanAfterMenopause()
                    .measured(Analyte.BMD_LUMBAR_SPINE, 0.80, "2026-05-01")
                    .measured(Analyte.CTX, 450, "2026-05-01")
                    .measured(Analyte.BMD_LUMBAR_SPINE, 1.00, "2026-05-01"))
            .diagnostics();
    assertThat(diagnostics.verdict()).isEqualTo(Verdict.DOES_NOT_FIT);
    assertThat(diagnostics.conflicting()).containsExactly("bmd-lumbar-spine/2");
  }

  @Test
  void manyHormoneResultsLeaveMostMembersStanding() {
    Requests request = man(60);
    for (int month = 1; month <= 5; month++) {
      request
          .measured(Analyte.TESTOSTERONE, 9, "2026-0" + month + "-01")
          .measured(Analyte.ESTRADIOL, 60, "2026-0" + month + "-01")
          .measured(Analyte.IGF1, 90, "2026-0" + month + "-01");
    }
    Posterior posterior = posterior(request);
    assertThat(posterior.diagnostics().stages()).isEqualTo(1);
    assertThat(posterior.diagnostics().effectiveSize())
        .isGreaterThan(0.5 * posterior.weights().length);
    double[] testosterone = readOut(posterior, Observable.TESTOSTERONE, 0);
    assertThat(weightedMean(posterior, testosterone) * 0.03467).isCloseTo(9, within(0.8));
  }

  @Test
  void anUnknownMenopauseDiffersBetweenMembersWithinWhatIsKnown() {
    double[] still =
        posterior(of(woman("1978-06", MenopausalStatus.PREMENOPAUSAL, null)))
            .members()
            .of(Trait.FMP);
    assertThat(all(still)).allSatisfy(age -> assertThat(age).isBetween(47.9, 62.0));
    assertThat(Math.sqrt(variance(still))).isBetween(1.5, 3.5);
    double[] over =
        posterior(of(woman("1971-06", MenopausalStatus.POSTMENOPAUSAL, null)))
            .members()
            .of(Trait.FMP);
    assertThat(all(over)).allSatisfy(age -> assertThat(age).isLessThan(54.01));
  }

  @Test
  void anUnknownOnsetDiffersBetweenMembers() {
    Posterior posterior = posterior(man(60, Hypogonadism.CENTRAL, null));
    double[] onset = posterior.members().of(Trait.HYPOGONADISM);
    assertThat(all(onset)).allSatisfy(age -> assertThat(age).isBetween(18.0, 60.1));
    assertThat(mean(onset)).isCloseTo(60 - 5 / Math.log(2), within(0.5));
    assertThat(all(posterior.members().of(Trait.KAP_L)))
        .anySatisfy(capacity -> assertThat(capacity).isEqualTo(1));
    assertThat(all(posterior.members().of(Trait.KAP_H)))
        .anySatisfy(capacity -> assertThat(capacity).isLessThan(0.5));
  }

  @Test
  void menDifferInTheirOwnTestosterone() {
    double[] level = readOut(posterior(man(40)), Observable.TESTOSTERONE, 0);
    double[] log = Arrays.stream(level).map(Math::log).toArray();
    assertThat(Math.sqrt(variance(log))).isCloseTo(0.3, within(0.03));
    assertThat(mean(log)).isCloseTo(Math.log(550), within(0.03));
  }

  @Test
  void aNewResultDoesNotReshuffleTheMembers() {
    Posterior before = posterior(womanAfterMenopause());
    Posterior after = posterior(womanAfterMenopause().measured(Analyte.CTX, 450, "2026-05-01"));
    assertThat(after.members().of(Trait.RHO_T)).isEqualTo(before.members().of(Trait.RHO_T));
    assertThat(after.weights()).isNotEqualTo(before.weights());
    Posterior other =
        posterior(
            new ForecastRequest(
                Requests.AS_OF,
                24,
                womanAfterMenopause().request().person(),
                List.of(),
                List.of(),
                1));
    assertThat(other.members().of(Trait.RHO_T)).isNotEqualTo(before.members().of(Trait.RHO_T));
  }

  private static Requests falling(double first, double second, double third) {
    return womanAfterMenopause()
        .measured(Analyte.BMD_LUMBAR_SPINE, first, "2024-06-01")
        .measured(Analyte.BMD_LUMBAR_SPINE, second, "2025-06-01")
        .measured(Analyte.BMD_LUMBAR_SPINE, third, "2026-06-01");
  }

  private static double spineAfter(Requests request) {
    Forecast forecast = (Forecast) Requests.ENGINE.forecast(short24(request.request()));
    return at(forecast, Quantity.LUMBAR_SPINE_CHANGE, 24);
  }

  private static Posterior posterior(Requests request) {
    return posterior(short24(request.request()));
  }

  private static Posterior posterior(ForecastRequest request) {
    ForecastEngine.Run run = Requests.ENGINE.run(request);
    PatientPrior prior = run.prior();
    return run.posterior(prior, run.evidence(prior));
  }

  private static ForecastRequest short24(ForecastRequest r) {
    return new ForecastRequest(
        r.asOf(), 24, r.person(), r.administrations(), r.observations(), r.seed());
  }

  private static double[] readOut(Posterior posterior, Observable observable, int month) {
    int day = posterior.readOuts().index(Timeline.dayOfMonth(month));
    return posterior.readOuts().at(observable, day);
  }

  private static double weightedMean(Posterior posterior, double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += posterior.weights()[i] * values[i];
    }
    return sum;
  }

  private static List<Double> all(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
  }
}
