package org.trabecula.projection.intake;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.kit.events.Inbox;
import org.trabecula.kit.events.IncomingEvent;
import org.trabecula.projection.dossier.Dossier;
import org.trabecula.projection.dossier.Dossiers;
import org.trabecula.projection.forecast.Forecasts;

@ApplicationScoped
class ProfileConsumer {
  private final Inbox inbox;
  private final Dossiers dossiers;
  private final Forecasts forecasts;

  ProfileConsumer(Inbox inbox, Dossiers dossiers, Forecasts forecasts) {
    this.inbox = inbox;
    this.dossiers = dossiers;
    this.forecasts = forecasts;
  }

  @Incoming("profile")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> record) throws Exception {
    inbox.receive(record, this::take);
  }

  private void take(IncomingEvent event) {
    Completeness.require(event.body());
    PatientKey key = PatientKey.ofPatient(event);
    if (event.body() instanceof ProfileRecorded profile) {
      key.requireSame(profile.patientId());
      Dossier dossier = dossiers.open(key.patient());
      if (dossier.accept(profile)) {
        dossiers.changed(dossier);
      }
    } else {
      dossiers.hold(key.patient()).ifPresent(forecasts::withdraw);
    }
  }
}
