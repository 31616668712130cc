package org.trabecula.validation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.trabecula.validation.Findings.OfClass;
import org.trabecula.validation.FreeNumber.Numbers;
import org.trabecula.validation.Panel.Range;

/// The pictures of the report.
final class Plots {

  private static final String BLUE = "#0072b2";
  private static final String ORANGE = "#d55e00";
  private static final String GREEN = "#009e73";
  private static final String PURPLE = "#6a3d9a";
  private static final List<String> COLOURS =
      List.of(GREEN, "#7f7f7f", ORANGE, BLUE, "#cc79a7", "#b8860b", PURPLE);

  private static final List<Measure> DENSITY =
      List.of(Measure.LUMBAR_SPINE, Measure.FEMORAL_NECK, Measure.TOTAL_HIP);
  private static final List<Measure> MARKERS = List.of(Measure.CTX, Measure.P1NP);
  private static final int POINTS = 120;

  private Plots() {}

  /// Predicted against observed, coloured by drug class; hollow where the row is recalled.
  static void scatter(Path file, String title, List<Prediction> predictions) throws IOException {
    Svg svg = new Svg(900, 600, title);
    Range range =
        Range.around(
            predictions.stream()
                .flatMapToDouble(p -> DoubleStream.of(p.question().observed(), p.low(), p.high()))
                .toArray());
    Panel panel = new Panel(svg, 60, 40, 530, 500, range, range);
    svg.title(60, 24, title, 15);
    panel.gridX(10, true);
    panel.gridY(10);
    svg.text(325, 580, "observed, %", "middle", 13);
    svg.upright(20, 290, "predicted, % (bars: 90 % interval)", 13);
    svg.line(60, 540, 590, 40, Svg.INK, 1);
    predictions.forEach(
        p -> {
          double x = panel.atX(p.question().observed());
          svg.line(
              x, panel.atY(p.low()), x, panel.atY(p.high()), colour(p.question().drugClass()), 0.8);
        });
    predictions.forEach(
        p ->
            mark(
                svg,
                p.question().drugClass(),
                panel.atX(p.question().observed()),
                panel.atY(p.median()),
                p.question().row().recalled()));
    double y = 60;
    for (DrugClass drugClass : DrugClass.values()) {
      if (predictions.stream().anyMatch(p -> p.question().drugClass() == drugClass)) {
        mark(svg, drugClass, 612, y - 4, false);
        svg.text(624, y, drugClass.title(), "start", 13);
        y += 22;
      }
    }
    svg.circle(612, y + 6, 4, "#ffffff", Svg.INK);
    svg.text(624, y + 10, "hollow: recalled", "start", 13);
    svg.write(file);
  }

  private static void mark(Svg svg, DrugClass drugClass, double x, double y, boolean hollow) {
    String colour = colour(drugClass);
    String fill = hollow ? "#ffffff" : colour;
    if (drugClass.ordinal() < COLOURS.size()) {
      svg.circle(x, y, 4, fill, colour);
    } else {
      svg.diamond(x, y, 5, fill, colour);
    }
  }

  private static String colour(DrugClass drugClass) {
    return COLOURS.get(drugClass.ordinal() % COLOURS.size());
  }

  /// Bias and mean absolute error of each drug class.
  static void classes(Path file, List<OfClass> classes) throws IOException {
    int high = 34 * classes.size();
    Svg svg = new Svg(900, high + 90, "Bias and mean absolute error by drug class");
    double y = 66;
    for (OfClass c : classes) {
      svg.text(
          290,
          y,
          Validation.format("%s (%d)", c.drugClass().title(), c.fitted().rows()),
          "end",
          13);
      y += 34;
    }
    bars(svg, 305, "Bias (predicted less observed), points", classes, Score::bias);
    bars(svg, 610, "Mean absolute error, points", classes, Score::mae);
    svg.rectangle(60, 14, 14, 12, BLUE);
    svg.text(80, 25, "fitted", "start", 13);
    svg.rectangle(140, 14, 14, 12, ORANGE);
    svg.text(160, 25, "left out", "start", 13);
    svg.write(file);
  }

  private static void bars(
      Svg svg, double left, String title, List<OfClass> classes, ToDoubleFunction<Score> value) {
    double[] values =
        DoubleStream.concat(
                DoubleStream.of(0),
                classes.stream()
                    .flatMapToDouble(
                        c ->
                            DoubleStream.of(
                                value.applyAsDouble(c.fitted()), value.applyAsDouble(c.leftOut()))))
            .toArray();
    Panel panel =
        new Panel(svg, left, 44, 270, 34.0 * classes.size(), Range.around(values), new Range(0, 1));
    svg.title(left, 25, title, 13);
    panel.gridX(6, true);
    double y = 50;
    for (OfClass c : classes) {
      bar(panel, y, value.applyAsDouble(c.fitted()), BLUE);
      bar(panel, y + 11, value.applyAsDouble(c.leftOut()), ORANGE);
      y += 34;
    }
  }

  private static void bar(Panel panel, double y, double value, String colour) {
    double from = panel.atX(Math.min(0, value));
    panel.svg().rectangle(from, y, panel.atX(Math.max(0, value)) - from, 10, colour);
  }

