package org.trabecula.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.trabecula.validation.TrialRow.Dose;
import org.trabecula.validation.TrialRow.Menopause;
import org.trabecula.validation.TrialRow.Sex;
import org.trabecula.validation.TrialRow.Window;

/// A file of trials as read.
///
/// @param rejected rows that could not be read, with the reason
record TrialFile(List<TrialRow> rows, List<Rejected> rejected) {

  record Rejected(int line, String trial, String reason) {}

  /// What a row cannot be read without; the others may be absent or empty.
  private static final List<String> NEEDED =
      List.of("trial_id", "sex", "mean_age", "agents_norm", "outcome", "months", "change_percent");

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  /// What cannot be read as trials: a file, or one row of it.
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  /// The trials that this project ships.
  static TrialFile trials() {
    return resource("trials.csv");
  }

  /// What physiology demands beside trials, in the same columns.
  static TrialFile anchors() {
    return resource("anchors.csv");
  }

  private static TrialFile resource(String name) {
    try (InputStream in = Objects.requireNonNull(TrialFile.class.getResourceAsStream(name))) {
      return read(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(name + " is missing from the build", e);
    }
  }

  static TrialFile read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(reader);
    }
  }

  private static TrialFile read(Reader reader) throws IOException {
    try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
      List<String> missing =
          NEEDED.stream().filter(name -> !parser.getHeaderNames().contains(name)).toList();
      if (!missing.isEmpty()) {
        throw new Unreadable("the file has no column " + String.join(", ", missing));
      }
      List<TrialRow> rows = new ArrayList<>();
      List<Rejected> rejected = new ArrayList<>();
      for (CSVRecord record : parser) {
        Line line = new Line(record, Math.toIntExact(parser.getCurrentLineNumber()));
        try {
          rows.add(line.row());
        } catch (Unreadable e) {
          rejected.add(
              new Rejected(line.number(), line.text("trial_id"), String.valueOf(e.getMessage())));
        }
      }
      return new TrialFile(rows, rejected);
    } catch (UncheckedIOException e) {
      throw new Unreadable("not a CSV file: " + e.getMessage());
    }
  }

  private record Line(CSVRecord fields, int number) {

    TrialRow row() {
      return new TrialRow(
          number,
          text("trial_id"),
          oneOf("sex", Sex.class, "F"),
          decimal("mean_age"),
          oneOf("menopause", Menopause.class, "na"),
          decimal("meno_years"),
          window(),
          text("hypogonadism"),
          decimal("t0_ng_dl"),
          decimal("e20_pg_ml"),
          flag("ghd"),
          decimal("gc_pred_mg_d"),
          decimal("bmi"),
          decimal("adherence"),
          doses(),
          decimal("on_months_before"),
          flag("withdrawal"),
          text("usable"),
          text("usable_note"),
          decimal("n_arm"),
          text("arm"),
          flag("control_flag"),
          text("phase").isEmpty() ? "on_treatment" : text("phase"),
          text("outcome"),
          needed("months"),
          decimal("change_percent"),
          decimal("ci_low"),
          decimal("ci_high"),
          decimal("sd"),
          decimal("se"),
          text("estimate"),
          flag("vs_placebo"),
          text("provenance"),
          text("confidence"),
          text("notes"));
    }

    private String text(String column) {
      return fields.isSet(column) ? fields.get(column) : "";
    }

    private boolean flag(String column) {
      return switch (text(column)) {
        case "1" -> true;
        case "", "0" -> false;
        default -> throw wrong(column, "is not 0 or 1");
      };
    }

    private @Nullable Double decimal(String column) {
      String text = text(column);
      if (text.isEmpty() || text.equals("na")) {
        return null;
      }
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(column, "is not a number");
      }
      throw wrong(column, "is not finite");
    }

    private double needed(String column) {
      Double value = decimal(column);
      if (value == null) {
        throw wrong(column, "is missing");
      }
      return value;
    }

    private <E extends Enum<E>> E oneOf(String column, Class<E> type, String absent) {
      String text = text(column).isEmpty() ? absent : text(column);
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () -> wrong(column, "is none of " + Arrays.toString(type.getEnumConstants())));
    }

    private @Nullable Window window() {
      String text = text("fmp_window");
      if (text.isEmpty()) {
        return null;
      }
      String[] ends = text.split("\\.\\.", -1);
      try {
        Window window = new Window(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
        if (window.from() < window.to()) {
          return window;
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw wrong("fmp_window", "is not from..to");
      }
      throw wrong("fmp_window", "does not go forward");
    }

    private List<Dose> doses() {
      String text = text("agents_norm");
      if (text.isEmpty()) {
        throw wrong("agents_norm", "is missing");
      }
      return Arrays.stream(text.split(";", -1)).map(this::dose).toList();
    }

    private Dose dose(String entry) {
      String[] parts = entry.strip().split("\\|", -1);
      if (parts.length != 6) {
        throw wrong("agents_norm", "has an entry that is not code|dose|unit|route|days|form");
      }
      try {
        double amount = Double.parseDouble(parts[1]);
        double days = Double.parseDouble(parts[4]);
        if (amount >= 0 && days > 0 && Double.isFinite(amount / days)) {
          return new Dose(
              parts[0].toLowerCase(Locale.ROOT), amount, parts[2], parts[3], days, parts[5]);
        }
      } catch (NumberFormatException e) {
        throw wrong("agents_norm", "has a dose or interval that is not a number");
      }
      throw wrong("agents_norm", "has a negative dose or no interval");
    }

    private Unreadable wrong(String column, String what) {
      return new Unreadable("column %s: \"%s\" %s".formatted(column, text(column), what));
    }
  }
}
