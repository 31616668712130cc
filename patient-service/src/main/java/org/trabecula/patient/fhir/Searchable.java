package org.trabecula.patient.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;

/// A type of resource that can be read and searched: where its rows are and how they are shown.
///
/// @param rows which of the table's rows are of this type
/// @param identified the row that has an id, as the id is written
/// @param idColumn what tells apart rows of the same time
/// @param <E> the entity of a row
/// @param <R> the record that is shown
/// @param sorts the first is the order when none is asked for
record Searchable<E, R>(
    String type,
    String table,
    Clause rows,
    Reading identified,
    String idColumn,
    Class<E> entity,
    Function<E, R> record,
    Function<R, UUID> id,
    Function<R, Resource> view,
    List<Sort<R>> sorts,
    Map<String, Parameter> parameters) {

  /// @param name as `_sort` has it
  record Sort<R>(String name, String column, Function<R, Instant> at) {}

  /// @param documentation what it finds, in our own words
  /// @param reading one value of it as a condition
  record Parameter(SearchParamType type, String documentation, Reading reading) {}

  /// Reads a value of a parameter.
  @FunctionalInterface
  interface Reading {
    /// @throws RuntimeException when the parameter cannot have this value
    Clause of(String value);
  }
}
