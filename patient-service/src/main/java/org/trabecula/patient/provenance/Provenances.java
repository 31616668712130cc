package org.trabecula.patient.provenance;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.Sql;
import org.trabecula.patient.measurement.WithdrawMeasurements.Withdrawal;
import org.trabecula.patient.measurement.WithdrawMeasurements.Withdrawn;
import org.trabecula.patient.provenance.Provenance.Activity;
import org.trabecula.patient.provenance.Provenance.Kind;

/// Remembers where versions came from, in the transaction that stores them.
@ApplicationScoped
public class Provenances {
  private static final String INSERT =
      """
      insert into provenance (
        clinic, target_id, target_version, target_kind, patient_id, activity, agent, message_system, message,
        recorded_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      """;

  private static final int LONGEST = 400;

  /// The client, as OAuth names it in one way or another, else whoever the token is about.
  private static final List<String> AGENT_CLAIMS = List.of("azp", "client_id", "sub");

  private final DataSource database;
  private final CurrentClinic clinic;
  private final JsonWebToken token;
  private final Clock clock = Clock.systemUTC();

  Provenances(DataSource database, CurrentClinic clinic, JsonWebToken token) {
    this.database = database;
    this.clinic = clinic;
    this.token = token;
  }

  /// The message that brought it, as its sender calls it; null where the sender did not say.
  public record Message(@Nullable String system, @Nullable String id) {
    public Message {
      system = shortened(system);
      id = shortened(id);
    }

    private static @Nullable String shortened(@Nullable String text) {
      return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
  }

  /// A version that a message brought.
  public record Origin(Kind kind, UUID target, int version, UUID patient, Activity activity) {
    /// Of the measurements that a message took back, those that were not taken back before.
    ///
    /// @param found what became of each withdrawal
    public static List<Origin> ofWithdrawals(
        List<Withdrawal> withdrawals, List<Optional<Withdrawn>> found) {
      var origins = new ArrayList<Origin>();
      for (int i = 0; i < found.size(); i++) {
        UUID patient = withdrawals.get(i).patient();
        found
            .get(i)
            .filter(Withdrawn::isNew)
            .ifPresent(
                one ->
                    origins.add(
                        new Origin(
                            Kind.MEASUREMENT,
                            one.id(),
                            one.version(),
                            patient,
                            Activity.WITHDRAW)));
      }
      return origins;
    }
  }

  /// A version that is known to have come from elsewhere stays so.
  public void record(Message message, List<Origin> origins) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String agent = agent();
    Sql.batch(
        database,
        INSERT,
        origins.stream()
            .map(
                origin ->
                    new @Nullable Object[] {
                      clinic.id(),
                      origin.target(),
                      origin.version(),
                      origin.kind().name(),
                      origin.patient(),
                      origin.activity().name(),
                      agent,
                      message.system(),
                      message.id(),
                      now
                    })
            .toList());
  }

  private String agent() {
    return AGENT_CLAIMS.stream()
        .flatMap(claim -> Stream.ofNullable(token.<@Nullable Object>getClaim(claim)))
        .map(Objects::toString)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElse("unknown");
  }
}
