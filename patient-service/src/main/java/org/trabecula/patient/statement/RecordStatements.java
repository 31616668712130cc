package org.trabecula.patient.statement;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.Quantity;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Refused.Refusal;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.statement.Statement.Standing;

/// Takes in statements about patients: new ones, corrections of known ones, and re-sends, which
/// have no effect. The patients' profiles follow in the same change.
@ApplicationScoped
public class RecordStatements {
  private final Intake intake;
  private final Statements statements;
  private final RestatePatients restatePatients;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  RecordStatements(
      Intake intake, Statements statements, RestatePatients restatePatients, CurrentClinic clinic) {
    this.intake = intake;
    this.statements = statements;
    this.restatePatients = restatePatients;
    this.clinic = clinic;
  }

  /// @param source who says so and what they call it: with the clinic, the natural key
  public record Submission(UUID patient, Source source, Stated stated) {}

  public enum Effect {
    NEW,
    CORRECTED,
    NONE
  }

  public record Recorded(Statement statement, Effect effect) {}

  /// All or none of them.
  ///
  /// @return in the order of the submissions
  /// @throws Refused naming all that is wrong; its items are positions in the submissions
  public List<Recorded> record(List<Submission> submissions, Consumer<OutgoingEvent> tell) {
    Map<UUID, Patient> patients =
        restatePatients.lock(
            submissions.stream().map(Submission::patient).collect(Collectors.toSet()));
    check(submissions, patients);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<UUID, Recorded> recorded = store(submissions, now);
    var changed = new HashSet<UUID>();
    recorded.values().stream()
        .filter(one -> one.effect() != Effect.NONE)
        .forEach(one -> changed.add(one.statement().patient));
    restatePatients.restate(
        patients.values().stream().filter(patient -> changed.contains(patient.id())).toList(),
        tell);
    return submissions.stream()
        .map(submission -> Objects.requireNonNull(recorded.get(id(submission))))
        .toList();
  }

  private void check(List<Submission> submissions, Map<UUID, Patient> patients) {
    var all = new Refusals();
    for (int i = 0; i < submissions.size(); i++) {
      Submission submission = submissions.get(i);
      Patient patient = patients.get(submission.patient());
      if (patient == null) {
        throw new Refused(
            Refused.Kind.UNKNOWN,
            List.of(new Refusal(i, "patientId", "The clinic has no such patient.")));
      }
      var own = new Refusals(i);
      intake.check(
          submission.stated(), submission.source(), patient.profile().earliestBirth(), own);
      all.addAll(own);
    }
    all.throwIfAny(Refused.Kind.INVALID);
  }

  /// By identifier, in its order: everyone inserts and locks in one order, so that no two wait for
  /// each other.
  private SortedMap<UUID, Statement> distinct(List<Submission> submissions, Instant now) {
    var distinct = new TreeMap<UUID, Statement>();
    var refusals = new Refusals();
    for (int i = 0; i < submissions.size(); i++) {
      Submission submission = submissions.get(i);
      var statement =
          new Statement(
              clinic.id(),
              submission.patient(),
              1,
              plain(submission.stated()),
              Standing.ACTIVE,
              submission.source(),
              now);
      Statement twin = distinct.putIfAbsent(statement.id, statement);
      if (twin != null
          && !(twin.patient.equals(statement.patient) && twin.content.equals(statement.content))) {
        var own = new Refusals(i);
        own.add("source.id", "Is given twice in one request, with different contents.");
        refusals.addAll(own);
      }
    }
    refusals.throwIfAny(Refused.Kind.INVALID);
    return distinct;
  }

  private Map<UUID, Recorded> store(List<Submission> submissions, Instant now) {
    SortedMap<UUID, Statement> wanted = distinct(submissions, now);
    var recorded = new TreeMap<UUID, Recorded>();
    wanted.forEach((id, one) -> recorded.put(id, new Recorded(one, Effect.NEW)));
    List<UUID> present = statements.insert(List.copyOf(wanted.values()));
    var corrected = new ArrayList<Statement>();
    statements
        .lock(present)
        .forEach(
            (id, stored) -> {
              Statement sent = Optional.ofNullable(wanted.get(id)).orElseThrow();
              requireSamePatient(stored, sent, submissions);
              Statement latest = stored.sentAgain(sent.content, now);
              if (latest != stored) {
                corrected.add(latest);
              }
              recorded.put(
                  id, new Recorded(latest, latest == stored ? Effect.NONE : Effect.CORRECTED));
            });
    statements.replace(corrected, now);
    return recorded;
  }

  private void requireSamePatient(Statement stored, Statement sent, List<Submission> submissions) {
    if (!stored.patient.equals(sent.patient)) {
      int item = submissions.stream().map(this::id).toList().indexOf(sent.id);
      throw new Refused(
          Refused.Kind.CONFLICT,
          List.of(
              new Refusal(
                  item,
                  "source.id",
                  "The source has used this identifier for a statement about another patient.")));
    }
  }

  private UUID id(Submission submission) {
    return Statement.id(clinic.id(), submission.source());
  }

  private static Stated plain(Stated stated) {
    return switch (stated) {
      case StatedFact fact when fact.value() != null ->
          new StatedFact(
              fact.code(),
              fact.presence(),
              plain(fact.value()),
              fact.coded(),
              fact.since(),
              fact.until(),
              fact.statedOn(),
              fact.codings());
      case StatedMedication medication when medication.dailyDose() != null ->
          new StatedMedication(
              medication.agent(),
              plain(medication.dailyDose()),
              medication.since(),
              medication.until(),
              medication.codings(),
              medication.text(),
              medication.over());
      default -> stated;
    };
  }

  private static Quantity plain(Quantity quantity) {
    return new Quantity(Intake.plain(quantity.value()), quantity.unit());
  }
}
