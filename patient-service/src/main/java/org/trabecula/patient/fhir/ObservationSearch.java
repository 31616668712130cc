package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.trabecula.contracts.Analyte;
import org.trabecula.patient.fhir.SearchValues.Token;
import org.trabecula.patient.fhir.Searchable.Parameter;
import org.trabecula.patient.fhir.Searchable.Sort;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.Measurement;
import org.trabecula.patient.measurement.RecordedMeasurement;

/// Measurements as Observations that can be found.
@Singleton
class ObservationSearch {
  private final Catalogue catalogue;
  private final Searchable<Measurement, RecordedMeasurement> observations;

  ObservationSearch(Catalogue catalogue, ObservationViews views) {
    this.catalogue = catalogue;
    this.observations =
        new Searchable<>(
            "Observation",
            "measurement",
            Clause.ALWAYS,
            SearchValues.id("id").reading(),
            "id",
            Measurement.class,
            RecordedMeasurement::of,
            RecordedMeasurement::id,
            views::of,
            List.of(
                new Sort<>("_lastUpdated", "recorded_at", RecordedMeasurement::recordedAt),
                new Sort<>("date", "effective_at", RecordedMeasurement::effectiveAt)),
            parameters());
  }

  Searchable<Measurement, RecordedMeasurement> observations() {
    return observations;
  }

  private Map<String, Parameter> parameters() {
    var parameters = new LinkedHashMap<String, Parameter>();
    parameters.put("_id", SearchValues.id("id"));
    parameters.put("_lastUpdated", SearchValues.lastUpdated("recorded_at"));
    parameters.put("patient", SearchValues.patient("patient_id"));
    parameters.put("subject", SearchValues.patient("patient_id"));
    parameters.put(
        "patient.identifier", SearchValues.patientIdentifier("measurement", "patient_id"));
    parameters.put(
        "identifier",
        new Parameter(
            SearchParamType.TOKEN,
            "What the source calls it, as system|value or value. The measurements of an"
                + " Observation with components are found by its identifier, too.",
            value ->
                SearchValues.identifier(
                    Token.of(value), "source_system", "source_id", this::withComponents)));
    parameters.put(
        "code",
        new Parameter(
            SearchParamType.TOKEN,
            "A code of LOINC or of our own system " + Catalogue.SYSTEM + ".",
            value -> Clause.in("analyte", coded(Token.of(value)).map(Analyte::code).toList())));
    parameters.put(
        "category",
        new Parameter(
            SearchParamType.TOKEN,
            "laboratory, imaging or vital-signs.",
            value -> Clause.in("analyte", ofCategory(Token.of(value)))));
    parameters.put(
        "date",
        new Parameter(
            SearchParamType.DATE,
            "When it was measured. Prefixes eq, ne, gt, ge, lt, le, sa, eb.",
            value -> SearchDate.parse(value).within("effective_at", "effective_until")));
    parameters.put(
        "status",
        new Parameter(
            SearchParamType.TOKEN,
            "preliminary, final, corrected or entered-in-error.",
            value -> Clause.in("status", ObservationViews.standings(Token.of(value)))));
    return parameters;
  }

  private List<String> withComponents(String id) {
    return Stream.concat(
            Stream.of(id), catalogue.all().stream().map(analyte -> id + "#" + analyte.code()))
        .toList();
  }

  private Stream<Analyte> coded(Token token) {
    if (token.code().isEmpty()) {
      return catalogue.all().stream()
          .filter(
              analyte ->
                  token.isOf(Catalogue.SYSTEM)
                      || (token.isOf(Codes.LOINC) && !analyte.loinc().isEmpty()));
    }
    return Stream.concat(
            token.isOf(Codes.LOINC) ? catalogue.byLoinc(token.code()).stream() : Stream.empty(),
            token.isOf(Catalogue.SYSTEM) ? catalogue.byCode(token.code()).stream() : Stream.empty())
        .distinct();
  }

  private List<String> ofCategory(Token token) {
    return catalogue.all().stream()
        .filter(analyte -> token.isOf(Codes.CATEGORY))
        .filter(analyte -> Codes.category(analyte.kind()).equals(token.code()))
        .map(Analyte::code)
        .toList();
  }
}
