package org.trabecula.patient;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.Refused.Refusal;

/// Collects all that is wrong, so that a caller learns it at once.
public class Refusals {
  private final List<Refusal> refusals = new ArrayList<>();
  private final int item;

  public Refusals() {
    this(0);
  }

  /// @param item what is added concerns the item at this position
  public Refusals(int item) {
    this.item = item;
  }

  public void addAll(Refusals others) {
    refusals.addAll(others.refusals);
  }

  public void add(String field, String message) {
    refusals.add(new Refusal(item, field, message));
  }

  public boolean isEmpty() {
    return refusals.isEmpty();
  }

  public void throwIfAny(Refused.Kind kind) {
    if (!isEmpty()) {
      throw new Refused(kind, refusals);
    }
  }

  /// A text that can be stored and shown: not blank, of bounded length, without control characters
  /// or broken characters, none of which PostgreSQL takes or a reader sees.
  public void checkText(String field, @Nullable String text, int longest) {
    if (text == null) {
      return;
    }
    if (text.isBlank() || text.length() > longest) {
      add(field, "Has 1 to " + longest + " characters.");
    } else if (text.codePoints().anyMatch(Refusals::unprintable)) {
      add(field, "Has control characters or broken characters.");
    }
  }

  /// A month of the patient's past.
  public void checkPast(
      String field, @Nullable YearMonth month, @Nullable YearMonth birth, YearMonth now) {
    if (month == null) {
      return;
    }
    if (month.isAfter(now)) {
      add(field, month + " is in the future.");
    } else if (birth != null && month.isBefore(birth)) {
      add(field, month + " is before the birth.");
    }
  }

  private static boolean unprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || Character.getType(codePoint) == Character.UNASSIGNED;
  }
}
