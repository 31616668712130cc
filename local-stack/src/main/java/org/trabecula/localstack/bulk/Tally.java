package org.trabecula.localstack.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// What became of the entries of one Bundle or of many.
///
/// @param created by resource type: stored now
/// @param known by resource type: stored before, or corrected now
/// @param notStored by the reason that the service gave
record Tally(
    Map<String, Integer> created, Map<String, Integer> known, Map<String, Integer> notStored) {
  private static final String NOT_STORED = "Not stored: ";

  static Tally none() {
    return new Tally(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /// Reads the answer to a transaction or batch.
  static Tally of(JsonNode bundle) {
    var tally = none();
    for (JsonNode entry : bundle.path("entry")) {
      tally.count(entry.path("response"));
    }
    return tally;
  }

  private void count(JsonNode response) {
    var status = response.path("status").asText();
    var type = response.path("location").asText().replaceFirst("/.*", "");
    if (!type.isEmpty() && status.startsWith("2")) {
      (status.startsWith("201") ? created : known).merge(type, 1, Integer::sum);
    } else {
      notStored.merge(reason(response, status), 1, Integer::sum);
    }
  }

  private static String reason(JsonNode response, String status) {
    var said = response.path("outcome").path("issue").path(0).path("diagnostics").asText();
    if (said.isEmpty()) {
      return "answered " + status;
    }
    return said.startsWith(NOT_STORED) ? said.substring(NOT_STORED.length()) : said;
  }

  void add(Tally other) {
    other.created.forEach((type, count) -> created.merge(type, count, Integer::sum));
    other.known.forEach((type, count) -> known.merge(type, count, Integer::sum));
    other.notStored.forEach((reason, count) -> notStored.merge(reason, count, Integer::sum));
  }
}
