package org.trabecula.kit.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What follows the question mark of a URL, or stands in a form.
public final class UrlQuery {
  private UrlQuery() {}

  /// @return names and values in their order
  /// @throws FhirProblem when a percent sign is followed by no number
  public static List<Map.Entry<String, String>> parse(@Nullable String raw) {
    var parameters = new ArrayList<Map.Entry<String, String>>();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    for (String parameter : raw.split("&")) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.add(
            Map.entry(
                decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1))));
      } else if (!parameter.isEmpty()) {
        parameters.add(Map.entry(decode(parameter), ""));
      }
    }
    return parameters;
  }

  public static String write(List<Map.Entry<String, String>> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.stream()
            .map(
                parameter ->
                    URLEncoder.encode(parameter.getKey(), UTF_8)
                        + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new FhirProblem(
          400, Reason.SEARCH_PARAMETER, "", "The query has a percent sign without a number.");
    }
  }
}
