package org.trabecula.protocol.patient;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.kit.events.Inbox;
import org.trabecula.kit.events.IncomingEvent;
import org.trabecula.kit.events.InvalidEvent;

/// Keeps what this service knows of patients up to date.
@ApplicationScoped
public class ProfileConsumer {
  private final Inbox inbox;
  private final KnownPatients patients;
  private final Event<PatientErased> erased;

  private final Event<PatientChanged> changed;

  ProfileConsumer(
      Inbox inbox,
      KnownPatients patients,
      Event<PatientErased> erased,
      Event<PatientChanged> changed) {
    this.inbox = inbox;
    this.patients = patients;
    this.erased = erased;
    this.changed = changed;
  }

  @Incoming("profile")
  @Blocking
  public void receive(ConsumerRecord<String, byte[]> record) throws Exception {
    inbox.receive(record, this::apply);
  }

  private void apply(IncomingEvent event) {
    if (event.body() instanceof ProfileRecorded profile) {
      patients
          .findByIdOptional(profile.patientId())
          .ifPresentOrElse(
              known -> {
                if (profile.version() > known.version) {
                  known.take(profile);
                  changed.fire(new PatientChanged(known.id));
                }
              },
              () -> patients.persist(new KnownPatient(profile)));
    } else {
      if (event.patient() == null) {
        throw new InvalidEvent("The key names no patient");
      }
      patients.hold(event.patient()).ifPresent(known -> erased.fire(new PatientErased(known.id)));
    }
  }
}
