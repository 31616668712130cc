package org.trabecula.localstack.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A file that was not taken, as it is written to the file of rejects.
///
/// @param file relative to the folder
/// @param status what HTTP said; null for a file that could not be sent
record Reject(String file, @Nullable Integer status, List<Issue> issues) {

  /// @param expression FHIRPaths of what is wrong; empty when it is the whole
  record Issue(List<String> expression, String diagnostics) {}

  static Reject unsent(String file, String reason) {
    return new Reject(file, null, List.of(new Issue(List.of(), reason)));
  }

  /// @param body an OperationOutcome or a problem; anything else tells nothing
  static Reject of(String file, int status, @Nullable JsonNode body) {
    var issues = new ArrayList<Issue>();
    if (body != null) {
      for (JsonNode issue : body.path("issue")) {
        var expression =
            StreamSupport.stream(issue.path("expression").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        issues.add(new Issue(expression, issue.path("diagnostics").asText()));
      }
      for (JsonNode violation : body.path("violations")) {
        issues.add(
            new Issue(
                List.of(violation.path("field").asText()), violation.path("message").asText()));
      }
      if (issues.isEmpty() && body.hasNonNull("detail")) {
        issues.add(new Issue(List.of(), body.path("detail").asText()));
      }
    }
    if (issues.isEmpty()) {
      issues.add(new Issue(List.of(), "The answer gave no reason."));
    }
    return new Reject(file, status, issues);
  }
}