  /// Density above, markers below, for each scenario; three beside each other.
  static void courses(Path file, Numbers numbers, List<Scenario> scenarios) throws IOException {
    int lines = (scenarios.size() + 2) / 3;
    Svg svg = new Svg(1020, 40 + 400 * lines, "Courses of density and markers");
    double x = 50;
    for (Measure measure :
        List.of(
            Measure.LUMBAR_SPINE,
            Measure.FEMORAL_NECK,
            Measure.TOTAL_HIP,
            Measure.CTX,
            Measure.P1NP)) {
      svg.rectangle(x, 14, 22, 4, colour(measure));
      svg.text(x + 28, 21, name(measure), "start", 13);
      x += 150;
    }
    for (int i = 0; i < scenarios.size(); i++) {
      double left = 50 + 340 * (i % 3);
      double top = 70 + 400.0 * (i / 3);
      Scenario scenario = scenarios.get(i);
      svg.title(left - 30, top - 14, scenario.title(), 12);
      course(svg, left, top, 190, numbers, scenario, DENSITY, false);
      course(svg, left, top + 206, 100, numbers, scenario, MARKERS, true);
      svg.text(
          left + 140,
          top + 340,
          scenario.zero() > 0 ? "years from the last period" : "years from the start",
          "middle",
          12);
    }
    svg.write(file);
  }

  private static void course(
      Svg svg,
      double left,
      double top,
      double high,
      Numbers numbers,
      Scenario scenario,
      List<Measure> measures,
      boolean labels) {
    double[] years =
        IntStream.rangeClosed(0, POINTS).mapToDouble(i -> i * scenario.years() / POINTS).toArray();
    double[] shown = Arrays.stream(years).map(year -> year - scenario.zero()).toArray();
    List<double[]> curves =
        measures.stream().map(measure -> scenario.change(numbers, measure, years)).toList();
    Panel panel =
        new Panel(
            svg,
            left,
            top,
            280,
            high,
            new Range(shown[0], shown[POINTS]),
            Range.around(curves.stream().flatMapToDouble(Arrays::stream).toArray()));
    panel.gridX(6, labels);
    panel.gridY(labels ? 4 : 6);
    svg.upright(left - 36, top + high / 2, "%", 12);
    for (int i = 0; i < curves.size(); i++) {
      panel.curve(shown, curves.get(i), colour(measures.get(i)));
    }
  }

  private static String colour(Measure measure) {
    return switch (measure) {
      case LUMBAR_SPINE -> BLUE;
      case FEMORAL_NECK -> ORANGE;
      case TOTAL_HIP -> GREEN;
      case CTX -> "#7f7f7f";
      default -> PURPLE;
    };
  }

  private static String name(Measure measure) {
    return switch (measure) {
      case LUMBAR_SPINE -> "lumbar spine";
      case FEMORAL_NECK -> "femoral neck";
      case TOTAL_HIP -> "total hip";
      default -> measure.name();
    };
  }

  /// Ranks of the truth in the posterior, a panel for each quantity; four beside each other.
  static void ranks(Path file, List<RankHistogram> tests) throws IOException {
    int lines = (tests.size() + 3) / 4;
    Svg svg = new Svg(1000, 30 + 190 * lines, "Ranks of the truth in the posterior");
    double most =
        tests.stream().flatMap(t -> t.cells().stream()).mapToInt(n -> n).max().orElseThrow();
    for (int i = 0; i < tests.size(); i++) {
      RankHistogram test = tests.get(i);
      double left = 45 + 245 * (i % 4);
      double top = 50 + 190.0 * (i / 4);
      svg.title(left - 20, top - 24, test.quantity(), 12);
      svg.text(left - 20, top - 8, test.patient(), "start", 11);
      Panel panel =
          new Panel(
              svg, left, top, 205, 100, new Range(0, RankHistogram.CELLS), new Range(0, most + 1));
      panel.gridY(4);
      for (int cell = 0; cell < RankHistogram.CELLS; cell++) {
        double high = panel.atY(0) - panel.atY(test.cells().get(cell));
        svg.rectangle(panel.atX(cell) + 1, panel.atY(0) - high, 18.5, high, "#9ecae1");
      }
      double even = panel.atY(RankHistogram.expected());
      svg.line(left, even, left + 205, even, ORANGE, 1.5);
      svg.text(
          left + 102,
          top + 116,
          Validation.format("tenth of the posterior, p = %.2f", test.probability()),
          "middle",
          11);
    }
    svg.write(file);
  }

  /// A cell for each number and scenario, the deeper the more it matters.
  static void sensitivities(Path file, List<Sensitivities> top) throws IOException {
    Svg svg = new Svg(900, 70 + 30 * top.size(), "What the spine at 24 months depends on");
    List<String> columns =
        List.of("untreated", "patch 50 ug", "testosterone", "anastrozole", "GH", "prednisone");
    for (int i = 0; i < columns.size(); i++) {
      svg.text(365 + 95 * i, 40, columns.get(i), "middle", 13);
    }
    svg.title(20, 20, "Lumbar spine at 24 months, points per prior SD", 14);
    double most = top.getFirst().largest();
    double y = 50;
    for (Sensitivities line : top) {
      svg.text(310, y + 19, line.number().why(), "end", 13);
      for (int i = 0; i < columns.size(); i++) {
        double points = line.points().get(i);
        svg.rectangle(319 + 95 * i, y, 92, 28, shade(points / most));
        svg.text(
            365 + 95 * i,
            y + 19,
            Validation.format("%+.2f", points).replaceFirst("^[+-]0\\.00$", "0"),
            "middle",
            13);
      }
      y += 30;
    }
    svg.write(file);
  }

  /// Blue above none, orange below, white at none.
  private static String shade(double share) {
    int[] full = share > 0 ? new int[] {0x6b, 0xae, 0xd6} : new int[] {0xf4, 0x9a, 0x5c};
    double s = Math.abs(share);
    return Validation.format(
        "#%02x%02x%02x",
        Math.round(255 - s * (255 - full[0])),
        Math.round(255 - s * (255 - full[1])),
        Math.round(255 - s * (255 - full[2])));
  }
}
