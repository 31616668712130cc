package org.trabecula.bench;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Administration;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Analyte;
import org.trabecula.engine.ForecastRequest;
import org.trabecula.engine.Observation;
import org.trabecula.engine.Observation.Fasting;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person;
import org.trabecula.engine.Person.GrowthHormoneDeficiency;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Person.SexForClinicalUse;

/// Patients whose whole forecast is timed: two visits with a scan of three sites, CTX, P1NP and
/// hormones.
final class ForecastCases {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-06-01");

  private ForecastCases() {}

  static List<ForecastRequest> all() {
    return List.of(
        request(
            SexForClinicalUse.FEMALE,
            56,
            LocalDate.parse("2021-06-01"),
            new Administration(
                "estradiol-patch", Route.TRANSDERMAL, null, 50, "ug/24h", 3.5, null, TODAY, null)),
        request(
            SexForClinicalUse.MALE,
            58,
            null,
            new Administration(
                "testosterone-cypionate",
                Route.INTRAMUSCULAR,
                null,
                70,
                "mg",
                7.0,
                null,
                TODAY.minusYears(1),
                null)));
  }

  private static ForecastRequest request(
      SexForClinicalUse sex,
      int age,
      @Nullable LocalDate lastPeriod,
      Administration administration) {
    boolean male = sex == SexForClinicalUse.MALE;
    Person person =
        new Person(
            sex,
            YearMonth.from(TODAY.minusYears(age)),
            male ? MenopausalStatus.UNKNOWN : MenopausalStatus.POSTMENOPAUSAL,
            lastPeriod,
            male ? Hypogonadism.PRIMARY : Hypogonadism.NONE,
            null,
            GrowthHormoneDeficiency.ABSENT,
            null,
            null,
            male ? 178.0 : 165.0,
            male ? 85.0 : 72.0,
            List.of(),
            false);
    List<Observation> results = new ArrayList<>();
    for (String day : List.of("2025-05-20T08:00:00Z", "2026-05-30T08:00:00Z")) {
      Instant at = Instant.parse(day);
      boolean treated = male && day.startsWith("2026");
      results.add(scan(Analyte.BMD_LUMBAR_SPINE, treated ? 0.96 : 0.93, at));
      results.add(scan(Analyte.BMD_FEMORAL_NECK, treated ? 0.73 : 0.72, at));
      results.add(scan(Analyte.BMD_TOTAL_HIP, 0.83, at));
      results.add(result(Analyte.CTX, treated ? 330 : 460, at));
      results.add(result(Analyte.P1NP, treated ? 45 : 55, at));
      results.add(result(Analyte.ESTRADIOL, treated ? 95 : male ? 40 : 25, at));
      results.add(result(Analyte.TESTOSTERONE, treated ? 18 : male ? 6 : 0.8, at));
    }
    return new ForecastRequest(NOW, 120, person, List.of(administration), results, 20_260_601);
  }

  private static Observation scan(Analyte site, double density, Instant at) {
    String id = site.code() + at;
    return new Observation(id, site, density, at, Fasting.UNKNOWN, "scanner", Manufacturer.HOLOGIC);
  }

  private static Observation result(Analyte analyte, double value, Instant at) {
    String id = analyte.code() + at;
    return new Observation(id, analyte, value, at, Fasting.YES, "laboratory", null);
  }
}
