package org.trabecula.patient.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.patient.fhir.SearchValues.Token;
import org.trabecula.patient.fhir.Searchable.Parameter;
import org.trabecula.patient.fhir.Searchable.Sort;
import org.trabecula.patient.statement.FactCatalogue;
import org.trabecula.patient.statement.Statement;

/// Statements as Conditions, MedicationStatements and Observations of smoking that can be found.
@Singleton
class StatementSearch {
  private final ObjectMapper json;
  private final Searchable<Statement, Statement> conditions;
  private final Searchable<Statement, Statement> medications;
  private final Searchable<Statement, Statement> smoking;

  StatementSearch(FactCatalogue facts, ObjectMapper json) {
    this.json = json;
    List<String> present =
        facts.all().stream()
            .filter(
                fact ->
                    fact.kind() == ClinicalFact.Kind.CONDITION
                        || fact.kind() == ClinicalFact.Kind.EVENT)
            .map(ClinicalFact::code)
            .toList();
    this.conditions =
        searchable(
            "Condition",
            Clause.of("kind = ?", "FACT").and(Clause.in("code", present)),
            FactCatalogue.SYSTEM,
            statement -> StatementViews.condition(statement, facts));
    this.medications =
        searchable(
            "MedicationStatement",
            Clause.of("kind = ?", "MEDICATION"),
            MedicationCodes.SYSTEM,
            StatementViews::medication);
    this.smoking =
        searchable(
            "Observation",
            Clause.of("kind = ?", "FACT").and(Clause.of("code = ?", SmokingStatus.FACT)),
            Codes.LOINC,
            StatementViews::smoking);
  }

  Searchable<Statement, Statement> conditions() {
    return conditions;
  }

  Searchable<Statement, Statement> medications() {
    return medications;
  }

  /// Facts that FHIR has as Observations.
  Searchable<Statement, Statement> smoking() {
    return smoking;
  }

  private Searchable<Statement, Statement> searchable(
      String type, Clause rows, String system, Function<Statement, Resource> view) {
    return new Searchable<>(
        type,
        "statement",
        rows,
        SearchValues.id("id").reading(),
        "id",
        Statement.class,
        Function.identity(),
        Statement::id,
        view,
        List.of(new Sort<>("_lastUpdated", "recorded_at", Statement::recordedAt)),
        parameters(system));
  }

  private Map<String, Parameter> parameters(String system) {
    var parameters = new LinkedHashMap<String, Parameter>();
    parameters.put("_id", SearchValues.id("id"));
    parameters.put("_lastUpdated", SearchValues.lastUpdated("recorded_at"));
    parameters.put("patient", SearchValues.patient("patient_id"));
    parameters.put("subject", SearchValues.patient("patient_id"));
    parameters.put("patient.identifier", SearchValues.patientIdentifier("statement", "patient_id"));
    parameters.put(
        "identifier",
        new Parameter(
            SearchParamType.TOKEN,
            "What the source calls it, as system|value or value.",
            value ->
                SearchValues.identifier(Token.of(value), "source_system", "source_id", List::of)));
    parameters.put(
        "code",
        new Parameter(
            SearchParamType.TOKEN,
            "A code of our own system " + system + ", or one that its source gave.",
            value -> coded(Token.of(value), system)));
    return parameters;
  }

  private Clause coded(Token token, String own) {
    if (token.code().isEmpty()) {
      throw new IllegalArgumentException("A code is not empty");
    }
    if (token.code().equals(SmokingStatus.LOINC)) {
      return Clause.of("code = ?", SmokingStatus.FACT);
    }
    if (own.equals(token.system())) {
      return Clause.of("code = ?", token.code());
    }
    Clause asSent = Clause.of("content -> 'codings' @> cast(? as jsonb)", codings(token));
    return token.system() == null
        ? Clause.anyOf(List.of(Clause.of("code = ?", token.code()), asSent))
        : asSent;
  }

  private String codings(Token token) {
    try {
      return json.writeValueAsString(
          List.of(
              token.system() == null
                  ? Map.of("code", token.code())
                  : Map.of("system", token.system(), "code", token.code())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A code cannot be written as JSON", e);
    }
  }
}
