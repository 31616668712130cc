package org.trabecula.protocol.cds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A card as CDS Hooks 2.0 has it.
///
/// @param summary less than 140 characters
/// @param detail markdown
/// @param selectionBehavior absent without suggestions
/// @param overrideReasons absent when nothing can be set aside
public record Card(
    UUID uuid,
    String summary,
    String detail,
    Indicator indicator,
    Source source,
    @Nullable List<Suggestion> suggestions,
    @Nullable String selectionBehavior,
    @Nullable List<Coding> overrideReasons) {

  /// The gravest first.
  public enum Indicator {
    @JsonProperty("critical")
    CRITICAL,
    @JsonProperty("warning")
    WARNING,
    @JsonProperty("info")
    INFO
  }

  public record Source(String label, @Nullable String url, Coding topic) {}

  public record Coding(String system, String code, String display) {}

  public record Suggestion(String label, UUID uuid, List<Action> actions) {}

  /// @param resource a draft, as FHIR has it
  public record Action(String type, String description, JsonNode resource) {}
}
