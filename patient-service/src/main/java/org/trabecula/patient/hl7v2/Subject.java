package org.trabecula.patient.hl7v2;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.hl7v2.Segments.Part;
import org.trabecula.patient.profile.Birth;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.Person.Name;
import org.trabecula.patient.profile.SubmittedPatient;

/// Whom a message is about: PID.
///
/// @param identifiers medical record numbers, and nothing else
/// @param birth `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null when unknown
/// @param sex administrative sex; null when it is neither
record Subject(
    List<Identifier> identifiers, @Nullable Name name, @Nullable String birth, @Nullable Sex sex) {
  private static final Pattern ISO = Pattern.compile("2\\.16\\.[0-9.]+|[0-2](\\.\\d+)+");
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})(?:(0[1-9]|1[0-2])(?:(\\d{2})[\\d.]*)?)?([+-]\\d{4})?");
  private static final int LONGEST = 200;

  Subject {
    identifiers = List.copyOf(identifiers);
  }

  /// @param facility who sends, for a number of which nobody says who gave it
  static Subject of(Part pid, String facility) {
    Set<Identifier> identifiers = new LinkedHashSet<>();
    for (int i = 1; i <= pid.repetitions(3); i++) {
      String type = pid.get(3, i, 5);
      // Up to version 2.3 nobody needs to say what kind of number it is.
      if (type.equals("MR") || type.isEmpty()) {
        Identifier identifier = identifier(pid, i, facility);
        if (identifier != null) {
          identifiers.add(identifier);
        }
      }
    }
    return new Subject(List.copyOf(identifiers), name(pid), birth(pid.get(7)), sex(pid.get(8)));
  }

  /// As a patient who is not known yet. Administrative sex is no answer to what a reference
  /// population asks, so the sex for clinical use stays unknown.
  SubmittedPatient submitted() {
    return new SubmittedPatient(
        new ArrayList<>(identifiers),
        name,
        null,
        birth,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /// What is known of the patient is someone else's.
  boolean contradicts(@Nullable Birth known) {
    if (known == null || birth == null) {
      return false;
    }
    String kept = known.toString();
    int exact = Math.min(kept.length(), birth.length());
    return !kept.substring(0, exact).equals(birth.substring(0, exact));
  }

  boolean contradicts(Sex known) {
    return sex != null && known != Sex.UNKNOWN && known != sex;
  }

  private static @Nullable Identifier identifier(Part pid, int repetition, String facility) {
    String value = pid.get(3, repetition, 1);
    String system = system(pid, repetition, facility);
    return isStorable(value) && isStorable(system) ? new Identifier(system, value) : null;
  }

  /// The assigning authority as a URI: its own identifier where it has one, else its name.
  private static String system(Part pid, int repetition, String facility) {
    String name = pid.get(3, repetition, 4, 1);
    String id = pid.get(3, repetition, 4, 2);
    String type = pid.get(3, repetition, 4, 3);
    if (!id.isEmpty()) {
      return switch (type) {
        case "ISO" -> "urn:oid:" + id;
        case "UUID", "GUID" -> "urn:uuid:" + id.toLowerCase(Locale.ROOT);
        case "URI", "URL" -> id;
        default -> ISO.matcher(id).matches() ? "urn:oid:" + id : "urn:id:" + id;
      };
    }
    return "urn:id:" + (name.isEmpty() ? facility : name);
  }

  private static @Nullable Name name(Part pid) {
    String family = pid.get(5, 1, 1);
    String given = pid.get(5, 1, 2);
    return family.isEmpty() && given.isEmpty()
        ? null
        : new Name(given.isEmpty() ? null : given, family.isEmpty() ? null : family);
  }

  private static @Nullable String birth(String text) {
    var parts = DATE.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    if (parts.group(2) == null) {
      return parts.group(1);
    }
    String month = parts.group(1) + "-" + parts.group(2);
    return parts.group(3) == null ? month : month + "-" + parts.group(3);
  }

  private static @Nullable Sex sex(String code) {
    return switch (code) {
      case "F" -> Sex.FEMALE;
      case "M" -> Sex.MALE;
      default -> null;
    };
  }

  private static boolean isStorable(String text) {
    var refusals = new Refusals();
    refusals.checkText("", text, LONGEST);
    return refusals.isEmpty();
  }
}
