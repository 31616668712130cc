package org.trabecula.patient.profile;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.patient.Page;
import org.trabecula.patient.Sql;
import org.trabecula.patient.profile.Person.Identifier;

/// The present clinic's patients.
@ApplicationScoped
public class Patients implements PanacheRepositoryBase<Patient, UUID> {
  private static final String INSERT =
      """
      with stored as (
        insert into patient (clinic, id, version, person, profile, registered_at, recorded_at)
        values (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
        on conflict do nothing
        returning *)
      insert into patient_version (clinic, id, version, person, profile, recorded_at)
      select clinic, id, version, person, profile, recorded_at from stored
      """;
  private static final String REVISE =
      """
      with stored as (
        update patient set version = ?, person = ?::jsonb, profile = ?::jsonb, recorded_at = ?
        where clinic = ? and id = ?
        returning *)
      insert into patient_version (clinic, id, version, person, profile, recorded_at)
      select clinic, id, version, person, profile, recorded_at from stored
      """;
  private static final String CLAIM =
      """
      insert into patient_identifier (clinic, system, value, patient_id) values (?, ?, ?, ?)
      on conflict do nothing
      """;
  private static final String RELEASE =
      "delete from patient_identifier where clinic = ? and system = ? and value = ?";
  private static final String VERSIONS =
      """
      select version, person::text, profile::text, recorded_at from patient_version
      where clinic = ? and id = ? order by version
      """;
  private static final String FIND =
      """
      select clinic, id, version, person::text, profile::text, registered_at, recorded_at from patient
      where clinic = ? and id = any(?)
      """;
  private static final String LOCK = FIND + "order by id for no key update";

  /// Unlike [#LOCK], it keeps others from referring to the row.
  private static final String LOCK_ALONE =
      "select id from patient where clinic = ?1 and id = ?2 for update";

  private static final String OWNER =
      "select patient_id from patient_identifier where clinic = ?1 and system = ?2 and value = ?3";

  private final CurrentClinic clinic;
  private final DataSource database;

  Patients(CurrentClinic clinic, DataSource database) {
    this.clinic = clinic;
    this.database = database;
  }

  /// As they are stored now. Every result that comes in asks, so it goes past Hibernate.
  public Map<UUID, Patient> findAll(Collection<UUID> ids) {
    return read(FIND, ids);
  }

  public Optional<Patient> findByIdentifier(Identifier identifier) {
    return owner(identifier).flatMap(this::findByIdOptional);
  }

  List<Patient> page(Page.Ask ask) {
    var after = ask.after();
    return find(
            "registeredAt > ?1 or registeredAt = ?1 and id > ?2 order by registeredAt, id",
            after.at(),
            after.id())
        .range(0, ask.size())
        .list();
  }

  /// Every version of a patient, the present one included.
  List<Patient> versions(Patient present) {
    return Sql.query(
        database,
        VERSIONS,
        row -> patient(row, present.clinic, present.id, present.registeredAt),
        present.clinic,
        present.id);
  }

  Optional<Patient> lock(UUID id) {
    return Optional.ofNullable(lock(List.of(id)).get(id));
  }

  /// Nobody else changes the patients until the transaction ends; what is read of them is what they
  /// are now. They are locked in the order of their identifiers. The lock lets others refer to the
  /// patient meanwhile, so that two who have each recorded a result do not wait for each other.
  public Map<UUID, Patient> lock(Collection<UUID> ids) {
    return read(LOCK, ids);
  }

  private Map<UUID, Patient> read(String query, Collection<UUID> ids) {
    return Sql.query(
            database,
            query,
            row ->
                patient(
                    row,
                    row.getString("clinic"),
                    row.getObject("id", UUID.class),
                    Sql.instant(row, "registered_at")),
            clinic.id(),
            Sql.array(ids))
        .stream()
        .collect(Collectors.toMap(Patient::id, Function.identity()));
  }

  private static Patient patient(ResultSet row, String clinic, UUID id, Instant registeredAt)
      throws SQLException {
    return new Patient(
        clinic,
        id,
        row.getInt("version"),
        new Registration(
            JsonColumn.read(row.getString("person"), Person.class),
            JsonColumn.read(row.getString("profile"), Profile.class)),
        registeredAt,
        Sql.instant(row, "recorded_at"));
  }

  /// Nobody else changes the patient, nor refers to them, until the transaction ends.
  ///
  /// @return false when there is no such patient
  public boolean lockAlone(UUID id) {
    return getEntityManager()
        .createNativeQuery(LOCK_ALONE)
        .setParameter(1, clinic.id())
        .setParameter(2, id)
        .getResultStream()
        .findAny()
        .isPresent();
  }

  /// @return false when a patient has this id already
  boolean insert(Patient patient) {
    return Sql.update(
            database,
            INSERT,
            patient.clinic,
            patient.id,
            patient.version,
            JsonColumn.write(patient.person),
            JsonColumn.write(patient.profile),
            patient.registeredAt,
            patient.recordedAt)
        == 1;
  }

  void revise(Patient patient) {
    Sql.update(
        database,
        REVISE,
        patient.version,
        JsonColumn.write(patient.person),
        JsonColumn.write(patient.profile),
        patient.recordedAt,
        patient.clinic,
        patient.id);
    // Whoever asks now is told of this version, not of the one that Hibernate has read.
    getEntityManager().clear();
  }

  /// Claims identifiers for a patient, each unless someone has it. Waits for whoever is claiming it
  /// at this moment; everyone claims in one order, so that no two wait for each other.
  ///
  /// @return those that were free and are now the patient's
  List<Identifier> claim(Collection<Identifier> identifiers, UUID patient) {
    var ordered = new ArrayList<>(identifiers);
    ordered.sort(Comparator.comparing(Identifier::system).thenComparing(Identifier::value));
    int[] claimed =
        Sql.batch(
            database, CLAIM, ordered.stream().map(identifier -> row(identifier, patient)).toList());
    var won = new ArrayList<Identifier>();
    for (int i = 0; i < claimed.length; i++) {
      if (claimed[i] == 1) {
        won.add(ordered.get(i));
      }
    }
    return won;
  }

  void release(Collection<Identifier> identifiers) {
    Sql.batch(
        database,
        RELEASE,
        identifiers.stream()
            .map(
                identifier ->
                    new @Nullable Object[] {clinic.id(), identifier.system(), identifier.value()})
            .toList());
  }

  Optional<UUID> owner(Identifier identifier) {
    return getEntityManager()
        .createNativeQuery(OWNER, UUID.class)
        .setParameter(1, clinic.id())
        .setParameter(2, identifier.system())
        .setParameter(3, identifier.value())
        .getResultStream()
        .map(UUID.class::cast)
        .findFirst();
  }

  private @Nullable Object[] row(Identifier identifier, UUID patient) {
    return new @Nullable Object[] {clinic.id(), identifier.system(), identifier.value(), patient};
  }
}
