package org.trabecula.patient.profile;

import java.util.function.Consumer;
import org.trabecula.kit.events.OutgoingEvent;

/// Something else is known of a patient now. It is told within the change, to whoever in this
/// service keeps what follows from it; the patient's row is held.
///
/// @param tell takes the events that follow
public record PatientRevised(Patient patient, Consumer<OutgoingEvent> tell) {}
