package org.trabecula.projection.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.model.Parameters;
import org.trabecula.projection.TestPatient;
import org.trabecula.projection.dossier.Regimen;

/// The same inputs make the same forecast, identifier included.
class InputsHashProperties {
  private final TestPatient patient = new TestPatient("alder", new UUID(3, 4));
  private final UUID regimen = new UUID(5, 6);

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void dependsNotOnTheOrderInWhichInputsArrived(long seed) {
    var random = new Random(seed);
    List<MeasurementRecorded> measurements = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      measurements.add(
          patient.measurement(
              new UUID(seed, i),
              1,
              random.nextBoolean() ? "ctx" : "p1np",
              Integer.toString(30 + random.nextInt(60)),
              random.nextInt(8) == 0 ? "nmol/L" : "ug/L",
              TestPatient.DRAWN.minusSeconds(86_400L * random.nextInt(4))));
    }
    List<Step> steps =
        new ArrayList<>(
            List.of(step("estradiol-patch"), step("progesterone-micronised"), step("somatropin")));
    InputsHash first = hash(steps, measurements);
    Collections.shuffle(measurements, random);
    Collections.shuffle(steps, random);
    assertThat(hash(steps, measurements)).isEqualTo(first);
    measurements.removeIf(measurement -> measurement.analyte().equals("p1np"));
    measurements.add(
        patient.measurement(
            new UUID(seed, 99), 1, "p1np", "55", "ug/L", TestPatient.DRAWN.minusSeconds(1)));
    assertThat(hash(steps, measurements).hex()).isNotEqualTo(first.hex());
  }

  @Test
  void belongsToOnePatientOfOneClinicUnderOneModel() {
    Given given = Given.of(patient.profile(), null, List.of(), "parameters");
    String hash = InputsHash.of("alder", patient.id(), given, "1", "p").hex();
    assertThat(
            List.of(
                InputsHash.of("birch", patient.id(), given, "1", "p").hex(),
                InputsHash.of("alder", new UUID(9, 9), given, "1", "p").hex(),
                InputsHash.of("alder", patient.id(), given, "2", "p").hex(),
                InputsHash.of("alder", patient.id(), given, "1", "q").hex()))
        .doesNotHaveDuplicates()
        .doesNotContain(hash);
  }

  @Test
  void namesTheForecastByAVersion5Uuid() {
    UUID id = hash(List.of(), List.of()).forecastId();
    assertThat(id.version()).isEqualTo(5);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(hash(List.of(), List.of()).forecastId()).isEqualTo(id);
  }

  private InputsHash hash(List<Step> steps, List<MeasurementRecorded> measurements) {
    var stated = Regimen.of(patient.regimen(regimen, 1, steps, List.of()));
    return InputsHash.of(
        patient.clinic(),
        patient.id(),
        Given.of(patient.profile(), stated, measurements, "parameters"),
        ForecastEngine.MODEL_VERSION,
        new ForecastEngine(Parameters.shipped()).parameterHash());
  }

  private static Step step(String agent) {
    return TestPatient.step(agent, "1", "mg", Route.ORAL, TestPatient.FIRST_PATCH);
  }
}
