package org.trabecula.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trabecula.localstack.ForecastListener.Heard;

/// A forecast event in a few lines that a person reads at a terminal.
final class DemoForecast {
  private static final List<Integer> MONTHS = List.of(12, 24, 60, 120);
  private static final Map<String, String> SITES =
      Map.of(
          "lumbar-spine", "lumbar spine", "femoral-neck", "femoral neck", "total-hip", "total hip");

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
    text.append("    %-14s%-24s".formatted("BMD", "now"));
    MONTHS.forEach(month -> text.append("%6d mo".formatted(month)));
    text.append("\n");
    for (String site : List.of("lumbar-spine", "femoral-neck", "total-hip")) {
      var change = series(body, "bmd-change", site);
      if (change != null) {
        text.append("    %-14s%-24s".formatted(SITES.get(site), now(body, site)));
        MONTHS.forEach(month -> text.append(change(at(body, change, month))));
        text.append("\n");
      }
    }
    var ctx = series(body, "ctx", null);
    if (ctx != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "    CTX now %.0f ng/L, after 12 months %.0f ng/L%n",
              at(body, ctx, 0),
              at(body, ctx, 12)));
    }
  }

  /// The level, whether it is the patient's own, and the T-score where one applies.
  private static String now(JsonNode body, String site) {
    var level = series(body, "bmd", site);
    if (level == null) {
      return "";
    }
    var own = word(level, "basis").equals("PATIENT") ? "" : "~";
    var score = series(body, "t-score", site);
    return String.format(Locale.ROOT, "%s%.3f g/cm2", own, at(body, level, 0))
        + (score == null ? "" : String.format(Locale.ROOT, "  T %+.1f", at(body, score, 0)));
  }

  private static String change(double percent) {
    return Double.isNaN(percent) ? "        -" : String.format(Locale.ROOT, " %+6.1f %%", percent);
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

  /// The median after so many months, or NaN when the forecast does not reach them.
  private static double at(JsonNode body, JsonNode series, int month) {
    var months = body.path("months");
    for (int i = 0; i < months.size(); i++) {
      if (months.get(i).asInt() == month) {
        return series.path("q50").path(i).asDouble(Double.NaN);
      }
    }
    return Double.NaN;
  }

  private static String word(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
