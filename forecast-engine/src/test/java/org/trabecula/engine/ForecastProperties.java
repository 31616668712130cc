package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.trabecula.engine.Requests.at;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;

/// Random patients under random regimens; the display name of a failure is its seed.
class ForecastProperties {

  /// A quantile between two of few members; between many it is nothing.
  private static final double INTERPOLATION = 3e-3;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyValueIsFiniteAndPositiveWhereItMustBe(long seed) {
    Forecast forecast = random(seed).forecast();
    forecast
        .series()
        .forEach(
            (quantity, series) ->
                assertThat(series.patient().q50())
                    .as(quantity.code())
                    .allSatisfy(value -> assertThat(value).isFinite())
                    .allSatisfy(
                        value ->
                            assertThat(
                                    value > 0 || quantity.unit().equals("%") || isScore(quantity))
                                .isTrue()));
    assertThat(at(forecast, Quantity.LUMBAR_SPINE_CHANGE, 0)).isZero();
    List<Double> trabeculae = forecast.series().get(Quantity.TB_N).patient().q50();
    // Lost trabeculae stay lost in every member; a median between two of few members may waver.
    assertThat(trabeculae.getLast()).isLessThanOrEqualTo(trabeculae.getFirst());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOrderOfTheInputsDoesNotMatter(long seed) {
    ForecastRequest request = random(seed).request();
    List<Administration> administrations = new ArrayList<>(request.administrations());
    List<Observation> observations = new ArrayList<>(request.observations());
    ForecastRequest reversed =
        new ForecastRequest(
            request.asOf(),
            request.horizonMonths(),
            request.person(),
            administrations.reversed(),
            observations.reversed(),
            request.seed());
    Forecast a = (Forecast) Requests.ENGINE.forecast(request);
    Forecast b = (Forecast) Requests.ENGINE.forecast(reversed);
    a.series()
        .forEach(
            (quantity, series) -> {
              for (int month : new int[] {0, 6, 24, 120}) {
                assertThat(at(b, quantity, month))
                    .as(quantity.code())
                    .isCloseTo(
                        series.patient().q50().get(month),
                        within(1e-7 * (1 + Math.abs(series.patient().q50().get(month)))));
              }
            });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aHigherCtxNeverLowersTheForecastOfCtx(long seed) {
    double value = 200 + 10 * seed;
    double lower =
        at(random(seed).measured(Analyte.CTX, value, "2026-05-20").forecast(), Quantity.CTX, 12);
    double higher =
        at(
            random(seed).measured(Analyte.CTX, 1.3 * value, "2026-05-20").forecast(),
            Quantity.CTX,
            12);
    assertThat(higher).isGreaterThan(lower);
  }

  private static boolean isScore(Quantity quantity) {
    return quantity.code().contains("-score");
  }

  private static Requests random(long seed) {
    Random random = new Random(seed);
    Requests request = random.nextBoolean() ? woman(random) : man(random);
    int[] kinds = random.ints(0, 9).distinct().limit(random.nextInt(4)).toArray();
    for (int kind : kinds) {
      treat(request, random, kind);
    }
    if (random.nextBoolean()) {
      request.measured(Analyte.TESTOSTERONE, 0.5 + 20 * random.nextDouble(), "2026-03-01");
      request.measured(Analyte.ESTRADIOL, 10 + 300 * random.nextDouble(), "2025-11-01");
    }
    if (random.nextBoolean()) {
      request.measured(Analyte.IGF1, 40 + 250 * random.nextDouble(), "2026-02-01");
      request.measured(Analyte.BMD_FEMORAL_NECK, 0.5 + 0.5 * random.nextDouble(), "2024-02-01");
      request.measured(Analyte.VITAMIN_D, 10 + 90 * random.nextDouble(), "2026-02-01");
    }
    return request;
  }

  private static Requests woman(Random random) {
    MenopausalStatus[] all = MenopausalStatus.values();
    String birth = "%d-0%d".formatted(1936 + random.nextInt(70), 1 + random.nextInt(9));
    return Requests.of(Requests.woman(birth, all[random.nextInt(all.length)], null));
  }

  private static Requests man(Random random) {
    Hypogonadism[] all = Hypogonadism.values();
    Hypogonadism hypogonadism = all[random.nextInt(all.length)];
    boolean dated = random.nextBoolean() && hypogonadism != Hypogonadism.NONE;
    LocalDate onset = dated ? Requests.TODAY.minusDays(random.nextInt(4000)) : null;
    return Requests.man(20 + random.nextInt(70), hypogonadism, onset);
  }

  private static void treat(Requests request, Random random, int kind) {
    LocalDate start = Requests.TODAY.plusDays(random.nextInt(4000) - 3000);
    LocalDate stop = random.nextBoolean() ? start.plusDays(random.nextInt(3000)) : null;
    switch (kind) {
      case 0 ->
          request.gives(
              "estradiol-patch",
              Route.TRANSDERMAL,
              25 + random.nextInt(75),
              "ug/24h",
              3.5,
              start,
              stop);
      case 1 ->
          request.gives(
              "estradiol-oral", Route.ORAL, 0.5 + random.nextInt(3), "mg", 1, start, stop);
      case 2 ->
          request.gives(
              "testosterone-cypionate",
              Route.INTRAMUSCULAR,
              5 + random.nextInt(150),
              "mg",
              7,
              start,
              stop);
      case 3 ->
          request.gives(
              "testosterone-undecanoate-im", Route.INTRAMUSCULAR, 1000, "mg", 84, start, stop);
      case 4 ->
          request.gives("letrozole", Route.ORAL, 2.5, "mg", 1 + random.nextInt(6), start, stop);
      case 5 ->
          request.gives("prednisone", Route.ORAL, 2.5 + random.nextInt(30), "mg", 1, start, stop);
      case 6 -> request.gives("gnrh-agonist", Route.INTRAMUSCULAR, 11.25, "mg", 84, start, stop);
      case 7 ->
          request.gives(
              "somatropin", Route.SUBCUTANEOUS, 0.1 + random.nextDouble(), "mg", 1, start, stop);
      default -> request.gives("enclomiphene", Route.ORAL, 12.5, "mg", 1, start, stop);
    }
  }
}
