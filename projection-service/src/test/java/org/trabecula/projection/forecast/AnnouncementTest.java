package org.trabecula.projection.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.ForecastComputed;
import org.trabecula.contracts.ForecastComputed.Basis;
import org.trabecula.contracts.ForecastComputed.Series;
import org.trabecula.contracts.ForecastRefused;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.Quantity;
import org.trabecula.engine.model.Parameters;
import org.trabecula.projection.TestPatient;
import org.trabecula.projection.dossier.Regimen;

class AnnouncementTest {
  private static final UUID ID = new UUID(1, 2);
  private final TestPatient patient = new TestPatient("alder", new UUID(3, 4));
  private final ForecastEngine engine = new ForecastEngine(Parameters.shipped());

  @Test
  void tellsEveryQuantityOnceWithItsSite() {
    ForecastComputed forecast = computed(List.of());
    assertThat(forecast.kind()).isEqualTo(ForecastComputed.Kind.ENSEMBLE);
    assertThat(forecast.series().size() + Objects.requireNonNull(forecast.unavailable()).size())
        .isEqualTo(Quantity.values().length);
    assertThat(forecast.series().stream().map(series -> series.quantity() + " " + series.site()))
        .doesNotHaveDuplicates()
        .contains("bmd-change total-hip", "bmd lumbar-spine", "t-score femoral-neck", "ctx null");
    assertThat(forecast.series()).allSatisfy(series -> assertThat(series.q50()).hasSize(121));
  }

  @Test
  void tellsWhereALevelComesFrom() {
    var scan = patient.measurement(ID, 1, "bmd-total-hip", "0.81", "g/cm2", TestPatient.DRAWN);
    assertThat(series(computed(List.of()), "bmd", "total-hip").basis()).isEqualTo(Basis.POPULATION);
    assertThat(series(computed(List.of(scan)), "bmd", "total-hip").basis())
        .isEqualTo(Basis.PATIENT);
    Series change = series(computed(List.of(scan)), "bmd-change", "total-hip");
    assertThat(change.basis()).isEqualTo(Basis.RELATIVE);
    assertThat(change.q50().getFirst()).isZero();
  }

  @Test
  void tellsTheTrueValueFromTheNextMeasurement() {
    Series ctx =
        computed(List.of()).series().stream()
            .filter(series -> series.quantity().equals("ctx"))
            .findFirst()
            .orElseThrow();
    assertThat(Objects.requireNonNull(ctx.nextMeasurement()).q95().get(12))
        .isGreaterThan(Objects.requireNonNull(ctx.q95()).get(12));
  }

  @Test
  void tellsOfAnIndexOnlyTheMedianAndTheEnds() {
    assertThat(computed(List.of()).series())
        .allSatisfy(
            series -> {
              assertThat(series.q05()).hasSize(121);
              assertThat(series.q95()).hasSize(121);
              assertThat(series.q10() == null).isEqualTo(series.basis() == Basis.MODEL);
            });
  }

  @Test
  void tellsHowProbableAChangeBeyondPrecisionIs() {
    assertThat(Objects.requireNonNull(computed(List.of()).probabilities()))
        .extracting(p -> p.occurrence() + " " + p.quantity() + " " + p.site())
        .doesNotHaveDuplicates()
        .contains(
            "GAIN_BEYOND_LSC bmd-change total-hip",
            "OSTEOPOROSIS_BY_T_SCORE t-score lumbar-spine",
            "LOSS_BEYOND_LSC ctx-change null");
  }

  /// Kafka's default limit is 1 MB for a record; half of it is left for a longer history of inputs.
  @Test
  void staysFarBelowTheLargestRecordThatABrokerTakes() throws JsonProcessingException {
    var json = new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);
    ForecastComputed forecast = computed(List.of());
    assertThat(json.writeValueAsBytes(forecast.series()).length).isLessThan(400_000);
  }

  @Test
  void roundsToFiveDigits() {
    assertThat(computed(List.of()).series())
        .flatExtracting(Series::q50)
        .allSatisfy(
            value ->
                assertThat(
                        Double.toString(value)
                            .replaceAll("E.*|[-.]|^-?0\\.0*", "")
                            .replaceAll("^0+|0+$", ""))
                    .hasSizeLessThanOrEqualTo(5));
  }

  @Test
  void namesTheFieldOfARefusalAsItsEventDoes() {
    var step = TestPatient.step("unheard-of", "1", "mg", Route.ORAL, TestPatient.FIRST_PATCH);
    var regimen = Regimen.of(patient.regimen(ID, 1, List.of(step), List.of()));
    Given given = Given.of(patient.profile(), regimen, List.of(), "parameters");
    ForecastRefused refused = (ForecastRefused) announced(given);
    assertThat(refused.reason()).isEqualTo("AGENT_UNKNOWN");
    assertThat(refused.field()).isEqualTo("regimen.steps[0].agent");
  }

  private ForecastComputed computed(List<MeasurementRecorded> measurements) {
    return (ForecastComputed)
        announced(Given.of(patient.profile(), null, measurements, "parameters"));
  }

  private Event announced(Given given) {
    InputsHash hash = InputsHash.of("alder", patient.id(), given, "1", "p");
    return Announcement.of(patient.id(), hash, given, engine.forecast(given.request()));
  }

  private static Series series(ForecastComputed forecast, String quantity, String site) {
    return forecast.series().stream()
        .filter(series -> series.quantity().equals(quantity) && site.equals(series.site()))
        .findFirst()
        .orElseThrow();
  }
}
