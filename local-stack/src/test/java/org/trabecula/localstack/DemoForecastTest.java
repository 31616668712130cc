package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.EventType;
import org.trabecula.localstack.ForecastListener.Heard;

class DemoForecastTest {

  @Test
  void showsMedianAndBandOfWhatThereIs() throws IOException {
    assertThat(DemoForecast.of(heard("forecast-computed.v1")).lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("lumbar spine")
                    .contains("+1.8 (+0.0 to +3.7)")
                    .contains("+2.6 (-0.3 to +5.5)")
                    .endsWith(" -"))
        .anySatisfy(
            line -> assertThat(line).contains("CTX now 412 (336 to 505), after 12 months 284"))
        .anySatisfy(line -> assertThat(line).contains("lumbar spine gain 15 %, loss 0 %"))
        .anySatisfy(line -> assertThat(line).contains("STRAINED; 1024 members worth 612"));
  }

  @Test
  void saysWhyThereIsNone() throws IOException {
    assertThat(DemoForecast.of(heard("forecast-refused.v1"))).contains("refused");
  }

  private static Heard heard(String event) throws IOException {
    try (var in =
        Objects.requireNonNull(EventType.class.getResourceAsStream(event + ".example.json"))) {
      JsonNode body = ClinicApi.JSON.readTree(in);
      return new Heard("alder/1", Map.of("ce_id", "1", "ce_type", event), body, 0);
    }
  }
}
