package org.trabecula.patient.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.ClinicalFact;

/// What a Bundle of the corpus must come to, worked out without what is tested: from its JSON, the
/// catalogues' codes, and conversions of our own.
final class ExpectedOfCorpus {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final List<Analyte> ANALYTES =
      catalogue(Analyte.class, Analyte.RESOURCE, new TypeReference<>() {});
  private static final List<ClinicalFact> FACTS =
      catalogue(ClinicalFact.class, ClinicalFact.RESOURCE, new TypeReference<>() {});

  /// Molar masses in g/mol: creatinine 113.12, calcium 40.08, glucose 180.16, triolein 885.4.
  private static final Map<String, Double> FACTORS =
      Map.of(
          "creatinine mg/dL", 1e4 / 113.12,
          "calcium mg/dL", 10 / 40.08,
          "glucose mg/dL", 10 / 180.16,
          "triglycerides mg/dL", 10 / 885.4,
          "haemoglobin g/dL", 10.0,
          "albumin g/dL", 10.0,
          "egfr mL/min", 1.0);

  private ExpectedOfCorpus() {}

  /// @param source what its source calls it
  /// @param value as it was sent
  /// @param canonical in the unit in which we keep it
  record Result(
      String source,
      String analyte,
      double value,
      String unit,
      double canonical,
      String canonicalUnit) {

    static final Comparator<Result> BY_SOURCE = Comparator.comparing(Result::source);

    private static Result stored(JsonNode stored) {
      return new Result(
          stored.at("/source/id").asText(),
          stored.at("/analyte").asText(),
          stored.at("/original/value").asDouble(),
          stored.at("/original/unit").asText(),
          stored.at("/value/value").asDouble(),
          stored.at("/value/unit").asText());
    }

    private static Result sent(String source, Analyte analyte, JsonNode quantity) {
      double value = quantity.path("value").asDouble();
      String unit = quantity.path("code").asText();
      Double factor =
          unit.equals(analyte.unit())
              ? Double.valueOf(1)
              : FACTORS.get(analyte.code() + " " + unit);
      return new Result(
          source,
          analyte.code(),
          value,
          unit,
          factor == null ? Double.NaN : value * factor,
          analyte.unit());
    }

    /// Molar masses are rounded, here and there.
    boolean isStoredAs(Result stored) {
      return source.equals(stored.source)
          && analyte.equals(stored.analyte)
          && value == stored.value
          && unit.equals(stored.unit)
          && canonicalUnit.equals(stored.canonicalUnit)
          && Math.abs(canonical - stored.canonical) <= 1e-3 * Math.abs(canonical);
    }
  }

  /// @param results of a page as the JSON door gives it; added to
  /// @return the cursor of the next page; null when there is none
  static @Nullable String read(String page, List<Result> results) {
    try {
      JsonNode read = JSON.readTree(page);
      stream(read.path("items")).map(Result::stored).forEach(results::add);
      return read.path("next").textValue();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One for each value under a code of the catalogue.
  static Stream<Result> results(String bundle) {
    return resources(bundle, "Observation").flatMap(ExpectedOfCorpus::results);
  }

  private static Stream<Result> results(JsonNode observation) {
    String id = observation.path("id").asText();
    Stream<Result> own =
        analyte(observation).stream()
            .map(analyte -> Result.sent(id, analyte, observation.path("valueQuantity")));
    Stream<Result> components =
        stream(observation.path("component"))
            .flatMap(
                component ->
                    analyte(component).stream()
                        .map(
                            analyte ->
                                Result.sent(
                                    id + "#" + analyte.code(),
                                    analyte,
                                    component.path("valueQuantity"))));
    return Stream.concat(own, components);
  }

  static long conditionsOfTheCatalogue(String bundle) {
    return resources(bundle, "Condition")
        .filter(
            condition ->
                FACTS.stream()
                    .flatMap(fact -> fact.codings().stream())
                    .anyMatch(coding -> coding.code().equals(code(condition))))
        .count();
  }

  private static List<Analyte> analyte(JsonNode coded) {
    return ANALYTES.stream()
        .filter(
            analyte -> analyte.loinc().stream().anyMatch(loinc -> loinc.code().equals(code(coded))))
        .toList();
  }

  private static String code(JsonNode coded) {
    return coded.at("/code/coding/0/code").asText();
  }

  private static Stream<JsonNode> resources(String bundle, String type) {
    try {
      return stream(JSON.readTree(Bundles.corpus(bundle)).path("entry"))
          .map(entry -> entry.path("resource"))
          .filter(resource -> resource.path("resourceType").asText().equals(type));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static <T> List<T> catalogue(
      Class<?> beside, String resource, TypeReference<List<T>> type) {
    try (InputStream catalogue = beside.getResourceAsStream(resource)) {
      return JSON.readValue(catalogue, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
