package org.trabecula.clinicalrules.regulatory;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The cells of one row, each understood or among the mistakes.
final class Cells {
  private static final int SHOWN = 120;

  private final int line;
  private final List<Mistake> mistakes;
  private final int before;

  Cells(int line, List<Mistake> mistakes) {
    this.line = line;
    this.mistakes = mistakes;
    this.before = mistakes.size();
  }

  boolean understood() {
    return mistakes.size() == before;
  }

  /// What is wrong with a cell whatever its column.
  static Optional<String> fault(String cell) {
    if (cell.isBlank()) {
      return Optional.of("is blank; write - for nothing");
    }
    if (cell.length() > RegulatoryCsv.LONGEST_CELL) {
      return Optional.of("is longer than " + RegulatoryCsv.LONGEST_CELL + " characters");
    }
    if (cell.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("has a line break or another control character");
    }
    return Optional.empty();
  }

  /// A text of somebody else's, fit for a message.
  static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > SHOWN ? clean.substring(0, SHOWN) + "…" : clean;
  }

  <T> Optional<T> alias(
      String column, String wording, Collection<T> aliases, Function<T, String> of) {
    Optional<T> found = aliases.stream().filter(it -> of.apply(it).equals(wording)).findFirst();
    if (found.isEmpty()) {
      refuse(column, "no alias for '" + shown(wording) + "'");
    }
    return found;
  }

  void oneOf(String column, String word, Collection<String> allowed) {
    if (!allowed.contains(word)) {
      refuse(column, "'" + shown(word) + "' is none of " + String.join(", ", allowed));
    }
  }

  Optional<YearMonth> month(String column, String text, YearMonth latest) {
    try {
      YearMonth month = YearMonth.parse(text);
      if (!month.isAfter(latest)) {
        return Optional.of(month);
      }
      refuse(column, month + " is in the future");
    } catch (DateTimeParseException e) {
      refuse(column, "'" + shown(text) + "' is no month such as 2026-11");
    }
    return Optional.empty();
  }

  void refuse(String column, String reason) {
    mistakes.add(new Mistake(line, column, reason));
  }
}
