package org.trabecula.protocol.patient;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.kit.events.Inbox;
import org.trabecula.kit.events.IncomingEvent;
import org.trabecula.kit.events.InvalidEvent;

/// Keeps the results that rules ask for. A result may precede its patient's profile.
@ApplicationScoped
class MeasurementConsumer {
  private final Inbox inbox;
  private final KnownResults results;
  private final RuleSet rules;
  private final Event<PatientChanged> changed;

  MeasurementConsumer(
      Inbox inbox, KnownResults results, RuleSet rules, Event<PatientChanged> changed) {
    this.inbox = inbox;
    this.results = results;
    this.rules = rules;
    this.changed = changed;
  }

  @Incoming("measurement")
  @Blocking
  void receive(ConsumerRecord<String, byte[]> record) throws Exception {
    inbox.receive(record, this::take);
  }

  private void take(IncomingEvent event) {
    UUID patient = event.patient();
    if (patient == null) {
      throw new InvalidEvent("The key names no patient");
    }
    boolean news =
        switch (event.body()) {
          case null -> results.forget(patient, item(event));
          case MeasurementRecorded recorded -> {
            requireSame(event, patient, recorded.patientId(), recorded.measurementId());
            yield rules.asksFor(recorded.analyte()) && results.record(recorded);
          }
          case MeasurementWithdrawn withdrawn -> {
            requireSame(event, patient, withdrawn.patientId(), withdrawn.measurementId());
            yield results.withdraw(withdrawn);
          }
          default -> false;
        };
    if (news) {
      changed.fire(new PatientChanged(patient));
    }
  }

  private static UUID item(IncomingEvent event) {
    try {
      return UUID.fromString(event.key().substring(event.key().lastIndexOf('/') + 1));
    } catch (IllegalArgumentException e) {
      throw new InvalidEvent("The key names no measurement");
    }
  }

  private static void requireSame(IncomingEvent event, UUID key, UUID patient, UUID measurement) {
    if (!patient.equals(key) || !item(event).equals(measurement)) {
      throw new InvalidEvent("The body is not of the patient and measurement that the key names");
    }
  }
}
