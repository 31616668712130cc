package org.trabecula.patient.statement;

import static java.util.stream.Collectors.groupingBy;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.Quantity;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.Sql;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.clinic.Clinics;
import org.trabecula.patient.statement.AnsweredFact.Occurrence;
import org.trabecula.patient.statement.Known.Candidate;

/// Answers the whole catalogue of clinical facts for one patient.
@ApplicationScoped
class Answers {
  private static final String LATEST =
      """
      select distinct on (analyte) analyte, value, unit, comparator, effective_at, source_system, source_id
      from measurement where clinic = ? and patient_id = ? and status in ('FINAL', 'CORRECTED')
      order by analyte, effective_at desc, id
      """;

  private final FactCatalogue catalogue;
  private final Statements statements;
  private final Clinics clinics;
  private final CurrentClinic clinic;
  private final DataSource database;
  private final Ucum ucum;

  Answers(
      FactCatalogue catalogue,
      Statements statements,
      Clinics clinics,
      CurrentClinic clinic,
      DataSource database,
      Ucum ucum) {
    this.catalogue = catalogue;
    this.statements = statements;
    this.clinics = clinics;
    this.clinic = clinic;
    this.database = database;
    this.ucum = ucum;
  }

  private record Measured(
      Quantity value,
      MeasurementRecorded.@Nullable Comparator comparator,
      Instant at,
      Source source) {}

  /// In the catalogue's order.
  List<AnsweredFact> of(UUID patient) {
    List<Statement> active = statements.active(patient);
    Map<String, List<Candidate>> answers =
        Known.answers(active, catalogue, ucum).stream()
            .collect(groupingBy(candidate -> candidate.fact().code()));
    Map<String, Measured> measured = measured(patient);
    var versions = new HashMap<UUID, Integer>();
    active.forEach(statement -> versions.put(statement.id, statement.version));
    return catalogue.all().stream()
        .map(
            fact -> {
              Integer version =
                  versions.get(Statement.id(clinic.id(), ClinicsWord.source(patient, fact.code())));
              return fact.kind() == ClinicalFact.Kind.MEASUREMENT
                  ? measurement(fact, measured.get(Objects.requireNonNull(fact.analyte())))
                  : stated(fact, answers.getOrDefault(fact.code(), List.of()), version);
            })
        .toList();
  }

  private AnsweredFact stated(
      ClinicalFact fact, List<Candidate> candidates, @Nullable Integer version) {
    boolean valued =
        fact.kind() == ClinicalFact.Kind.QUANTITY || fact.kind() == ClinicalFact.Kind.CODED;
    if (candidates.isEmpty()) {
      return new AnsweredFact(
          fact.code(),
          fact.display(),
          fact.kind(),
          Presence.UNKNOWN,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          false,
          version);
    }
    // Of an event the last one: it is the one that ages least.
    Candidate last = candidates.getLast();
    Fact known = last.fact();
    boolean hasHappened = fact.kind() == ClinicalFact.Kind.EVENT && last.isPresent();
    PartialDate happened = hasHappened ? PartialDate.ofNullable(known.since()) : null;
    return new AnsweredFact(
        fact.code(),
        fact.display(),
        fact.kind(),
        valued && known.presence() == null ? null : known.presence(),
        known.value(),
        null,
        known.coded(),
        hasHappened ? null : known.since(),
        hasHappened ? null : known.until(),
        hasHappened ? candidates.stream().map(Answers::occurrence).toList() : null,
        known.statedOn(),
        null,
        last.statement().source(),
        isStale(fact, happened == null ? known.statedOn() : happened.last()),
        version);
  }

  private static Occurrence occurrence(Candidate candidate) {
    Fact fact = candidate.fact();
    return new Occurrence(
        candidate.statement().id,
        fact.since(),
        fact.until(),
        fact.statedOn(),
        candidate.statement().source());
  }

  private AnsweredFact measurement(ClinicalFact fact, @Nullable Measured measured) {
    return new AnsweredFact(
        fact.code(),
        fact.display(),
        fact.kind(),
        measured == null ? Presence.UNKNOWN : null,
        measured == null ? null : measured.value(),
        measured == null ? null : measured.comparator(),
        null,
        null,
        null,
        null,
        null,
        measured == null ? null : measured.at(),
        measured == null ? null : measured.source(),
        measured != null
            && isStale(fact, measured.at().atZone(clinics.current().zone()).toLocalDate()),
        null);
  }

  private boolean isStale(ClinicalFact fact, LocalDate day) {
    var staleness = fact.staleness();
    return staleness != null
        && day.plusDays(staleness.days()).isBefore(LocalDate.now(clinics.current().zone()));
  }

  private Map<String, Measured> measured(UUID patient) {
    var measured = new HashMap<String, Measured>();
    Sql.query(
        database,
        LATEST,
        row -> measured.put(row.getString("analyte"), measured(row)),
        clinic.id(),
        patient);
    return measured;
  }

  private static Measured measured(ResultSet row) throws SQLException {
    String comparator = row.getString("comparator");
    BigDecimal value = row.getBigDecimal("value");
    return new Measured(
        new Quantity(value, row.getString("unit")),
        comparator == null ? null : MeasurementRecorded.Comparator.valueOf(comparator),
        Sql.instant(row, "effective_at"),
        new Source(row.getString("source_system"), row.getString("source_id")));
  }
}
