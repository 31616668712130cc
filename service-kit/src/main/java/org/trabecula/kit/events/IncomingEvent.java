package org.trabecula.kit.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.Topic;

/// An event that came in.
///
/// @param clinic null for what belongs to no clinic
/// @param key the record's key
/// @param patient whom it is about, by its key; null when it is about no patient
/// @param body null for a tombstone: whatever the key stands for is erased
public record IncomingEvent(
    EventType type,
    @Nullable String clinic,
    String key,
    @Nullable UUID patient,
    @Nullable Event body) {

  /// The tombstone of a profile erases the patient.
  boolean erasesPatient() {
    return patient != null && body == null && type.topic() == Topic.PATIENT_PROFILE;
  }
}
