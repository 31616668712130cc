package org.trabecula.patient.profile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.http.Problems;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.profile.Person.Identifier;

/// Replaces what is known of a patient by what is known now.
@ApplicationScoped
public class RevisePatient {
  private final Patients patients;
  private final CurrentClinic clinic;
  private final Ucum ucum;
  private final Event<PatientRevised> changes;
  private final Clock clock = Clock.systemUTC();

  RevisePatient(Patients patients, CurrentClinic clinic, Ucum ucum, Event<PatientRevised> changes) {
    this.patients = patients;
    this.clinic = clinic;
    this.ucum = ucum;
    this.changes = changes;
  }

  /// @param ifMatch the version that the caller has seen
  /// @return the same version when nothing has changed
  public Patient revise(
      UUID id, @Nullable String ifMatch, SubmittedPatient submitted, Consumer<OutgoingEvent> tell) {
    Patient present = patients.lock(id).orElseThrow(RevisePatient::unknown);
    Problems.requireVersion(ifMatch, present.version());
    Registration registration =
        Registration.of(submitted, clock, ucum).withStatementsOf(present.profile());
    if (present.says(registration)) {
      return present;
    }
    exchange(id, present.person.identifiers(), registration.person().identifiers());
    return store(present, registration, tell);
  }

  /// What the statements about a patient come to has changed, or not.
  ///
  /// @param present locked by the caller
  public Patient restate(
      Patient present,
      List<Fact> facts,
      List<Medication> medications,
      Consumer<OutgoingEvent> tell) {
    var registration =
        new Registration(present.person, present.profile.stating(facts, medications));
    return present.says(registration) ? present : store(present, registration, tell);
  }

  private Patient store(Patient present, Registration registration, Consumer<OutgoingEvent> tell) {
    Patient revised = present.revised(registration, clock.instant().truncatedTo(ChronoUnit.MICROS));
    patients.revise(revised);
    tell.accept(OutgoingEvent.ofPatient(clinic.id(), revised.id, revised.event()));
    changes.fire(new PatientRevised(revised, tell));
    return revised;
  }

  private void exchange(UUID id, List<Identifier> had, List<Identifier> wanted) {
    var gone = new ArrayList<>(had);
    gone.removeAll(wanted);
    patients.release(gone);
    var added = new ArrayList<>(wanted);
    added.removeAll(had);
    var held = new ArrayList<>(had);
    held.addAll(patients.claim(added, id));
    RegisterPatient.refuseTaken(wanted, held);
  }

  static Refused unknown() {
    return new Refused(Refused.Kind.UNKNOWN, "id", "The clinic has no such patient.");
  }
}
