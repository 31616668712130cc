package org.trabecula.projection.dossier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.InvalidEvent;

/// The dossiers of the present clinic.
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Dossiers {
  private static final String OPEN =
      "insert into dossier (clinic, patient_id) values (?, ?) on conflict do nothing";
  private static final String DUE =
      "select clinic, patient_id from dossier where forecast_due <= ? order by forecast_due limit ?";

  private final EntityManager entities;
  private final DataSource database;
  private final CurrentClinic clinic;
  private final Event<DossierDue> due;
  private final Traces traces;
  private final Clock clock = Clock.systemUTC();

  Dossiers(
      EntityManager entities,
      DataSource database,
      CurrentClinic clinic,
      Event<DossierDue> due,
      Traces traces) {
    this.entities = entities;
    this.database = database;
    this.clinic = clinic;
    this.due = due;
    this.traces = traces;
  }

  /// A change has been committed that a forecast must follow.
  public record DossierDue() {}

  /// A patient that a forecast is due for.
  public record DuePatient(String clinic, UUID patientId) {}

  /// The patient's dossier, made if there is none, and held until the transaction ends.
  public Dossier open(UUID patient) {
    entities
        .createNativeQuery(OPEN)
        .setParameter(1, clinic.id())
        .setParameter(2, patient)
        .executeUpdate();
    Dossier dossier = entities.find(Dossier.class, patient, LockModeType.PESSIMISTIC_WRITE);
    if (dossier == null) {
      throw new InvalidEvent("Another clinic has a patient of this id");
    }
    return dossier;
  }

  /// The patient's dossier, held until the transaction ends, if a forecast is due now and nobody
  /// else holds it.
  public Optional<Dossier> claim(UUID patient) {
    return entities
        .createQuery("from Dossier where patientId = ?1 and forecastDue <= ?2", Dossier.class)
        .setParameter(1, patient)
        .setParameter(2, clock.instant())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI)
        .getResultStream()
        .findFirst();
  }

  /// The patient's dossier, if there is one, held until the transaction ends.
  public Optional<Dossier> hold(UUID patient) {
    return Optional.ofNullable(
        entities.find(Dossier.class, patient, LockModeType.PESSIMISTIC_WRITE));
  }

  /// Whose forecasts are due, in any clinic, the longest waiting first. Nothing is held.
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public List<DuePatient> due(int limit) {
    var patients = new ArrayList<DuePatient>();
    try (Connection connection = database.getConnection();
        PreparedStatement question = connection.prepareStatement(DUE)) {
      question.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      question.setInt(2, limit);
      try (ResultSet rows = question.executeQuery()) {
        while (rows.next()) {
          patients.add(new DuePatient(rows.getString(1), rows.getObject(2, UUID.class)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Dossiers that are due cannot be found", e);
    }
    return patients;
  }

  /// True once the patient's profile has arrived.
  @Transactional
  public boolean knows(UUID patient) {
    Dossier dossier = entities.find(Dossier.class, patient);
    return dossier != null && dossier.profile() != null;
  }

  /// What stands of the patient's measurements, in no particular order.
  public List<MeasurementRecorded> measurements(Dossier dossier) {
    return entities
        .createQuery(
            "select body from DossierMeasurement where patientId = ?1 and not withdrawn",
            MeasurementRecorded.class)
        .setParameter(1, dossier.patientId())
        .getResultList();
  }

  /// False when this or a later version is known.
  ///
  /// @param recorded null when the measurement was withdrawn
  public boolean accept(
      Dossier dossier, UUID measurement, int version, @Nullable MeasurementRecorded recorded) {
    DossierMeasurement known = entities.find(DossierMeasurement.class, measurement);
    if (known == null) {
      known = new DossierMeasurement(measurement, dossier.patientId());
      known.accept(version, recorded);
      entities.persist(known);
      return true;
    }
    if (!known.patientId.equals(dossier.patientId())) {
      throw new InvalidEvent("The measurement belongs to another patient");
    }
    return known.accept(version, recorded);
  }

  /// False when there was none.
  public boolean forget(Dossier dossier, UUID measurement) {
    return entities
            .createQuery(
                "delete from DossierMeasurement where patientId = ?1 and measurementId = ?2")
            .setParameter(1, dossier.patientId())
            .setParameter(2, measurement)
            .executeUpdate()
        > 0;
  }

  /// Marks the dossier due, and wakes the forecasters of this process once the change is committed.
  public void changed(Dossier dossier) {
    dossier.changed(clock.instant(), traces.present());
    if (dossier.isDue()) {
      due.fire(new DossierDue());
    }
  }

  /// Removes a dossier that nothing is left in: whom it was about has been taken off every topic.
  public void closeIfEmpty(Dossier dossier) {
    if (dossier.profile() == null && dossier.regimen() == null && !hasMeasurements(dossier)) {
      entities.remove(dossier);
    }
  }

  private boolean hasMeasurements(Dossier dossier) {
    return !entities
        .createQuery("select 1 from DossierMeasurement where patientId = ?1", Integer.class)
        .setParameter(1, dossier.patientId())
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }
}
