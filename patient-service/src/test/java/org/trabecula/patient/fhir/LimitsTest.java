package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.kit.fhir.FhirProblem;

/// What a few bytes could become as objects is bounded before they do.
class LimitsTest {
  private static final SubmittedBundles BUNDLES = new SubmittedBundles(new Fhir());

  private static final String BEGIN = "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", ";

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "\"a\": [ -> [], -> 2000 -> ]} -> Bundle.a -> more than 1000 values",
        "\"entry\": [{\"request\": [ -> {}, -> 2000 -> ]}]} -> Bundle.entry[0].request -> more than 1000 values",
        "\"entry\": [{\"resource\": {\"name\": [ -> {}, -> 200100 -> ]}}]} -> Bundle.entry[0].resource -> more than 200000 values",
        "\"entry\": [{\"resource\": {\"id\": \" -> xxxxxxxxxx -> 900000 -> \"}}]} -> Bundle.entry[0].resource -> longer than 8388608 bytes",
        "\"entry\": [ -> {}, -> 20001 -> ]} -> Bundle.entry -> at most 20000 entries",
      })
  void refusesWhatWouldFillTheMemory(
      String begin, String filler, int times, String end, String path, String reason) {
    String whole = filler.endsWith(",") ? filler.substring(0, filler.length() - 1) : "";
    var body = (BEGIN + begin + filler.repeat(times) + whole + end).getBytes(UTF_8);
    assertThatThrownBy(() -> BUNDLES.bundle(body))
        .isInstanceOfSatisfying(
            FhirProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(413);
              assertThat(problem.issues())
                  .singleElement()
                  .satisfies(
                      issue -> {
                        assertThat(issue.expression()).isEqualTo(path);
                        assertThat(issue.message()).contains(reason);
                      });
            });
  }

  @Test
  void namesAHundredFaultsAndStops() {
    var body = (BEGIN + "\"entry\": [" + "{\"a\": 1},".repeat(5_000) + "{}]}").getBytes(UTF_8);
    assertThatThrownBy(() -> BUNDLES.bundle(body))
        .isInstanceOfSatisfying(
            FhirProblem.class, problem -> assertThat(problem.issues()).hasSizeBetween(100, 120));
  }

  @Test
  void letsGoOfWhatIsNotKeptOnceItIsFoundSound() {
    var claim = Objects.requireNonNull(claim("\"use\": \"claim\"").resource());
    assertThat(claim.fhirType()).isEqualTo("Claim");
    assertThat(claim.isEmpty()).isTrue();
    assertThatThrownBy(() -> claim("\"usage\": \"claim\""))
        .isInstanceOfSatisfying(
            FhirProblem.class,
            problem ->
                assertThat(problem.issues())
                    .singleElement()
                    .satisfies(
                        issue ->
                            assertThat(issue.expression()).isEqualTo("Bundle.entry[0].resource")));
  }

  private static Entry claim(String element) {
    var body =
        BEGIN
            + """
            "entry": [{"resource": {"resourceType": "Claim", %s},
                       "request": {"method": "POST", "url": "Claim"}}]}"""
                .formatted(element);
    return BUNDLES.bundle(body.getBytes(UTF_8)).entries().getFirst();
  }
}
