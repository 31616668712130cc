package org.trabecula.projection.intake;

import java.util.UUID;
import org.trabecula.kit.events.IncomingEvent;
import org.trabecula.kit.events.InvalidEvent;

/// Whom a record is about, by its key: `<clinic>/<patient>`, with `/<item>` behind it where a
/// patient has many.
///
/// @param item the patient's own identifier where a patient has one record only
record PatientKey(UUID patient, UUID item) {

  /// @throws InvalidEvent when the key does not say whom, or not what the envelope says
  static PatientKey ofPatient(IncomingEvent event) {
    String[] parts = parts(event, 2);
    UUID patient = uuid(parts[1]);
    return new PatientKey(patient, patient);
  }

  static PatientKey ofItem(IncomingEvent event) {
    String[] parts = parts(event, 3);
    return new PatientKey(uuid(parts[1]), uuid(parts[2]));
  }

  /// The body must speak of the same patient.
  void requireSame(UUID patientInBody) {
    requireSame(patientInBody, item);
  }

  void requireSame(UUID patientInBody, UUID itemInBody) {
    if (!patient.equals(patientInBody) || !item.equals(itemInBody)) {
      throw new InvalidEvent("The record's key and its body differ in whom they are about");
    }
  }

  private static String[] parts(IncomingEvent event, int count) {
    String[] parts = event.key() == null ? new String[0] : event.key().split("/", -1);
    if (parts.length != count || !parts[0].equals(event.clinic())) {
      throw new InvalidEvent("The record's key does not name its clinic and patient");
    }
    return parts;
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidEvent("The record's key holds no identifier where one belongs", e);
    }
  }
}
