package org.trabecula.patient.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.fhir.Searchable.Parameter;

/// How values of search parameters are written, and the parameters that all types share.
final class SearchValues {
  private static final String OWNER =
      "%s in (select i.patient_id from patient_identifier i where i.clinic = %s.clinic and %s)";

  private SearchValues() {}

  /// `system|code`, `|code` or `code`.
  ///
  /// @param system null when any will do; empty for a code without a system
  /// @param code empty for any code of the system
  record Token(@Nullable String system, String code) {
    static Token of(String value) {
      int bar = value.indexOf('|');
      return bar < 0
          ? new Token(null, value)
          : new Token(value.substring(0, bar), value.substring(bar + 1));
    }

    boolean isOf(String expected) {
      return system == null || system.equals(expected);
    }
  }

  /// What stands between the commas that are not escaped.
  static List<String> alternatives(String value) {
    var alternatives = new ArrayList<String>();
    var present = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '\\' && i + 1 < value.length()) {
        present.append(value.charAt(++i));
      } else if (character == ',') {
        alternatives.add(present.toString());
        present.setLength(0);
      } else {
        present.append(character);
      }
    }
    alternatives.add(present.toString());
    return alternatives;
  }

  static Optional<UUID> uuid(String text) {
    try {
      // Java takes short forms too, under which nothing was ever shown.
      return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Parameter id(String column) {
    return new Parameter(
        SearchParamType.TOKEN,
        "The resource's id.",
        value -> uuid(value).map(id -> Clause.of(column + " = ?", id)).orElse(Clause.NEVER));
  }

  static Parameter lastUpdated(String column) {
    return new Parameter(
        SearchParamType.DATE,
        "When the present version was recorded. Prefixes eq, ne, gt, ge, lt, le, sa, eb.",
        value -> SearchDate.parse(value).at(column));
  }

  /// A patient by id, as `Patient/<id>` or `<id>`.
  static Parameter patient(String column) {
    return new Parameter(
        SearchParamType.REFERENCE,
        "The patient, as Patient/{id} or {id}.",
        value ->
            uuid(value.startsWith("Patient/") ? value.substring("Patient/".length()) : value)
                .map(id -> Clause.of(column + " = ?", id))
                .orElse(Clause.NEVER));
  }

  /// A patient by what a record system calls them: `system|value`, or the value alone.
  ///
  /// @param table that has the column, under which the statement knows it
  static Parameter patientIdentifier(String table, String column) {
    return new Parameter(
        SearchParamType.TOKEN,
        "A medical record number of the patient, as system|value or value.",
        value -> {
          Clause holds = identifier(Token.of(value), "i.system", "i.value", List::of);
          return new Clause(OWNER.formatted(column, table, holds.sql()), holds.values());
        });
  }

  /// @param written the values under which a code may be stored
  static Clause identifier(
      Token token, String system, String value, Function<String, List<String>> written) {
    if (token.code().isEmpty()) {
      throw new IllegalArgumentException("An identifier has a value");
    }
    Clause named = Clause.in(value, written.apply(token.code()));
    return token.system() == null ? named : Clause.of(system + " = ?", token.system()).and(named);
  }
}
