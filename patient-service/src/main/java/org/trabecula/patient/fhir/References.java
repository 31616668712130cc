package org.trabecula.patient.fhir;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.profile.Person.Identifier;

/// Finds the patient that a reference leads to: in the Bundle first, then among the clinic's.
class References {
  private static final String PATIENT = "Patient/";
  private static final String SEARCH = "Patient?";

  private final Map<String, Integer> inBundle = new HashMap<>();
  private final Map<Integer, UUID> registered;
  private final Function<Identifier, Optional<UUID>> byIdentifier;

  /// @param registered the patients of the Bundle, by the position of their entries
  References(
      List<Entry> entries,
      Map<Integer, UUID> registered,
      Function<Identifier, Optional<UUID>> byIdentifier) {
    this.registered = registered;
    this.byIdentifier = byIdentifier;
    for (Entry entry : entries) {
      if (entry.resource() instanceof Patient patient) {
        if (entry.fullUrl() != null) {
          inBundle.put(entry.fullUrl(), entry.position());
        }
        if (patient.getIdElement().hasIdPart()) {
          inBundle.put(PATIENT + patient.getIdElement().getIdPart(), entry.position());
        }
      }
    }
  }

  Optional<UUID> patient(Reference reference) {
    String text = reference.getReference();
    if (text == null) {
      var identifier = reference.getIdentifier();
      return identifier.hasSystem() && identifier.hasValue()
          ? byIdentifier.apply(new Identifier(identifier.getSystem(), identifier.getValue()))
          : Optional.empty();
    }
    Integer position = inBundle.get(text);
    if (position != null) {
      return Optional.ofNullable(registered.get(position));
    }
    if (text.startsWith(SEARCH)) {
      return Optional.ofNullable(identifier(text)).flatMap(byIdentifier);
    }
    return text.startsWith(PATIENT) ? uuid(text.substring(PATIENT.length())) : Optional.empty();
  }

  /// Reads `identifier=system|value`, the only search that conditional creates and references may
  /// use here; null for anything else.
  static @Nullable Identifier identifier(String query) {
    String decoded = decode(query.replaceFirst("^\\w*\\?", ""));
    int bar = decoded.indexOf('|');
    return decoded.startsWith("identifier=")
            && bar > "identifier=".length()
            && bar < decoded.length() - 1
            && decoded.indexOf('&') < 0
            && decoded.chars().noneMatch(Character::isISOControl)
        ? new Identifier(decoded.substring("identifier=".length(), bar), decoded.substring(bar + 1))
        : null;
  }

  private static String decode(String query) {
    try {
      return URLDecoder.decode(query, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
