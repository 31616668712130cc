package org.trabecula.projection.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trabecula.contracts.ForecastComputed.Statement;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Finding.Severity;
import org.trabecula.contracts.MeasurementRecorded.Finding.Use;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.engine.Administration;
import org.trabecula.engine.Analyte;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.Observation;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person;
import org.trabecula.engine.Refusal;
import org.trabecula.engine.model.Parameters;
import org.trabecula.projection.TestPatient;
import org.trabecula.projection.Wire;
import org.trabecula.projection.dossier.Regimen;

class GivenTest {
  private static final UUID ID = new UUID(1, 2);
  private final TestPatient patient = new TestPatient("alder", new UUID(3, 4));

  @Test
  void tellsWhoThePatientIs() {
    Person person = given(List.of()).request().person();
    assertThat(person.sex()).isEqualTo(Person.SexForClinicalUse.FEMALE);
    assertThat(person.menopausalStatus()).isEqualTo(Person.MenopausalStatus.POSTMENOPAUSAL);
    assertThat(person.finalMenstrualPeriod()).isEqualTo("2020-08-15");
    assertThat(person.growthHormoneDeficiency()).isEqualTo(Person.GrowthHormoneDeficiency.ABSENT);
    assertThat(person.deceased()).isFalse();
  }

  @Test
  void takesTheMiddleOfAYearOfBirthOfWhichNoMoreIsKnown() throws IOException {
    ObjectNode told = Wire.JSON.valueToTree(patient.profile());
    told.remove("birth");
    told.put("birthYear", 1950);
    ProfileRecorded profile = Wire.JSON.treeToValue(told, ProfileRecorded.class);
    assertThat(Given.of(profile, null, List.of(), "parameters").request().person().birth())
        .isEqualTo(YearMonth.of(1950, 7));
    assertThat(given(List.of()).request().person().birth()).isEqualTo(YearMonth.of(1968, 5));
  }

  @Test
  void seedsTheDrawsByPatientAndParametersAlone() {
    long seed = given(List.of()).request().seed();
    assertThat(measured(patient.ctx(ID, 1, "412")).request().seed()).isEqualTo(seed);
    assertThat(Given.of(patient.profile(), null, List.of(), "others").request().seed())
        .isNotEqualTo(seed);
    var other = new TestPatient("alder", new UUID(3, 5));
    assertThat(Given.of(other.profile(), null, List.of(), "parameters").request().seed())
        .isNotEqualTo(seed);
  }

  @ParameterizedTest
  @EnumSource
  void knowsTheRouteByTheSameName(Route route) {
    var step = TestPatient.step("estradiol-oral", "1", "mg", route, TestPatient.FIRST_PATCH);
    assertThat(only(step).route().name()).isEqualTo(route.name());
  }

  @Test
  void givesEveryStepOfTheRegimenEvenOneThatTheEngineWillRefuse() {
    var step = TestPatient.step("unheard-of", "1", "[IU]", Route.ORAL, TestPatient.FIRST_PATCH);
    assertThat(only(step).agent()).isEqualTo("unheard-of");
    assertThat(only(step).unit()).isEqualTo("IU");
    assertThat(only(step).intervalDays()).isEqualTo(3.5);
  }

  @Test
  void leavesOutAStepWhoseAgentHasNoModelAndSaysSoOnce() {
    var system =
        TestPatient.step(
            "levonorgestrel-ius", "20", "ug/d", Route.INTRAUTERINE, TestPatient.FIRST_PATCH);
    var patch =
        TestPatient.step(
            "estradiol-patch", "50", "ug/d", Route.TRANSDERMAL, TestPatient.FIRST_PATCH);
    var regimen =
        new Regimen(ID, 1, null, List.of(system, patch), List.of(system), List.of(), Instant.EPOCH);

    Given given = Given.of(patient.profile(), regimen, List.of(), "parameters");

    assertThat(given.request().administrations())
        .extracting(Administration::agent)
        .containsExactly("estradiol-patch");
    assertThat(given.origins()).containsExactly("regimen.steps[1]");
    assertThat(given.warnings())
        .containsExactly(
            new Statement(
                "MEDICATION_NOT_MODELLED",
                "levonorgestrel-ius is not in the model; the forecast leaves it out."));
  }

