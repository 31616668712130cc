package org.trabecula.protocol.fhir;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.protocol.fhir.Kept.Parameter;

/// A search as it was understood.
///
/// @param where whom it is about: some patients, or some ids
/// @param fits all conditions
/// @param size of a page; 0 when only the number of matches is asked for
/// @param after the last id of the page before; null for the first page
/// @param asked the parameters that were understood, as they were given, but for the cursor
/// @param ignored what was passed over
record Search(
    Where where,
    Predicate<Resource> fits,
    int size,
    @Nullable String after,
    List<Map.Entry<String, String>> asked,
    List<Issue> ignored) {
  static final String CURSOR = "_cursor";
  static final int LARGEST = 200;

  private static final int USUAL = 50;
  private static final int LENGTH_OF_UUID = 36;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final Set<String> JSON =
      Set.of("json", "application/json", "application/fhir+json", "application/fhir json");

  /// @param patients to look through, unless ids are given
  /// @param within the ids that the resources' own begin with
  record Where(List<UUID> patients, List<UUID> within) {}

  /// @param parameters name and value of each, in their order
  /// @throws FhirProblem naming each parameter that will not do, unless the caller is lenient
  static Search of(Kept kind, List<Map.Entry<String, String>> parameters, boolean lenient) {
    var reading = new Reading(kind);
    parameters.forEach(reading::add);
    if (!reading.issues.isEmpty() && !lenient) {
      throw new FhirProblem(400, reading.issues);
    }
    return reading.search();
  }

  /// Where the next page begins.
  static String cursor(Resource last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getIdPart().getBytes(US_ASCII));
  }

  /// The regimen or proposal that an id begins with; nothing when it begins with none.
  static List<UUID> group(String id) {
    return id.length() > LENGTH_OF_UUID ? uuid(id.substring(0, LENGTH_OF_UUID)) : List.of();
  }

  private static List<UUID> uuid(String text) {
    try {
      // Java takes short forms too, under which nothing was ever shown.
      return text.length() == LENGTH_OF_UUID ? List.of(UUID.fromString(text)) : List.of();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static final class Reading {
    private final Kept kind;
    private final List<Issue> issues = new ArrayList<>();
    private final List<Map.Entry<String, String>> asked = new ArrayList<>();
    private final List<UUID> patients = new ArrayList<>();
    private final List<UUID> within = new ArrayList<>();
    private boolean byPatient;
    private boolean byId;
    private Predicate<Resource> fits = any -> true;
    private int size = USUAL;
    private @Nullable String after;

    private Reading(Kept kind) {
      this.kind = kind;
    }

    private void add(Map.Entry<String, String> given) {
      String name = given.getKey();
      String value = given.getValue();
      Parameter parameter = kind.parameters().get(name);
      try {
        switch (name) {
          case "_count" -> size = size(value);
          case "_format" -> format(value);
          case CURSOR -> after = id(value);
          default -> {
            if (parameter == null) {
              issue("The search parameter '%s' is not known for %s.", name);
              return;
            }
            condition(name, parameter, value);
          }
        }
        if (!name.equals(CURSOR)) {
          asked.add(given);
        }
      } catch (IllegalArgumentException e) {
        issue("The search parameter '%s' of %s cannot have this value.", name);
      }
    }

    private void issue(String message, String name) {
      issues.add(new Issue(Reason.SEARCH_PARAMETER, "", message.formatted(name, kind.type())));
    }

    private static int size(String value) {
      int size = Integer.parseInt(value);
      if (size < 0) {
        throw new IllegalArgumentException("Less than nothing");
      }
      return Math.min(size, LARGEST);
    }

    private static void format(String value) {
      if (!JSON.contains(value)) {
        throw new IllegalArgumentException("JSON is all that is spoken");
      }
    }

    private static String id(String cursor) {
      String id = new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException("No search gave this");
      }
      return id;
    }

    private void condition(String name, Parameter parameter, String value) {
      if (value.isEmpty() || value.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("Nothing that can be searched for");
      }
      List<String> alternatives = Arrays.asList(value.split(","));
      if (name.equals("patient")) {
        byPatient = true;
        alternatives.forEach(one -> patients.addAll(uuid(one.replaceFirst("^Patient/", ""))));
      } else if (name.equals("_id")) {
        byId = true;
        alternatives.forEach(one -> within.addAll(group(one)));
      }
      fits = fits.and(one -> alternatives.stream().anyMatch(it -> parameter.fits().test(one, it)));
    }

    private Search search() {
      if (!byPatient && !byId) {
        throw new FhirProblem(
            400,
            Reason.SEARCH_PARAMETER,
            "",
            "A search for %s names its patient, or ids in _id.".formatted(kind.type()));
      }
      return new Search(
          new Where(
              byId ? List.of() : patients.stream().distinct().toList(),
              within.stream().distinct().toList()),
          fits,
          size,
          after,
          asked,
          List.copyOf(issues));
    }
  }
}
