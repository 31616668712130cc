package org.trabecula.clinicalrules.regulatory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The table as a file: RFC 4180, a header that names every column once, and no blank cell.
final class RegulatoryCsv {
  /// In the order in which they are written.
  static final List<String> COLUMNS =
      List.of(
          "region",
          "agent",
          "route_form",
          "population",
          "indication",
          "status",
          "controlled_substance",
          "notes",
          "source",
          "provenance",
          "confidence",
          "as_of");

  /// Four times the longest note that ships; a row travels as one event.
  static final int LONGEST_CELL = 4000;

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private static final String ROW = "row";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private RegulatoryCsv() {}

  private record Line(int number, List<String> cells) {}

  /// The rows that have their shape; what has not goes to the mistakes.
  static List<StatedRow> rows(String file, List<Mistake> mistakes) {
    var rows = new ArrayList<StatedRow>();
    List<Line> lines = lines(file, mistakes);
    if (lines.isEmpty()) {
      mistakes.add(new Mistake(1, ROW, "there is no header"));
    } else if (readable(lines.getFirst().cells(), mistakes)) {
      List<String> header = lines.getFirst().cells();
      lines.stream().skip(1).forEach(line -> read(line, header, rows, mistakes));
    }
    return rows;
  }

  /// Every line that is not empty, up to the first whose quotes are wrong.
  private static List<Line> lines(String file, List<Mistake> mistakes) {
    String text = file.startsWith(BYTE_ORDER_MARK) ? file.substring(1) : file;
    var lines = new ArrayList<Line>();
    try (CsvParser parser = CSV.createParser(text)) {
      var cells = new ArrayList<String>();
      int start = 1;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          start = cells.isEmpty() ? parser.currentTokenLocation().getLineNr() : start;
          cells.add(parser.getText());
        } else if (token == JsonToken.END_ARRAY && !cells.isEmpty()) {
          lines.add(new Line(start, List.copyOf(cells)));
          cells.clear();
        }
      }
    } catch (JsonProcessingException e) {
      mistakes.add(new Mistake(e.getLocation().getLineNr(), ROW, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static boolean readable(List<String> header, List<Mistake> mistakes) {
    int before = mistakes.size();
    for (String column : COLUMNS) {
      long times = header.stream().filter(column::equals).count();
      if (times != 1) {
        mistakes.add(
            new Mistake(
                1,
                column,
                times == 0 ? "the header does not name it" : "the header names it twice"));
      }
    }
    header.stream()
        .filter(column -> !COLUMNS.contains(column))
        .forEach(column -> mistakes.add(new Mistake(1, Cells.shown(column), "no such column")));
    return mistakes.size() == before;
  }

  private static void read(
      Line line, List<String> header, List<StatedRow> rows, List<Mistake> mistakes) {
    List<String> cells = line.cells();
    if (cells.size() != header.size()) {
      mistakes.add(
          new Mistake(
              line.number(),
              ROW,
              "has " + cells.size() + " cells, and the header names " + header.size()));
      return;
    }
    int before = mistakes.size();
    Map<String, String> row = new HashMap<>();
    for (String column : COLUMNS) {
      String cell = cells.get(header.indexOf(column));
      Cells.fault(cell)
          .ifPresent(reason -> mistakes.add(new Mistake(line.number(), column, reason)));
      row.put(column, cell);
    }
    if (mistakes.size() == before) {
      rows.add(stated(line.number(), row));
    }
  }

  private static StatedRow stated(int line, Map<String, String> row) {
    List<String> cells = COLUMNS.stream().map(row::get).toList();
    return new StatedRow(
        line,
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        cells.get(6),
        cells.get(7),
        cells.get(8),
        cells.get(9),
        cells.get(10),
        cells.get(11));
  }
}
