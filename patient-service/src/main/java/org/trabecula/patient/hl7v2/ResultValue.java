package org.trabecula.patient.hl7v2;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.patient.hl7v2.Segments.Part;

/// What OBX-5 says, by the type that OBX-2 gives it.
sealed interface ResultValue {
  record Number(BigDecimal value, @Nullable Comparator comparator) implements ResultValue {}

  /// Nothing was measured, or not as a number.
  record None(String reason) implements ResultValue {}

  /// Something is there that ought to be a number.
  record Unreadable(String reason) implements ResultValue {}

  Pattern NUMBER = Pattern.compile("(<=|>=|<|>)?\\s*([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))");
  int LONGEST_NUMBER = 60;

  static ResultValue of(Part obx) {
    if (obx.repetitions(5) > 1) {
      return new Unreadable("Has several values, where one result has one.");
    }
    return switch (obx.get(2)) {
      case "NM", "ST", "TX", "FT", "" -> text(obx);
      case "SN" -> structured(obx);
      case "CE", "CWE", "CNE", "IS", "ID" -> new None("is coded, not a number");
      default -> new None("is of type " + obx.get(2) + ", not a number");
    };
  }

  /// Laboratories send `<0.05` as text, and many as a number.
  private static ResultValue text(Part obx) {
    String text = obx.get(5);
    if (text.isEmpty()) {
      return new None("has no value");
    }
    Matcher number = NUMBER.matcher(text);
    if (text.length() <= LONGEST_NUMBER && number.matches() && obx.get(5, 1, 2).isEmpty()) {
      return new Number(new BigDecimal(number.group(2)), comparator(number.group(1)));
    }
    return obx.get(2).equals("NM") || text.chars().anyMatch(Character::isDigit)
        ? new Unreadable("Is no number such as 412, 0.05 or <0.05.")
        : new None("is a text, not a number");
  }

  private static ResultValue structured(Part obx) {
    String comparator = obx.get(5, 1, 1);
    String number = obx.get(5, 1, 2);
    if (!obx.get(5, 1, 3).isEmpty() || !obx.get(5, 1, 4).isEmpty()) {
      return new Unreadable(
          "Is a ratio, a range or a class (SN with a second part), where a number is expected.");
    }
    if (number.isEmpty()) {
      return comparator.isEmpty()
          ? new None("has no value")
          : new Unreadable("Is a comparator without its number.");
    }
    Matcher matcher = NUMBER.matcher(number);
    if (number.length() > LONGEST_NUMBER || !matcher.matches() || matcher.group(1) != null) {
      return new Unreadable("Is no number in its second component.");
    }
    BigDecimal value = new BigDecimal(matcher.group(2));
    return switch (comparator) {
      case "", "=" -> new Number(value, null);
      case "<", ">", "<=", ">=" -> new Number(value, comparator(comparator));
      default -> new Unreadable("Has a comparator other than <, >, <=, >= or =.");
    };
  }

  private static @Nullable Comparator comparator(@Nullable String text) {
    return switch (text) {
      case "<", "<=" -> Comparator.LESS_THAN;
      case ">", ">=" -> Comparator.GREATER_THAN;
      case null, default -> null;
    };
  }
}
