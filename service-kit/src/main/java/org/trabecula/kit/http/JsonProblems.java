package org.trabecula.kit.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.trabecula.kit.http.Problems.Violation;

/// Says what is wrong with a JSON body by the field it is in. What Jackson says itself names our
/// classes and repeats what was sent.
final class JsonProblems {
  private JsonProblems() {}

  static HttpProblem problem(JacksonException fault) {
    return switch (fault) {
      case UnrecognizedPropertyException unknown ->
          Problems.invalid(path(unknown), "There is no such field.");
      case InvalidFormatException format -> Problems.invalid(path(format), expected(format));
      case MismatchedInputException mismatch when mismatch.getPath().isEmpty() ->
          Problems.invalid(
              List.of(Violation.body("", "The body is no JSON object, or none at all.")));
      case MismatchedInputException mismatch ->
          Problems.invalid(path(mismatch), expected(mismatch));
      case JsonMappingException mapping -> Problems.invalid(path(mapping), "Is not valid.");
      default ->
          Problems.invalid(List.of(Violation.body("", "The body is no valid JSON." + at(fault))));
    };
  }

  /// `medications[0].dailyDose.unit`
  static String path(JsonMappingException fault) {
    return fault.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String expected(MismatchedInputException fault) {
    Class<?> type = fault.getTargetType();
    if (type == null) {
      return "Is not valid.";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", ", "Is one of ", "."));
    }
    return switch (type.getSimpleName()) {
      case "String" -> "Is a text.";
      case "Boolean", "boolean" -> "Is true or false.";
      case "Integer", "int", "Long", "long" -> "Is a whole number.";
      case "Double", "double", "BigDecimal" -> "Is a number.";
      case "YearMonth" -> "Is a month, YYYY-MM.";
      case "LocalDate" -> "Is a date, YYYY-MM-DD.";
      case "Instant", "OffsetDateTime" -> "Is a date-time with its offset.";
      case "UUID" -> "Is a UUID.";
      case "List", "Set", "ArrayList" -> "Is an array.";
      default -> "Is an object.";
    };
  }

  private static String at(JacksonException fault) {
    JsonLocation location = fault.getLocation();
    return location == null
        ? ""
        : " See line %d, column %d.".formatted(location.getLineNr(), location.getColumnNr());
  }
}
