package org.trabecula.kit.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;

/// An event on its way out.
///
/// @param id the CloudEvents `id`
/// @param clinic null for what belongs to no clinic
/// @param key the record's key; a compacted topic keeps the latest record of each
/// @param partitionKey what shares it shares a partition, and so its order
/// @param subject the CloudEvents `subject`, such as `patient/<id>`
/// @param body null for a tombstone
public record OutgoingEvent(
    UUID id,
    EventType type,
    @Nullable String clinic,
    String key,
    String partitionKey,
    String subject,
    @Nullable Event body) {

  /// An event of a patient whose topic keeps one record per patient.
  public static OutgoingEvent ofPatient(String clinic, UUID patient, Event body) {
    String key = patientKey(clinic, patient);
    return new OutgoingEvent(
        UUID.randomUUID(), EventType.of(body), clinic, key, key, "patient/" + patient, body);
  }

  /// An event of something that a patient has many of, such as a measurement.
  public static OutgoingEvent ofPatientItem(
      String clinic, UUID patient, String kind, UUID item, Event body) {
    String partitionKey = patientKey(clinic, patient);
    return new OutgoingEvent(
        UUID.randomUUID(),
        EventType.of(body),
        clinic,
        partitionKey + "/" + item,
        partitionKey,
        "patient/" + patient + "/" + kind + "/" + item,
        body);
  }

  /// Takes the patient's record off a topic that keeps one per patient.
  ///
  /// @param type of what is taken off
  public static OutgoingEvent tombstone(EventType type, String clinic, UUID patient) {
    String key = patientKey(clinic, patient);
    return new OutgoingEvent(UUID.randomUUID(), type, clinic, key, key, "patient/" + patient, null);
  }

  /// Takes off its topic what a patient has many of.
  public static OutgoingEvent tombstoneOfItem(
      EventType type, String clinic, UUID patient, String kind, UUID item) {
    String partitionKey = patientKey(clinic, patient);
    return new OutgoingEvent(
        UUID.randomUUID(),
        type,
        clinic,
        partitionKey + "/" + item,
        partitionKey,
        "patient/" + patient + "/" + kind + "/" + item,
        null);
  }

  /// The same event under an identifier that its content decides.
  public OutgoingEvent withId(UUID decided) {
    return new OutgoingEvent(decided, type, clinic, key, partitionKey, subject, body);
  }

  public static String patientKey(String clinic, UUID patient) {
    return clinic + "/" + patient;
  }
}
