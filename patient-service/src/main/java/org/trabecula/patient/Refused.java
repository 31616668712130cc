package org.trabecula.patient;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command would not do what it was asked. Nothing has happened; each refusal names the field and
/// the reason.
public class Refused extends RuntimeException {
  private final Kind kind;
  private final List<Refusal> refusals;

  public Refused(Kind kind, List<Refusal> refusals) {
    super("refused: " + kind);
    this.kind = kind;
    this.refusals = List.copyOf(refusals);
  }

  public Refused(Kind kind, String field, String message) {
    this(kind, List.of(new Refusal(0, field, message)));
  }

  public enum Kind {
    /// What was said cannot be right.
    INVALID,
    /// It may be right, but contradicts what is stored.
    CONFLICT,
    /// It is about something that is not here.
    UNKNOWN
  }

  /// @param item position in what the command was given, from 0
  /// @param field path in the item, as the JSON door names it
  public record Refusal(int item, String field, String message) {}

  /// The body of a request, which HTTP lets a caller leave out.
  public static <T> T required(@Nullable T body) {
    if (body == null) {
      throw new Refused(Kind.INVALID, "", "The body is empty.");
    }
    return body;
  }

  /// The patient was there when the request began, and is erased by now.
  public static Refused erasedMeanwhile() {
    return new Refused(Kind.UNKNOWN, "patientId", "The clinic has no such patient.");
  }

  public Kind kind() {
    return kind;
  }

  public List<Refusal> refusals() {
    return refusals;
  }
}
