package org.trabecula.patient.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.erasure.Erasure;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.patient.NaturalKey;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.profile.Person.Identifier;

/// Takes in a patient who is not known yet.
@ApplicationScoped
public class RegisterPatient {
  private static final String TAKEN = "This identifier belongs to another patient.";
  private static final String ERASED =
      "The patient whom the source calls so was erased. Someone who comes back is registered anew, under another id.";

  private final Patients patients;
  private final Erasure erasure;
  private final CurrentClinic clinic;
  private final Ucum ucum;
  private final Clock clock = Clock.systemUTC();

  RegisterPatient(Patients patients, Erasure erasure, CurrentClinic clinic, Ucum ucum) {
    this.patients = patients;
    this.erasure = erasure;
    this.clinic = clinic;
    this.ucum = ucum;
  }

  /// @param isNew false when the patient was known: then nothing has changed
  public record Registered(Patient patient, boolean isNew) {}

  /// What is wrong with it, before anything is done.
  public Registration check(SubmittedPatient submitted) {
    return Registration.of(submitted, clock, ucum);
  }

  /// Registers someone whom the caller says is new.
  ///
  /// @throws Refused when an identifier belongs to someone
  public Patient register(SubmittedPatient submitted, Consumer<OutgoingEvent> tell) {
    Registration registration = check(submitted);
    UUID id = UUID.randomUUID();
    List<Identifier> wanted = registration.person().identifiers();
    List<Identifier> claimed = patients.claim(wanted, id);
    refuseTaken(wanted, claimed);
    return store(id, registration, tell).orElseThrow();
  }

  /// Registers someone unless the clinic knows them, by an identifier or by what their source calls
  /// them. However many do so at once, one patient comes of it.
  ///
  /// @param system the source
  /// @param key what the source calls the patient
  public Registered registerOnce(
      String system, String key, Registration registration, Consumer<OutgoingEvent> tell) {
    UUID id = NaturalKey.of(clinic.id(), "patient", system, key);
    Optional<Patient> known = known(id, registration);
    if (known.isPresent()) {
      return new Registered(known.get(), false);
    }
    if (erasure.isErased(clinic.id(), id)) {
      throw new Refused(Refused.Kind.CONFLICT, "id", ERASED);
    }
    List<Identifier> wanted = registration.person().identifiers();
    List<Identifier> claimed = patients.claim(wanted, id);
    Optional<Patient> stored =
        claimed.size() == wanted.size() ? store(id, registration, tell) : Optional.empty();
    if (stored.isPresent()) {
      return new Registered(stored.get(), true);
    }
    // Someone else was faster: what they stored is committed by now, or we would still be waiting.
    patients.release(claimed);
    return new Registered(known(id, registration).orElseThrow(), false);
  }

  private Optional<Patient> known(UUID id, Registration registration) {
    List<Identifier> identifiers = registration.person().identifiers();
    Set<UUID> owners = new HashSet<>();
    identifiers.forEach(identifier -> patients.owner(identifier).ifPresent(owners::add));
    if (owners.size() > 1) {
      throw new Refused(
          Refused.Kind.CONFLICT, "identifiers", "The identifiers belong to different patients.");
    }
    if (owners.size() == 1) {
      return patients.findByIdOptional(owners.iterator().next());
    }
    Optional<Patient> known = patients.findByIdOptional(id);
    if (known.isPresent() && isSomeoneElse(known.get(), identifiers)) {
      throw new Refused(
          Refused.Kind.CONFLICT,
          "identifiers",
          "The source has used this resource id for a patient with other identifiers.");
    }
    return known;
  }

  private static boolean isSomeoneElse(Patient known, List<Identifier> identifiers) {
    return !identifiers.isEmpty()
        && !known.person.identifiers().isEmpty()
        && Collections.disjoint(identifiers, known.person.identifiers());
  }

  private Optional<Patient> store(
      UUID id, Registration registration, Consumer<OutgoingEvent> tell) {
    // PostgreSQL keeps microseconds; so does everyone who is told.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Patient patient = new Patient(clinic.id(), id, 1, registration, now, now);
    if (!patients.insert(patient)) {
      return Optional.empty();
    }
    tell.accept(OutgoingEvent.ofPatient(clinic.id(), id, patient.event()));
    return Optional.of(patient);
  }

  static void refuseTaken(List<Identifier> wanted, List<Identifier> claimed) {
    var refusals = new Refusals();
    var free = new ArrayList<>(claimed);
    for (int i = 0; i < wanted.size(); i++) {
      if (!free.remove(wanted.get(i))) {
        refusals.add("identifiers[" + i + "]", TAKEN);
      }
    }
    refusals.throwIfAny(Refused.Kind.CONFLICT);
  }
}
