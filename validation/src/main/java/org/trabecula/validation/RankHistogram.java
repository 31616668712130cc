package org.trabecula.validation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Administration;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Analyte;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.ForecastRequest;
import org.trabecula.engine.Observation;
import org.trabecula.engine.Observation.Fasting;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person;
import org.trabecula.engine.Person.GrowthHormoneDeficiency;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.SimulatedPatient;
import org.trabecula.engine.SimulatedPatient.Target;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.model.Parameters;

/// Simulation-based calibration of one quantity of one kind of patient: where the true value lies
/// in the posterior of simulated results. If the posterior is computed rightly, every cell of the
/// ranks is equally likely.
///
/// @param cells how many simulated patients have their truth in each tenth of the posterior
record RankHistogram(String patient, String quantity, List<Integer> cells) {

  static final int PATIENTS = 200;
  static final int MEMBERS = 1024;
  static final int CELLS = 10;

  private static final Instant AS_OF = Instant.parse("2026-06-01T00:00:00Z");
  private static final LocalDate START = LocalDate.parse("2025-06-01");

  private record Asked(String name, Target target) {}

  private static final List<Asked> ASKED =
      List.of(
          new Asked("spine, change in 24 months", new Target(Observable.LUMBAR_SPINE, 24, true)),
          new Asked("neck, change in 24 months", new Target(Observable.FEMORAL_NECK, 24, true)),
          new Asked("spine today", new Target(Observable.LUMBAR_SPINE, 0, false)),
          new Asked("hip in 24 months", new Target(Observable.TOTAL_HIP, 24, false)),
          new Asked("CTX in 12 months", new Target(Observable.CTX, 12, false)),
          new Asked("P1NP today", new Target(Observable.P1NP, 0, false)),
          new Asked("estradiol in 12 months", new Target(Observable.ESTRADIOL, 12, false)),
          new Asked("testosterone today", new Target(Observable.TESTOSTERONE, 0, false)));

  static List<RankHistogram> all(Consumer<String> progress) {
    List<RankHistogram> all = new ArrayList<>();
    all.addAll(of("woman on an estradiol patch", woman(), progress));
    all.addAll(of("man on testosterone", man(), progress));
    return all;
  }

  private static List<RankHistogram> of(
      String name, ForecastRequest plan, Consumer<String> progress) {
    progress.accept(Validation.format("  %d simulated patients: %s", PATIENTS, name));
    SimulatedPatient patient =
        new SimulatedPatient(new ForecastEngine(Parameters.shipped(), MEMBERS), plan);
    List<Target> targets = ASKED.stream().map(Asked::target).toList();
    List<List<Double>> ranks =
        LongStream.rangeClosed(1, PATIENTS)
            .parallel()
            .mapToObj(seed -> patient.outcome(seed, targets).ranks())
            .toList();
    List<RankHistogram> tests = new ArrayList<>();
    for (int t = 0; t < targets.size(); t++) {
      int[] cells = new int[CELLS];
      for (List<Double> rank : ranks) {
        cells[Math.min(CELLS - 1, (int) (CELLS * rank.get(t)))]++;
      }
      tests.add(
          new RankHistogram(name, ASKED.get(t).name(), Arrays.stream(cells).boxed().toList()));
    }
    return tests;
  }

  static double expected() {
    return (double) PATIENTS / CELLS;
  }

  /// Of ranks at least as uneven as these if all cells are equally likely.
  double probability() {
    double chiSquare =
        cells.stream().mapToDouble(c -> (c - expected()) * (c - expected()) / expected()).sum();
    return Gamma.regularizedGammaQ((CELLS - 1) / 2.0, chiSquare / 2);
  }

  private static ForecastRequest woman() {
    Person person =
        new Person(
            SexForClinicalUse.FEMALE,
            YearMonth.parse("1971-05"),
            MenopausalStatus.POSTMENOPAUSAL,
            LocalDate.parse("2022-06-01"),
            Hypogonadism.NONE,
            null,
            GrowthHormoneDeficiency.ABSENT,
            null,
            null,
            165.0,
            73.5,
            List.of(),
            false);
    List<Observation> results = scans("2025-06-01", "2026-06-01");
    results.add(blood(Analyte.CTX, "2025-06-01"));
    results.add(blood(Analyte.CTX, "2025-12-01"));
    results.add(blood(Analyte.P1NP, "2025-12-01"));
    results.add(blood(Analyte.ESTRADIOL, "2025-12-01"));
    return plan(person, given("estradiol-patch", Route.TRANSDERMAL, 50, "ug/24h", 3.5), results);
  }

  private static ForecastRequest man() {
    Person person =
        new Person(
            SexForClinicalUse.MALE,
            YearMonth.parse("1968-06"),
            MenopausalStatus.UNKNOWN,
            null,
            Hypogonadism.PRIMARY,
            LocalDate.parse("2020-06-01"),
            GrowthHormoneDeficiency.ABSENT,
            null,
            null,
            178.0,
            85.5,
            List.of(),
            false);
    List<Observation> results = scans("2025-06-01", "2026-05-20");
    results.add(blood(Analyte.TESTOSTERONE, "2025-05-20"));
    results.add(blood(Analyte.TESTOSTERONE, "2026-01-01"));
    results.add(blood(Analyte.ESTRADIOL, "2026-01-01"));
    results.add(blood(Analyte.CTX, "2026-05-20"));
    return plan(person, given("testosterone-cypionate", Route.INTRAMUSCULAR, 80, "mg", 7), results);
  }

  private static ForecastRequest plan(
      Person person, Administration administration, List<Observation> results) {
    return new ForecastRequest(AS_OF, 24, person, List.of(administration), results, 0);
  }

  private static Administration given(
      String agent, Route route, double dose, String unit, double intervalDays) {
    return new Administration(agent, route, null, dose, unit, intervalDays, null, START, null);
  }

  /// Kind, date and source of results; their values are simulated.
  private static List<Observation> scans(String... dates) {
    List<Observation> scans = new ArrayList<>();
    for (String date : dates) {
      for (Analyte site :
          List.of(Analyte.BMD_LUMBAR_SPINE, Analyte.BMD_FEMORAL_NECK, Analyte.BMD_TOTAL_HIP)) {
        scans.add(result(site, date, Manufacturer.HOLOGIC));
      }
    }
    return scans;
  }

  private static Observation blood(Analyte analyte, String date) {
    return result(analyte, date, null);
  }

  private static Observation result(
      Analyte analyte, String date, @Nullable Manufacturer manufacturer) {
    return new Observation(
        analyte.code() + "/" + date,
        analyte,
        1,
        Instant.parse(date + "T00:00:00Z"),
        Fasting.YES,
        "one",
        manufacturer);
  }
}
