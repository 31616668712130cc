package org.trabecula.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Administration.Route;
import org.trabecula.engine.Observation.Fasting;
import org.trabecula.engine.Person.GrowthHormoneDeficiency;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.model.Parameters;

/// Invented patients on 1 June 2026.
final class Requests {

  static final Instant AS_OF = Instant.parse("2026-06-01T00:00:00Z");
  static final LocalDate TODAY = LocalDate.parse("2026-06-01");
  static final long SEED = 20260601;

  /// Few members: fast, and a median known to a few tenths of a percentage point.
  static final ForecastEngine ENGINE = new ForecastEngine(Parameters.shipped(), 64);

  private final Person person;
  private final List<Administration> administrations = new ArrayList<>();
  private final List<Observation> observations = new ArrayList<>();

  private Requests(Person person) {
    this.person = person;
  }

  static Requests of(Person person) {
    return new Requests(person);
  }

  /// 55 years old, final menstrual period at 51.
  static Requests womanAfterMenopause() {
    return of(woman("1971-05", MenopausalStatus.POSTMENOPAUSAL, LocalDate.parse("2022-06-01")));
  }

  static Person woman(String birth, MenopausalStatus status, @Nullable LocalDate lastPeriod) {
    return new Person(
        SexForClinicalUse.FEMALE,
        YearMonth.parse(birth),
        status,
        lastPeriod,
        Hypogonadism.NONE,
        null,
        GrowthHormoneDeficiency.ABSENT,
        null,
        null,
        165.0,
        73.5,
        List.of(),
        false);
  }

  static Requests man(int age) {
    return man(age, Hypogonadism.NONE, null);
  }

  static Requests man(int age, Hypogonadism hypogonadism, @Nullable LocalDate onset) {
    return of(
        new Person(
            SexForClinicalUse.MALE,
            YearMonth.from(TODAY.minusYears(age)),
            MenopausalStatus.UNKNOWN,
            null,
            hypogonadism,
            onset,
            GrowthHormoneDeficiency.ABSENT,
            null,
            null,
            178.0,
            85.5,
            List.of(),
            false));
  }

  static Requests manWithGrowthHormoneDeficiency(int age, LocalDate onset) {
    Person healthy = man(age).person;
    return of(
        new Person(
            healthy.sex(),
            healthy.birth(),
            healthy.menopausalStatus(),
            null,
            Hypogonadism.NONE,
            null,
            GrowthHormoneDeficiency.PRESENT,
            onset,
            null,
            178.0,
            85.5,
            List.of(),
            false));
  }

  Requests patch(double ugPerDay) {
    return gives("estradiol-patch", Route.TRANSDERMAL, ugPerDay, "ug/24h", 3.5);
  }

  Requests cypionate(double mgPerWeek) {
    return gives("testosterone-cypionate", Route.INTRAMUSCULAR, mgPerWeek, "mg", 7);
  }

  Requests tablet(String agent, double mgPerDay) {
    return gives(agent, Route.ORAL, mgPerDay, "mg", 1);
  }

  Requests gives(String agent, Route route, double dose, String unit, double intervalDays) {
    return gives(agent, route, dose, unit, intervalDays, TODAY, null);
  }

  Requests gives(
      String agent,
      Route route,
      double dose,
      String unit,
      double intervalDays,
      LocalDate start,
      @Nullable LocalDate stop) {
    return gives(
        new Administration(agent, route, null, dose, unit, intervalDays, null, start, stop));
  }

  Requests gives(Administration administration) {
    administrations.add(administration);
    return this;
  }

  Requests measured(Analyte analyte, double value, String date) {
    return measured(analyte, value, date, Fasting.YES, "one");
  }

  Requests measured(
      Analyte analyte, double value, String date, Fasting fasting, @Nullable String source) {
    String id = analyte.code() + "/" + observations.size();
    Instant at = Instant.parse(date + "T00:00:00Z");
    boolean scan = analyte.code().startsWith("bmd");
    observations.add(
        new Observation(
            id,
            analyte,
            value,
            at,
            fasting,
            source,
            scan ? Observation.Manufacturer.HOLOGIC : null));
    return this;
  }

  ForecastRequest request() {
    return new ForecastRequest(
        AS_OF, ForecastRequest.DEFAULT_HORIZON_MONTHS, person, administrations, observations, SEED);
  }

  Outcome outcome() {
    return ENGINE.forecast(request());
  }

  Forecast forecast() {
    Outcome outcome = outcome();
    assertThat(outcome).isInstanceOf(Forecast.class);
    return (Forecast) outcome;
  }

  static double at(Forecast forecast, Quantity quantity, int month) {
    Series series = forecast.series().get(quantity);
    assertThat(series).as(quantity.code()).isNotNull();
    return series.patient().q50().get(month);
  }
}
