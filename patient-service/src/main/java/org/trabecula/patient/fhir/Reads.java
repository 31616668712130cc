package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.kit.fhir.UrlQuery;

/// The types of resources that can be read and searched.
@Singleton
class Reads {
  private static final Pattern SMOKING =
      Pattern.compile(
          "(%s\\|)?%s".formatted(Pattern.quote(Codes.LOINC), Pattern.quote(SmokingStatus.LOINC)));

  private final Searches searches;
  private final SequencedMap<String, Searchable<?, ?>> kinds = new LinkedHashMap<>();
  private final Searchable<?, ?> smoking;

  Reads(
      Searches searches,
      PatientViews patients,
      ObservationSearch observations,
      StatementSearch statements) {
    this.searches = searches;
    add(patients.patients());
    add(observations.observations());
    add(statements.conditions());
    add(statements.medications());
    add(ProvenanceViews.SEARCHABLE);
    this.smoking = statements.smoking();
  }

  private void add(Searchable<?, ?> kind) {
    kinds.put(kind.type(), kind);
  }

  List<Searchable<?, ?>> kinds() {
    return List.copyOf(kinds.values());
  }

  /// @throws IllegalArgumentException when there is none
  Searchable<?, ?> kept(String type) {
    Searchable<?, ?> kind = kinds.get(type);
    if (kind == null) {
      throw new IllegalArgumentException("Not kept here");
    }
    return kind;
  }

  /// @throws FhirProblem when there is none
  Resource read(String type, String id) {
    Searchable<?, ?> kind = kind(type);
    return searches
        .read(kind, id)
        .or(() -> type.equals(smoking.type()) ? searches.read(smoking, id) : Optional.empty())
        .orElseThrow(
            () ->
                new FhirProblem(404, Reason.NOT_FOUND, "", "The clinic has no such " + type + "."));
  }

  /// The answer to an entry that asks.
  ///
  /// @throws FhirProblem when there is none
  Resource answer(Entry entry, String base) {
    Request request = entry.request();
    String id = request.id();
    return id == null
        ? search(request.type(), UrlQuery.parse(request.query()), false, base)
        : read(request.type(), id);
  }

  /// @throws FhirProblem naming each parameter that will not do
  Bundle search(
      String type, List<Map.Entry<String, String>> parameters, boolean lenient, String base) {
    Searchable<?, ?> asked = isOfSmoking(type, parameters) ? smoking : kind(type);
    return search(asked, parameters, lenient, base);
  }

  /// Smoking is a fact: it is found by its code, and not among what was measured.
  private boolean isOfSmoking(String type, List<Map.Entry<String, String>> parameters) {
    return type.equals(smoking.type())
        && parameters.stream()
            .anyMatch(
                parameter ->
                    parameter.getKey().equals("code")
                        && SMOKING.matcher(parameter.getValue()).matches());
  }

  private <E, R> Bundle search(
      Searchable<E, R> kind,
      List<Map.Entry<String, String>> parameters,
      boolean lenient,
      String base) {
    return searches.search(kind, Search.of(kind, parameters, lenient), base);
  }

  private Searchable<?, ?> kind(String type) {
    Searchable<?, ?> kind = kinds.get(type);
    if (kind == null) {
      throw new FhirProblem(
          404, Reason.NOT_SUPPORTED, "", "Resources of type %s are not kept here.".formatted(type));
    }
    return kind;
  }
}
