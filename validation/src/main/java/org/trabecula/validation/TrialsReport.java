package org.trabecula.validation;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.trabecula.validation.TrialFile.Rejected;

/// Predictions as text: every row, the errors by drug class, the rows that could not be asked.
final class TrialsReport {

  private TrialsReport() {}

  static void print(List<Prediction> predictions, List<Rejected> skipped, PrintStream out) {
    List<Prediction> judged =
        predictions.stream().filter(p -> p.question().isOnTreatment()).toList();
    out.println(
        "Per cent from baseline, differences from placebo and per cent a year as reported.");
    out.println(
        "Interval: 90 % for the mean of such an arm. Rows marked * are the ones judged below.");
    out.println();
    out.println(
        Validation.format(
            "%-5s %-20s %-34s %-12s %6s %8s %8s %-18s %7s",
            "line",
            "trial",
            "arm",
            "outcome",
            "month",
            "observed",
            "median",
            "90 % interval",
            "error"));
    predictions.forEach(p -> out.println(line(p)));
    out.println();
    remarks(predictions, out);
    skipped(skipped, out);
    classes(judged, out);
    Score all = Score.of(judged);
    out.println(
        Validation.format(
            "rows=%d mae=%.2f bias=%.2f coverage90=%.2f skipped=%d",
            all.rows(), all.mae(), all.bias(), all.coverage(), skipped.size()));
  }

  private static String line(Prediction p) {
    TrialRow row = p.question().row();
    return Validation.format(
        "%-5d %-20s %-34s %-12s %6.1f %8.2f %8.2f [%7.2f, %7.2f] %7.2f%s",
        row.line(),
        shortened(row.trial(), 20),
        shortened(row.arm(), 34),
        shortened(row.outcome(), 12),
        row.months(),
        p.question().observed(),
        p.median(),
        p.low(),
        p.high(),
        p.error(),
        p.question().isOnTreatment() ? " *" : "");
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  private static void remarks(List<Prediction> predictions, PrintStream out) {
    List<Prediction> remarked =
        predictions.stream().filter(p -> !p.question().remarks().isEmpty()).toList();
    if (remarked.isEmpty()) {
      return;
    }
    out.println("How rows that leave something open were read:");
    for (Prediction p : remarked) {
      out.println(
          Validation.format(
              "  %-5d %-20s %s",
              p.question().row().line(),
              p.question().row().trial(),
              String.join("; ", p.question().remarks().stream().distinct().toList())));
    }
    out.println();
  }

  private static void skipped(List<Rejected> skipped, PrintStream out) {
    if (skipped.isEmpty()) {
      return;
    }
    out.println("Rows that the model cannot represent:");
    skipped.forEach(
        row ->
            out.println(
                Validation.format("  %-5d %-20s %s", row.line(), row.trial(), row.reason())));
    out.println();
  }

  static void classes(List<Prediction> judged, PrintStream out) {
    out.println(
        Validation.format(
            "%-44s %5s %6s %6s %9s", "drug class", "rows", "mae", "bias", "coverage"));
    for (Map.Entry<DrugClass, Score> entry : Score.byClass(judged).entrySet()) {
      Score score = entry.getValue();
      out.println(
          Validation.format(
              "%-44s %5d %6.2f %6.2f %8.0f%%",
              entry.getKey().title(),
              score.rows(),
              score.mae(),
              score.bias(),
              100 * score.coverage()));
    }
    out.println();
  }
}
