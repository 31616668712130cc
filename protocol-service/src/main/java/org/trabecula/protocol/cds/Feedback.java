package org.trabecula.protocol.cds;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;

/// What somebody did with a card. Their comment, which may be about a patient, is not read.
///
/// @param accepted whether a suggestion was taken over; else the card was set aside
/// @param suggestions that were taken over
/// @param reason code why it was set aside; not stated when null
record Feedback(
    UUID card,
    boolean accepted,
    List<UUID> suggestions,
    @Nullable String reasonSystem,
    @Nullable String reason,
    Instant at) {
  private static final int MOST = 100;
  private static final Pattern CODE = Pattern.compile("\\S{1,100}");

  /// @throws io.quarkiverse.resteasy.problem.HttpProblem naming each field that will not do
  static List<Feedback> of(@Nullable JsonNode body) {
    JsonNode all = body == null ? null : body.get("feedback");
    if (all == null || !all.isArray() || all.isEmpty() || all.size() > MOST) {
      throw Problems.invalid("feedback", "must be an array of 1 to " + MOST);
    }
    var violations = new ArrayList<Violation>();
    var read = new ArrayList<Feedback>();
    for (int i = 0; i < all.size(); i++) {
      Feedback one = new Reading(all.get(i), "feedback[" + i + "].", violations).read();
      if (one != null) {
        read.add(one);
      }
    }
    if (!violations.isEmpty()) {
      throw Problems.invalid(violations);
    }
    return List.copyOf(read);
  }

  private record Reading(JsonNode sent, String path, List<Violation> violations) {

    @Nullable Feedback read() {
      int before = violations.size();
      UUID card = uuid("card", sent.path("card"));
      String outcome = sent.path("outcome").asText();
      if (!outcome.equals("accepted") && !outcome.equals("overridden")) {
        refuse("outcome", "must be accepted or overridden");
      }
      Instant at = instant();
      var suggestions = new ArrayList<UUID>();
      JsonNode accepted = sent.path("acceptedSuggestions");
      for (int i = 0; i < accepted.size(); i++) {
        UUID id = uuid("acceptedSuggestions[" + i + "].id", accepted.path(i).path("id"));
        if (id != null) {
          suggestions.add(id);
        }
      }
      JsonNode reason = sent.path("overrideReason").path("reason");
      String system = code("overrideReason.reason.system", reason.path("system"));
      String code = code("overrideReason.reason.code", reason.path("code"));
      return card == null || at == null || violations.size() > before
          ? null
          : new Feedback(
              card, outcome.equals("accepted"), List.copyOf(suggestions), system, code, at);
    }

    private void refuse(String field, String message) {
      violations.add(Violation.body(path + field, message));
    }

    private @Nullable UUID uuid(String field, JsonNode value) {
      try {
        return UUID.fromString(value.asText());
      } catch (IllegalArgumentException e) {
        refuse(field, "must be a UUID");
        return null;
      }
    }

    private @Nullable Instant instant() {
      try {
        return OffsetDateTime.parse(sent.path("outcomeTimestamp").asText()).toInstant();
      } catch (DateTimeException e) {
        refuse("outcomeTimestamp", "must be a date-time with its offset");
        return null;
      }
    }

    private @Nullable String code(String field, JsonNode value) {
      if (value.isMissingNode() || value.isNull()) {
        return null;
      }
      if (!value.isTextual() || !CODE.matcher(value.asText()).matches()) {
        refuse(field, "must be a code of at most 100 characters");
      }
      return value.asText();
    }
  }
}
