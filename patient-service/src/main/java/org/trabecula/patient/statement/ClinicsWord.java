package org.trabecula.patient.statement;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.http.Problems;
import org.trabecula.patient.Refused;
import org.trabecula.patient.statement.RecordStatements.Recorded;
import org.trabecula.patient.statement.RecordStatements.Submission;
import org.trabecula.patient.statement.Statement.Standing;
import org.trabecula.patient.statement.WithdrawStatements.Withdrawal;

/// What the clinic itself says: one statement per fact, and one for each time of an event.
@ApplicationScoped
class ClinicsWord {
  private final FactCatalogue catalogue;
  private final Statements statements;
  private final RestatePatients restatePatients;
  private final RecordStatements recordStatements;
  private final WithdrawStatements withdrawStatements;
  private final CurrentClinic clinic;

  ClinicsWord(
      FactCatalogue catalogue,
      Statements statements,
      RestatePatients restatePatients,
      RecordStatements recordStatements,
      WithdrawStatements withdrawStatements,
      CurrentClinic clinic) {
    this.catalogue = catalogue;
    this.statements = statements;
    this.restatePatients = restatePatients;
    this.recordStatements = recordStatements;
    this.withdrawStatements = withdrawStatements;
    this.clinic = clinic;
  }

  static Source source(UUID patient, String code) {
    return new Source(Statement.CLINIC, patient + "/" + code);
  }

  ClinicalFact fact(String code) {
    return catalogue
        .byCode(code)
        .orElseThrow(() -> unknown("code", "The catalogue has no such fact."));
  }

  /// The clinic's word on a fact replaces its former word.
  Recorded state(
      UUID patient,
      String code,
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch,
      SubmittedFact submitted,
      Consumer<OutgoingEvent> tell) {
    fact(code);
    Source source = source(patient, code);
    lock(patient);
    Problems.requireState(
        ifMatch, ifNoneMatch, present(source).map(Statement::version).orElse(null));
    return recordStatements
        .record(List.of(new Submission(patient, source, submitted.of(code))), tell)
        .getFirst();
  }

  /// One more time that something has happened. The same date is the same time.
  Recorded stateOccurrence(
      UUID patient, String code, SubmittedFact submitted, Consumer<OutgoingEvent> tell) {
    if (fact(code).kind() != ClinicalFact.Kind.EVENT) {
      throw unknown("code", "This fact does not happen more than once.");
    }
    var source = source(patient, code + "/" + (submitted.since() == null ? "" : submitted.since()));
    return recordStatements
        .record(List.of(new Submission(patient, source, submitted.of(code))), tell)
        .getFirst();
  }

  /// The fact is then what other sources say, or unknown.
  void takeBack(UUID patient, String code, @Nullable String ifMatch, Consumer<OutgoingEvent> tell) {
    fact(code);
    lock(patient);
    takeBack(
        present(source(patient, code))
            .orElseThrow(() -> unknown("code", "The clinic has not stated this fact.")),
        ifMatch,
        tell);
  }

  /// Only what the clinic has said itself: what another source said is that source's to take back.
  void takeBack(
      UUID patient,
      UUID id,
      Statement.Kind kind,
      @Nullable String ifMatch,
      Consumer<OutgoingEvent> tell) {
    lock(patient);
    takeBack(
        statements
            .find(patient, id)
            .filter(one -> one.kind == kind && one.standing == Standing.ACTIVE)
            .filter(one -> one.sourceSystem.equals(Statement.CLINIC))
            .orElseThrow(() -> unknown("id", "The clinic has made no such statement.")),
        ifMatch,
        tell);
  }

  private void takeBack(Statement present, @Nullable String ifMatch, Consumer<OutgoingEvent> tell) {
    Problems.requireVersion(ifMatch, present.version);
    withdrawStatements.withdraw(List.of(new Withdrawal(present.patient, present.source())), tell);
  }

  private void lock(UUID patient) {
    if (restatePatients.lock(List.of(patient)).isEmpty()) {
      throw unknown("id", "The clinic has no such patient.");
    }
  }

  private Optional<Statement> present(Source source) {
    return statements
        .findByIdOptional(Statement.id(clinic.id(), source))
        .filter(statement -> statement.standing == Standing.ACTIVE);
  }

  private static Refused unknown(String field, String message) {
    return new Refused(Refused.Kind.UNKNOWN, field, message);
  }
}
