package org.trabecula.patient.clinic;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.Sql;
import org.trabecula.patient.profile.JsonColumn;

/// The present clinic's settings.
@ApplicationScoped
public class Clinics {
  private static final String FIND =
      "select version, settings::text, recorded_at from clinic_settings where clinic = ?";
  private static final String VERSIONS =
      """
      select version, settings::text, recorded_at from clinic_settings_version
      where clinic = ? order by version
      """;
  private static final String STORE =
      """
      with stored as (
        insert into clinic_settings (clinic, version, settings, recorded_at) values (?, ?, ?::jsonb, ?)
        on conflict (clinic) do update
          set version = excluded.version, settings = excluded.settings, recorded_at = excluded.recorded_at
          where clinic_settings.version = excluded.version - 1
        returning *)
      insert into clinic_settings_version (clinic, version, settings, recorded_at)
      select clinic, version, settings, recorded_at from stored
      """;

  /// Settings are asked for with every result. What another instance has changed is seen after this
  /// time at the latest.
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final CurrentClinic clinic;
  private final DataSource database;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  Clinics(CurrentClinic clinic, DataSource database) {
    this.clinic = clinic;
    this.database = database;
  }

  private record Remembered(ClinicSettings settings, long since) {
    boolean isFresh() {
      return System.nanoTime() - since < REMEMBERED.toNanos();
    }
  }

  /// Settings as of one version.
  record Configured(int version, ClinicSettings settings, Instant recordedAt) {}

  /// The defaults where nothing is configured.
  public ClinicSettings current() {
    return Objects.requireNonNull(
            remembered.compute(
                clinic.id(),
                (id, last) ->
                    last != null && last.isFresh()
                        ? last
                        : new Remembered(
                            find().map(Configured::settings).orElse(ClinicSettings.UNCONFIGURED),
                            System.nanoTime())))
        .settings();
  }

  /// Once a change is committed.
  void forget() {
    remembered.remove(clinic.id());
  }

  Optional<Configured> find() {
    return Sql.query(database, FIND, Clinics::configured, clinic.id()).stream().findFirst();
  }

  List<Configured> versions() {
    return Sql.query(database, VERSIONS, Clinics::configured, clinic.id());
  }

  /// @return false when someone else was faster
  boolean store(Configured configured) {
    return Sql.update(
            database,
            STORE,
            clinic.id(),
            configured.version(),
            JsonColumn.write(configured.settings()),
            configured.recordedAt())
        == 1;
  }

  private static Configured configured(ResultSet row) throws SQLException {
    return new Configured(
        row.getInt("version"),
        JsonColumn.read(row.getString("settings"), ClinicSettings.class),
        Sql.instant(row, "recorded_at"));
  }
}