  @Test
  void givesAnAgentByTheEnginesCodeSoThatItRefusesWhatItDoesNotDescribe() {
    var tablet =
        TestPatient.step(
            "conjugated-estrogens-bazedoxifene-oral",
            "0.45",
            "mg",
            Route.ORAL,
            TestPatient.FIRST_PATCH);

    assertThat(only(tablet).agent()).isEqualTo("bazedoxifene");
    assertThat(new ForecastEngine(Parameters.shipped()).forecast(given(tablet).request()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BONE_DRUG_OUTSIDE_MODEL));
  }

  @Test
  void aCycleActsAsItsMeanDose() {
    Step daily =
        TestPatient.step("norethisterone-acetate", "1", "mg", Route.ORAL, TestPatient.FIRST_PATCH);
    Step cyclic =
        new Step(
            daily.agent(),
            daily.dose(),
            daily.route(),
            daily.intervalDays(),
            null,
            new Cycle(14, 28),
            null,
            daily.start(),
            null);

    assertThat(only(daily).dose()).isEqualTo(1);
    assertThat(only(cyclic).dose()).isEqualTo(0.5);
    assertThat(only(cyclic).intervalDays()).isEqualTo(only(daily).intervalDays());
  }

  @Test
  void givesAMedicationOfAKnownDailyDose() {
    Given given = given(List.of(medication("prednisone", "7.5", LocalDate.of(2025, 1, 1))));
    Administration taken = given.request().administrations().getFirst();
    assertThat(taken.dose()).isEqualTo(7.5);
    assertThat(taken.unit()).isEqualTo("mg");
    assertThat(taken.intervalDays()).isEqualTo(1);
    assertThat(given.origins()).containsExactly("profile.medications[0]");
    assertThat(given.warnings()).isEmpty();
  }

  @Test
  void saysWhichMedicationsItLeavesOut() {
    Given given =
        given(
            List.of(
                medication("levothyroxine", "0.1", LocalDate.of(2020, 1, 1)),
                new Medication("prednisone", null, LocalDate.of(2025, 1, 1), null)));
    assertThat(given.request().administrations()).isEmpty();
    assertThat(given.warnings())
        .extracting(Statement::code)
        .containsExactly("MEDICATION_DOSE_UNKNOWN", "MEDICATION_NOT_MODELLED");
  }

  @Test
  void givesABoneDrugWhateverIsUnknownAboutIt() {
    Given given = given(List.of(new Medication("alendronate", null, null, null)));
    assertThat(given.request().administrations()).hasSize(1);
    assertThat(given.assumptions())
        .extracting(Statement::code)
        .containsExactly("MEDICATION_START_UNKNOWN");
  }

  @Test
  void tellsTheScannersMakerByItsName() {
    var scan = patient.measurement(ID, 1, "bmd-total-hip", "0.81", "g/cm2", TestPatient.DRAWN);
    Observation observation =
        Given.of(patient.profile(), null, List.of(scan), "parameters")
            .request()
            .observations()
            .getFirst();
    assertThat(observation.manufacturer()).isEqualTo(Manufacturer.HOLOGIC);
    assertThat(observation.source()).isEqualTo("Hologic Horizon A 3");
    assertThat(observation.value()).isEqualTo(0.81);
  }

