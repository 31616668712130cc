package org.trabecula.patient.statement;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.profile.Patient;
import org.trabecula.patient.statement.Statement.Standing;

/// Takes statements back at the word of their source. They stay visible and count no longer.
@ApplicationScoped
public class WithdrawStatements {
  private final Statements statements;
  private final RestatePatients restatePatients;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  WithdrawStatements(Statements statements, RestatePatients restatePatients, CurrentClinic clinic) {
    this.statements = statements;
    this.restatePatients = restatePatients;
    this.clinic = clinic;
  }

  /// @param patient whom the source says it is about
  public record Withdrawal(UUID patient, Source source) {}

  /// Withdrawing again has no effect.
  ///
  /// @return the statement of each withdrawal; empty where there is none to withdraw
  public List<Optional<UUID>> withdraw(List<Withdrawal> withdrawals, Consumer<OutgoingEvent> tell) {
    Map<UUID, Patient> patients =
        restatePatients.lock(
            withdrawals.stream().map(Withdrawal::patient).collect(Collectors.toSet()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<UUID, Statement> present =
        statements.lock(withdrawals.stream().map(this::id).distinct().toList());
    var found = new ArrayList<Optional<UUID>>();
    var withdrawn = new TreeMap<UUID, Statement>();
    for (Withdrawal withdrawal : withdrawals) {
      Optional<Statement> stored =
          Optional.ofNullable(present.get(id(withdrawal)))
              .filter(one -> one.patient.equals(withdrawal.patient()));
      found.add(stored.map(Statement::id));
      stored
          .filter(one -> one.standing != Standing.WITHDRAWN)
          .ifPresent(one -> withdrawn.put(one.id, one.withdrawn(now)));
    }
    statements.replace(List.copyOf(withdrawn.values()), now);
    restatePatients.restate(
        patients.values().stream()
            .filter(
                patient ->
                    withdrawn.values().stream().anyMatch(one -> one.patient.equals(patient.id())))
            .toList(),
        tell);
    return found;
  }

  private UUID id(Withdrawal withdrawal) {
    return Statement.id(clinic.id(), withdrawal.source());
  }
}
