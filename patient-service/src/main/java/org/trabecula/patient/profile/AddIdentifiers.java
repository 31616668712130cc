package org.trabecula.patient.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.profile.Person.Identifier;

/// Takes note that a patient has further identifiers, such as a laboratory's number.
@ApplicationScoped
public class AddIdentifiers {
  private final Patients patients;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  AddIdentifiers(Patients patients, CurrentClinic clinic) {
    this.patients = patients;
    this.clinic = clinic;
  }

  /// @return the same version when the patient has them all
  /// @throws org.trabecula.patient.Refused when one belongs to someone else
  public Patient add(UUID id, Collection<Identifier> further, Consumer<OutgoingEvent> tell) {
    Patient present = patients.lock(id).orElseThrow(RevisePatient::unknown);
    List<Identifier> all = new ArrayList<>(present.person.identifiers());
    List<Identifier> wanted =
        further.stream().distinct().filter(one -> !all.contains(one)).toList();
    if (wanted.isEmpty()) {
      return present;
    }
    RegisterPatient.refuseTaken(wanted, patients.claim(wanted, id));
    all.addAll(wanted);
    Registration registration =
        new Registration(new Person(all, present.person.name()), present.profile);
    Patient revised = present.revised(registration, clock.instant().truncatedTo(ChronoUnit.MICROS));
    patients.revise(revised);
    tell.accept(OutgoingEvent.ofPatient(clinic.id(), id, revised.event()));
    return revised;
  }
}
