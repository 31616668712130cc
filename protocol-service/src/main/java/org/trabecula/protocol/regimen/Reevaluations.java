package org.trabecula.protocol.regimen;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;
import org.trabecula.clinicalrules.regulatory.AgentInRegion;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.protocol.patient.ClinicChanged;
import org.trabecula.protocol.patient.Known;
import org.trabecula.protocol.patient.KnownPatients;
import org.trabecula.protocol.patient.PatientChanged;
import org.trabecula.protocol.regimen.EvaluationLog.Cause;
import org.trabecula.protocol.regulatory.FlagsChanged;

/// Active regimens about which rules and regulators are to be asked again: a mark on the regimen
/// says so, set in the transaction of what changed.
///
/// What they say is published when it is something else than before. A regimen stays active
/// whatever they say: what blocks it now, blocks its renewal.
@ApplicationScoped
class Reevaluations {
  /// A day is over when the last evaluation is this old: some rules go by dates.
  private static final Duration DAILY = Duration.ofHours(20);

  private static final Duration PUT_OFF = Duration.ofMinutes(5);

  /// In one order, so that no two that mark many can wait for each other.
  private static final String MARK_SELECTED =
      """
      update regimen set due_at = now()
      from (select clinic as owner, id as one from regimen where ended_on is null and %s
            order by clinic, id for update) selected
      where clinic = owner and id = one
      """;

  private static final String DUE =
      """
      select clinic, id from regimen where due_at <= ? and ended_on is null
      order by due_at, clinic limit ?
      """;

  private final EntityManager entities;
  private final DataSource database;
  private final KnownPatients patients;
  private final Regimens regimens;
  private final Evaluations evaluations;
  private final EvaluationLog log;
  private final Outbox outbox;
  private final CurrentClinic clinic;
  private final Event<Due> due;
  private final Clock clock = Clock.systemUTC();

  Reevaluations(
      EntityManager entities,
      DataSource database,
      KnownPatients patients,
      Regimens regimens,
      Evaluations evaluations,
      EvaluationLog log,
      Outbox outbox,
      CurrentClinic clinic,
      Event<Due> due) {
    this.entities = entities;
    this.database = database;
    this.patients = patients;
    this.regimens = regimens;
    this.evaluations = evaluations;
    this.log = log;
    this.outbox = outbox;
    this.clinic = clinic;
    this.due = due;
  }

  /// Regimens have been marked in a transaction that is now committed.
  record Due() {}

  /// A regimen that is due, and its clinic.
  record DueRegimen(String clinic, UUID id) {}

  void patient(@Observes PatientChanged changed) {
    mark(
        "update regimen set due_at = now() where clinic = ? and patient_id = ? and ended_on is null",
        clinic.id(),
        changed.patientId());
  }

  void clinic(@Observes ClinicChanged changed) {
    mark(MARK_SELECTED.formatted("clinic = ?"), clinic.id());
  }

  /// Marks the regimens that contain an agent of which a regulator says something else now.
  void flags(@Observes FlagsChanged changed) {
    mark(
        MARK_SELECTED.formatted(
            """
            exists (
              select from unnest(string_to_array(?, ','), string_to_array(?, ',')) as touched (region, agent)
              where jurisdiction = touched.region
                and steps @> jsonb_build_array(jsonb_build_object('agent', touched.agent)))
            """),
        changed.agents().stream().map(agent -> agent.region().name()).collect(joining(",")),
        changed.agents().stream().map(AgentInRegion::agent).collect(joining(",")));
  }

  /// Marks what was last asked about a day ago, or of other rules.
  @Transactional
  public int sweep() {
    return mark(
        """
        update regimen set due_at = now()
        where ended_on is null and due_at is null
          and (evaluated_at < ? or rule_set is distinct from ?)
        """,
        clock.instant().minus(DAILY).atOffset(ZoneOffset.UTC),
        evaluations.ruleSet());
  }

  /// Plain SQL: the table and the sweep are of no clinic.
  private int mark(String sql, Object... values) {
    int marked = update(sql, values);
    if (marked > 0) {
      due.fire(new Due());
    }
    return marked;
  }

  private int update(String sql, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      return update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Regimens could not be marked", e);
    }
  }

  /// The longest waiting first, in any clinic. Nothing is held.
  List<DueRegimen> due(int limit) {
    var found = new ArrayList<DueRegimen>();
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(DUE)) {
      query.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      query.setInt(2, limit);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new DueRegimen(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Regimens that are due cannot be found", e);
    }
    return found;
  }

  /// Asks about these regimens of the present clinic, unless another does so just now.
  ///
  /// @return how many were asked about
  @Transactional
  public int reevaluate(Set<UUID> ids) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Regimen> held =
        entities
            .createQuery(
                "from Regimen where id in ?1 and dueAt <= ?2 and endedOn is null", Regimen.class)
            .setParameter(1, ids)
            .setParameter(2, now)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI)
            .getResultList();
    Set<UUID> whose = held.stream().map(regimen -> regimen.patientId).collect(toSet());
    Map<UUID, Known> known = patients.known(whose);
    Map<UUID, List<Step>> histories = regimens.histories(whose);
    var changed = new ArrayList<Regimen>();
    for (Regimen regimen : held) {
      List<Step> history = histories.getOrDefault(regimen.patientId, List.of());
      Evaluation evaluation =
          evaluations.of(
              Objects.requireNonNull(known.get(regimen.patientId)),
              regimen.steps,
              history,
              regimen.orderedJurisdiction);
      if (regimen.take(evaluation, now)) {
        regimen.version++;
        changed.add(regimen);
      }
    }
    entities.flush();
    log.add(changed, Cause.REEVALUATED);
    outbox.append(
        changed.stream()
            .map(
                regimen ->
                    OutgoingEvent.ofPatient(
                        clinic.id(),
                        regimen.patientId,
                        regimen.event(histories.getOrDefault(regimen.patientId, List.of()))))
            .toList());
    return held.size();
  }

  /// Asks again later.
  @Transactional
  public void putOff(UUID id) {
    update(
        "update regimen set due_at = ? where clinic = ? and id = ?",
        clock.instant().plus(PUT_OFF).atOffset(ZoneOffset.UTC),
        clinic.id(),
        id);
  }

  /// By clinic, since a transaction is of one.
  static Map<String, List<DueRegimen>> byClinic(List<DueRegimen> due) {
    return due.stream().collect(groupingBy(DueRegimen::clinic));
  }
}