  @Test
  void leavesOutWhatAFindingExcludesAndSaysSo() {
    Given given = measured(found("DATA-04", Severity.WARN, List.of(Use.VERDICT, Use.FORECAST)));
    assertThat(given.request().observations()).isEmpty();
    assertThat(given.warnings())
        .extracting(Statement::code)
        .containsExactly("MEASUREMENT_EXCLUDED");
    assertThat(measured(found("DATA-02a", Severity.BLOCK, List.of())).request().observations())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(MeasurementRecorded.Fasting.class)
  void keepsACtxThatWasNotDrawnFastingInTheMorningAsOneNotKnownToBeFasting(
      MeasurementRecorded.Fasting fasting) {
    MeasurementRecorded unsuited = found("DATA-03", Severity.WARN, List.of(Use.VERDICT));
    assertThat(measured(with(unsuited, fasting)).request().observations())
        .singleElement()
        .extracting(Observation::fasting)
        .isNotEqualTo(Observation.Fasting.YES);
    assertThat(measured(patient.ctx(ID, 1, "412")).request().observations().getFirst().fasting())
        .isEqualTo(Observation.Fasting.YES);
  }

  /// A finding that changes nothing the model reads makes no other forecast.
  @Test
  void aFindingThatExcludesNothingFromTheForecastChangesNoInput() {
    Given plain = measured(patient.ctx(ID, 1, "412"));
    Given flagged = measured(found("DATA-06", Severity.INFO, List.of()));
    assertThat(flagged.request()).isEqualTo(plain.request());
    assertThat(flagged.warnings()).isEqualTo(plain.warnings());
  }

  @Test
  void leavesOutALimitOfDetectionAndSaysSo() {
    Given given =
        measured(
            status(MeasurementRecorded.Status.FINAL, MeasurementRecorded.Comparator.LESS_THAN));
    assertThat(given.request().observations()).isEmpty();
    assertThat(given.warnings())
        .extracting(Statement::code)
        .containsExactly("MEASUREMENT_IS_A_LIMIT");
  }

  @Test
  void leavesOutAPreliminaryResult() {
    Given given = measured(status(MeasurementRecorded.Status.PRELIMINARY, null));
    assertThat(given.request().observations()).isEmpty();
    assertThat(given.inputs()).hasSize(1);
  }

  @Test
  void leavesOutAnUnexpectedUnitAndSaysSo() {
    Given given = measured(patient.measurement(ID, 1, "ctx", "412", "pg/mL", TestPatient.DRAWN));
    assertThat(given.request().observations()).isEmpty();
    assertThat(given.warnings())
        .extracting(Statement::code)
        .containsExactly("MEASUREMENT_UNIT_NOT_MODELLED");
  }

  @ParameterizedTest
  @EnumSource
  void readsEachAnalyteInTheUnitOfTheCatalogue(Analyte analyte) throws IOException {
    try (var catalogue = org.trabecula.contracts.Event.class.getResourceAsStream("analytes.json")) {
      JsonNode entries = Wire.JSON.readTree(catalogue);
      assertThat(entries)
          .filteredOn(entry -> entry.path("code").asText().equals(analyte.code()))
          .extracting(entry -> entry.path("unit").asText())
          .containsExactly(analyte.unit());
    }
  }

  private Given given(List<Medication> medications) {
    return Given.of(patient.profile(medications), null, List.of(), "parameters");
  }

  private Given measured(MeasurementRecorded measurement) {
    return Given.of(patient.profile(), null, List.of(measurement), "parameters");
  }

  private Administration only(Step step) {
    return given(step).request().administrations().getFirst();
  }

  private Given given(Step step) {
    var regimen = Regimen.of(patient.regimen(ID, 1, List.of(step), List.of()));
    return Given.of(patient.profile(), regimen, List.of(), "parameters");
  }

  private static Medication medication(String agent, String milligramsPerDay, LocalDate start) {
    return new Medication(
        agent, new Quantity(new BigDecimal(milligramsPerDay), "mg/d"), start, null);
  }

  private MeasurementRecorded status(
      MeasurementRecorded.Status status, MeasurementRecorded.Comparator comparator) {
    var exact = patient.ctx(ID, 1, "10");
    return new MeasurementRecorded(
        exact.measurementId(),
        exact.patientId(),
        exact.version(),
        exact.analyte(),
        exact.value(),
        exact.original(),
        comparator,
        exact.effectiveAt(),
        exact.effectivePrecision(),
        status,
        exact.fasting(),
        exact.method(),
        exact.laboratory(),
        exact.device(),
        exact.source(),
        exact.recordedAt(),
        exact.specimen(),
        exact.region(),
        exact.referenceInterval(),
        exact.interpretation(),
        exact.findings());
  }

  private MeasurementRecorded found(String rule, Severity severity, List<Use> excludes) {
    MeasurementRecorded ctx = patient.ctx(ID, 1, "412");
    return with(ctx, ctx.fasting(), List.of(new Finding(rule, severity, "As it is.", excludes)));
  }

  private static MeasurementRecorded with(
      MeasurementRecorded ctx, MeasurementRecorded.Fasting fasting) {
    return with(ctx, fasting, ctx.findings());
  }

  private static MeasurementRecorded with(
      MeasurementRecorded ctx, MeasurementRecorded.Fasting fasting, List<Finding> findings) {
    return new MeasurementRecorded(
        ctx.measurementId(),
        ctx.patientId(),
        ctx.version(),
        ctx.analyte(),
        ctx.value(),
        ctx.original(),
        ctx.comparator(),
        ctx.effectiveAt(),
        ctx.effectivePrecision(),
        ctx.status(),
        fasting,
        ctx.method(),
        ctx.laboratory(),
        ctx.device(),
        ctx.source(),
        ctx.recordedAt(),
        ctx.specimen(),
        ctx.region(),
        ctx.referenceInterval(),
        ctx.interpretation(),
        findings);
  }
}
