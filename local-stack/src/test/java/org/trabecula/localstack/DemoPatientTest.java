package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.Analyte;

class DemoPatientTest {
  /// The last day of a month that most months do not have, in a leap year.
  private static final LocalDate DAY = LocalDate.of(2028, 3, 31);

  private final List<DemoPatient> clinic = DemoPatient.all(DAY);

  DemoPatientTest() throws IOException {}

  @Test
  void thereAreAboutTwentyPatientsInThreeRegions() {
    assertThat(clinic).hasSizeBetween(20, 25);
    assertThat(words(clinic, "region")).containsExactly("CN", "EU", "US");
    assertThat(words(clinic, "sexForClinicalUse")).contains("FEMALE", "MALE", "UNKNOWN");
  }

  @Test
  void everyoneHasTwoYearsOfMarkersAndScans() {
    assertThat(clinic).allSatisfy(patient -> assertThat(span(patient, "ctx")).isGreaterThan(700));
    assertThat(clinic)
        .allSatisfy(patient -> assertThat(span(patient, "bmd-lumbar-spine")).isGreaterThan(700));
  }

  @Test
  void everyResultIsPlausibleInItsCanonicalUnit() throws IOException {
    var catalogue = catalogue();
    for (DemoPatient patient : clinic) {
      for (JsonNode measurement : patient.measurements()) {
        var analyte = catalogue.get(measurement.required("analyte").asText());
        assertThat(analyte).as(measurement.toString()).isNotNull();
        assertThat(canonical(measurement, analyte))
            .as(patient.code() + measurement)
            .isBetween(
                analyte.path("plausible").path("minimum").asDouble(),
                analyte.path("plausible").path("maximum").asDouble());
      }
    }
  }

  @Test
  void nothingHappensAfterTheDayOfLoadingOrBeforeBirth() {
    for (DemoPatient patient : clinic) {
      var birth = YearMonth.parse(patient.profile().required("birth").asText());
      for (JsonNode measurement : patient.measurements()) {
        var at = Instant.parse(measurement.required("effectiveAt").asText());
        assertThat(at).isBefore(DAY.atStartOfDay().toInstant(ZoneOffset.UTC));
        assertThat(at).isAfter(birth.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
    }
  }

  @Test
  void someHaveFactsEventsAndMedicationsOfTheCatalogue() throws IOException {
    Set<String> known;
    try (var json = Analyte.class.getResourceAsStream("facts.json")) {
      known =
          StreamSupport.stream(ClinicApi.JSON.readTree(json).spliterator(), false)
              .map(fact -> fact.required("code").asText())
              .collect(Collectors.toSet());
    }
    var stated =
        clinic.stream()
            .flatMap(
                patient ->
                    Stream.concat(
                        patient.facts().keySet().stream(), patient.events().keySet().stream()))
            .toList();
    assertThat(stated).contains("biotin-intake", "vertebral-fracture").allMatch(known::contains);
    assertThat(clinic).anySatisfy(patient -> assertThat(patient.medications()).isNotEmpty());
  }

  @Test
  void everyScannerIsOneOfTheClinics() throws IOException {
    var settings = DemoClinic.settings();
    var scanners =
        StreamSupport.stream(settings.required("scanners").spliterator(), false)
            .map(scanner -> scanner.required("id").asText())
            .collect(Collectors.toSet());
    assertThat(clinic)
        .flatExtracting(DemoPatient::measurements)
        .filteredOn(measurement -> measurement.has("device"))
        .extracting(measurement -> measurement.required("device").asText())
        .allMatch(scanners::contains);
  }

  @Test
  void aResultIsCalledTheSameOnEveryDayOfLoading() throws IOException {
    var later = DemoPatient.all(DAY.plusDays(40));
    assertThat(sourceIds(later)).isEqualTo(sourceIds(clinic)).doesNotHaveDuplicates();
    assertThat(later.getFirst().measurements()).isNotEqualTo(clinic.getFirst().measurements());
  }

  @Test
  void everyRunOfTheStoryHasAPatientAndResultsOfItsOwn() throws IOException {
    var one = DemoPatient.ofTheStory(DAY, "one");
    var two = DemoPatient.ofTheStory(DAY, "two");
    assertThat(sourceIds(List.of(one))).doesNotContainAnyElementsOf(sourceIds(List.of(two)));
    assertThat(one.profile().required("identifiers"))
        .isNotEqualTo(two.profile().required("identifiers"));
  }

  private static Set<String> words(List<DemoPatient> patients, String field) {
    return patients.stream()
        .map(patient -> patient.profile().required(field).asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Days between the first and the last result of an analyte.
  private static long span(DemoPatient patient, String analyte) {
    var days =
        patient.measurements().stream()
            .filter(measurement -> measurement.required("analyte").asText().equals(analyte))
            .map(measurement -> Instant.parse(measurement.required("effectiveAt").asText()))
            .mapToLong(Instant::getEpochSecond)
            .summaryStatistics();
    return (days.getMax() - days.getMin()) / 86_400;
  }

  private static List<String> sourceIds(List<DemoPatient> patients) {
    return patients.stream()
        .flatMap(patient -> patient.measurements().stream())
        .map(DemoPatient::sourceId)
        .toList();
  }

  private static Map<String, JsonNode> catalogue() throws IOException {
    try (var json = Analyte.class.getResourceAsStream(Analyte.RESOURCE)) {
      return StreamSupport.stream(ClinicApi.JSON.readTree(json).spliterator(), false)
          .collect(Collectors.toMap(analyte -> analyte.required("code").asText(), a -> a));
    }
  }

  private static double canonical(JsonNode measurement, JsonNode analyte) {
    double value = measurement.required("value").asDouble();
    var unit = measurement.required("unit").asText();
    var conversion = analyte.path("conversion");
    if (unit.equals(conversion.path("from").asText())) {
      return value * conversion.required("factor").asDouble()
          + conversion.required("offset").asDouble();
    }
    var canonical = analyte.required("unit").asText();
    return value * Map.of("ng/mL>ng/L", 1000.0).getOrDefault(unit + ">" + canonical, 1.0);
  }
}
