package org.trabecula.protocol.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.protocol.Shipped;

class PrescriptionsTest {
  private static final UUID SOMEONE = UUID.fromString("7d1f4a52-0000-4000-8000-000000000001");
  private static final LocalDate START = LocalDate.of(2026, 3, 1);
  private static final Validator VALIDATOR = new Validator();
  private static final Fhir FHIR = new Fhir();

  private final Prescriptions prescriptions = new Prescriptions(Shipped.AGENTS);

  @Test
  void showsEveryAgentByEachOfItsRoutesInEachOfItsUnits() {
    for (Agent agent : Shipped.AGENTS.all()) {
      for (Route route : agent.routes()) {
        for (String unit : agent.units(route)) {
          MedicationRequest shown =
              prescriptions.of(
                  step(agent.code(), route, unit, BigDecimal.ONE, null, null, null), SOMEONE);
          VALIDATOR.accept(written(shown));
          assertThat(shown.getMedicationCodeableConcept().getCoding())
              .hasSize(1 + agent.codings().size());
          assertThat(Routes.of(shown.getDosageInstructionFirstRep().getRoute())).contains(route);
        }
      }
    }
  }

  @Test
  void namesTheAgentInOurOwnCodeFirst() {
    var medication = prescriptions.of(patch("3.5", null), SOMEONE).getMedicationCodeableConcept();

    assertThat(medication.getText()).isEqualTo("Estradiol, transdermal patch");
    assertThat(medication.getCodingFirstRep().getSystem()).isEqualTo("urn:trabecula:agent");
    assertThat(medication.getCodingFirstRep().getCode()).isEqualTo("estradiol-patch");
    assertThat(medication.getCoding())
        .anySatisfy(coding -> assertThat(coding.getCode()).isEqualTo("G03CA03"));
  }

  @Test
  void saysHowMuchAndHowOftenAndUntilWhen() {
    Dosage dosage = dosage(patch("3.5", LocalDate.of(2026, 6, 1)));

    assertThat(dosage.getText()).isEqualTo("50 ug/d transdermal, every 3.5 days");
    assertThat(dosage.getDoseAndRateFirstRep().getDoseQuantity().getValue()).isEqualTo("50");
    assertThat(dosage.getDoseAndRateFirstRep().getDoseQuantity().getCode()).isEqualTo("ug/d");
    TimingRepeatComponent repeat = dosage.getTiming().getRepeat();
    assertThat(repeat.getFrequency()).isEqualTo(1);
    assertThat(repeat.getPeriod()).isEqualTo("3.5");
    assertThat(repeat.getPeriodUnit()).isEqualTo(UnitsOfTime.D);
    assertThat(repeat.getBoundsPeriod().getStartElement().getValueAsString())
        .isEqualTo("2026-03-01");
    assertThat(repeat.getBoundsPeriod().getEndElement().getValueAsString())
        .as("FHIR's last day is with it, ours the first without")
        .isEqualTo("2026-05-31");
  }

  @Test
  void countsTheAdministrationsOfACycle() {
    Step sequential =
        step(
            "progesterone-micronised",
            Route.ORAL,
            "mg",
            BigDecimal.ONE,
            null,
            new Cycle(12, 28),
            null);
    Dosage dosage = dosage(sequential);

    TimingRepeatComponent repeat = dosage.getTiming().getRepeat();
    assertThat(repeat.getFrequency()).isEqualTo(12);
    assertThat(repeat.getPeriod()).isEqualTo("28");
    assertThat(dosage.getText()).endsWith("on the first 12 of 28 days");
    assertThat(dosage.hasExtension(Codes.CYCLE)).isTrue();
    VALIDATOR.accept(written(prescriptions.of(sequential, SOMEONE)));
  }

  @ParameterizedTest
  @CsvSource({"2, 2, 1", "2.5, 5, 2", "0.25, 1, 4", "3.0, 3, 1"})
  void countsWhatIsTakenAsNeededInWholeNumbers(BigDecimal perWeek, int times, BigDecimal weeks) {
    Step asNeeded = step("testosterone-gel", Route.TRANSDERMAL, "mg", null, perWeek, null, "hsdd");
    MedicationRequest shown = prescriptions.of(asNeeded, SOMEONE);
    Dosage dosage = shown.getDosageInstructionFirstRep();

    assertThat(dosage.getAsNeededBooleanType().booleanValue()).isTrue();
    assertThat(dosage.getTiming().getRepeat().getFrequency()).isEqualTo(times);
    assertThat(dosage.getTiming().getRepeat().getPeriod()).isEqualByComparingTo(weeks);
    assertThat(dosage.getTiming().getRepeat().getPeriodUnit()).isEqualTo(UnitsOfTime.WK);
    assertThat(shown.getReasonCodeFirstRep().getCodingFirstRep().getCode()).isEqualTo("hsdd");
    VALIDATOR.accept(written(shown));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-03-01, -, -, ACTIVE",
        "2026-03-01, 2026-11-25, -, ACTIVE",
        "2026-03-01, 2026-11-24, -, COMPLETED",
        "2026-12-01, -, -, ACTIVE",
        "2026-03-01, -, 2026-06-01, STOPPED",
        "2026-03-01, 2026-07-01, 2026-06-01, STOPPED",
        "2026-03-01, 2026-06-01, 2026-06-01, COMPLETED",
        "2026-06-01, -, 2026-06-01, CANCELLED",
      })
  void tellsWhatIsTakenFromWhatWasAndWhatNeverWas(
      LocalDate start,
      @Nullable LocalDate stop,
      @Nullable LocalDate endedOn,
      MedicationRequestStatus status) {
    Step step =
        new Step(
            "estradiol-patch",
            new Quantity(BigDecimal.valueOf(50), "ug/d"),
            Route.TRANSDERMAL,
            new BigDecimal("3.5"),
            null,
            null,
            null,
            start,
            stop);

    assertThat(MedicationRequests.status(step, endedOn, LocalDate.of(2026, 11, 24)))
        .isEqualTo(status);
  }

  private Dosage dosage(Step step) {
    return prescriptions.of(step, SOMEONE).getDosageInstructionFirstRep();
  }

  private static String written(MedicationRequest request) {
    return FHIR.write(
        request.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER));
  }

  private static Step patch(String interval, @Nullable LocalDate stop) {
    return new Step(
        "estradiol-patch",
        new Quantity(BigDecimal.valueOf(50), "ug/d"),
        Route.TRANSDERMAL,
        new BigDecimal(interval),
        null,
        null,
        null,
        START,
        stop);
  }

  private static Step step(
      String agent,
      Route route,
      String unit,
      @Nullable BigDecimal interval,
      @Nullable BigDecimal perWeek,
      @Nullable Cycle cycle,
      @Nullable String indication) {
    return new Step(
        agent,
        new Quantity(BigDecimal.TEN, unit),
        route,
        interval,
        perWeek,
        cycle,
        indication,
        START,
        null);
  }
}
