package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/// The types of resources that can be read and searched.
@Singleton
class Reads {
  private final Searches searches;
  private final SequencedMap<String, Searchable<?, ?>> kinds = new LinkedHashMap<>();

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
    return search(kind(type), parameters, lenient, base);
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
