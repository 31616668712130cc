package org.trabecula.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.ForecastListener.Heard;

/// A forecast event in a few lines that a person reads at a terminal.
final class DemoForecast {
  private static final List<Integer> MONTHS = List.of(12, 24, 60, 120);
  private static final int SCANS_APART = 24;
  private static final List<String> SITES = List.of("lumbar-spine", "femoral-neck", "total-hip");

  private DemoForecast() {}

  static String of(Heard event) {
    var body = event.body();
    var text = new StringBuilder();
    text.append("    key     %s%n".formatted(event.key()));
    text.append("    ce_id   %s%n".formatted(event.headers().get("ce_id")));
    text.append("    ce_type %s%n".formatted(event.headers().get("ce_type")));
    text.append("    asOf    %s%n".formatted(body.path("asOf").asText()));
    if (body.has("reason")) {
      text.append("    refused %s: %s%n".formatted(word(body, "reason"), word(body, "message")));
    } else {
      table(body, text);
    }
    return text.toString();
  }

  private static void table(JsonNode body, StringBuilder text) {
    text.append("    %-13s%-22s".formatted("BMD", "now"));
    MONTHS.forEach(month -> text.append("%17d mo".formatted(month)));
    text.append("   change in %: median (80 %)\n");
    for (String site : SITES) {
      var change = series(body, "bmd-change", site);
      if (change != null) {
        text.append("    %-13s%-22s".formatted(name(site), now(body, site)));
        MONTHS.forEach(month -> text.append(" %19s".formatted(change(body, change, month))));
        text.append("\n");
      }
    }
    var ctx = series(body, "ctx", null);
    if (ctx != null) {
      text.append(
          "    CTX now %s, after 12 months %s ng/L%n"
              .formatted(level(body, ctx, 0), level(body, ctx, 12)));
    }
    text.append(scans(body));
    var fit = body.path("diagnostics");
    text.append(
        String.format(
            Locale.ROOT,
            "    fit     %s; %d members worth %.0f%n",
            word(fit, "verdict"),
            fit.path("members").asInt(),
            fit.path("effectiveSize").asDouble()));
  }

  /// What two scans are likely to show, beside their own error.
  private static String scans(JsonNode body) {
    var parts = new ArrayList<String>();
    for (String site : SITES) {
      double gain = probability(body, "GAIN_BEYOND_LSC", site);
      double loss = probability(body, "LOSS_BEYOND_LSC", site);
      if (!Double.isNaN(gain)) {
        parts.add(
            String.format(
                Locale.ROOT, "%s gain %.0f %%, loss %.0f %%", name(site), 100 * gain, 100 * loss));
      }
    }
    return "    two scans %d months apart differ beyond their error: %s%n"
        .formatted(SCANS_APART, String.join("; ", parts));
  }

  /// The level, whether it is the patient's own, and the T-score where one applies.
  private static String now(JsonNode body, String site) {
    var level = series(body, "bmd", site);
    if (level == null) {
      return "";
    }
    var own = word(level, "basis").equals("PATIENT") ? "" : "~";
    var score = series(body, "t-score", site);
    return String.format(Locale.ROOT, "%s%.3f g/cm2", own, at(body, level, "q50", 0))
        + (score == null ? "" : String.format(Locale.ROOT, "  T %+.1f", at(body, score, "q50", 0)));
  }

  private static String change(JsonNode body, JsonNode change, int month) {
    double median = at(body, change, "q50", month);
    return Double.isNaN(median)
        ? "-"
        : String.format(
            Locale.ROOT,
            "%+.1f (%+.1f to %+.1f)",
            median,
            at(body, change, "q10", month),
            at(body, change, "q90", month));
  }

  private static String level(JsonNode body, JsonNode level, int month) {
    return String.format(
        Locale.ROOT,
        "%.0f (%.0f to %.0f)",
        at(body, level, "q50", month),
        at(body, level, "q10", month),
        at(body, level, "q90", month));
  }

  private static double probability(JsonNode body, String occurrence, String site) {
    for (JsonNode probability : body.path("probabilities")) {
      if (word(probability, "occurrence").equals(occurrence)
          && word(probability, "site").equals(site)) {
        return at(body, probability, "values", SCANS_APART);
      }
    }
    return Double.NaN;
  }

  private static String name(String site) {
    return site.replace('-', ' ');
  }

  private static @Nullable JsonNode series(JsonNode body, String quantity, @Nullable String site) {
    for (JsonNode series : body.path("series")) {
      if (word(series, "quantity").equals(quantity)
          && (site == null || word(series, "site").equals(site))) {
        return series;
      }
    }
    return null;
  }

  /// A value after so many months, or NaN when the forecast does not reach them.
  private static double at(JsonNode body, JsonNode series, String values, int month) {
    var months = body.path("months");
    for (int i = 0; i < months.size(); i++) {
      if (months.get(i).asInt() == month) {
        return series.path(values).path(i).asDouble(Double.NaN);
      }
    }
    return Double.NaN;
  }

  private static String word(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
