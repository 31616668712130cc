package org.trabecula.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// What the article that this project starts from reports as typical change a year, and what trials
/// show of it.
///
/// @param low end of its range, per cent a year
record SourceArticle(
    String treatment, Scenario scenario, Measure site, double low, double high, String trials) {

  static List<SourceArticle> claims() {
    try (InputStream in =
            Objects.requireNonNull(SourceArticle.class.getResourceAsStream("source-article.csv"));
        CSVParser parser =
            CSVParser.parse(
                new InputStreamReader(in, StandardCharsets.UTF_8),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      List<SourceArticle> claims = new ArrayList<>();
      for (CSVRecord r : parser) {
        claims.add(
            new SourceArticle(
                r.get("treatment"),
                Scenario.valueOf(r.get("scenario")),
                Measure.valueOf(r.get("site")),
                Double.parseDouble(r.get("low")),
                Double.parseDouble(r.get("high")),
                r.get("trials")));
      }
      return claims;
    } catch (IOException e) {
      throw new IllegalStateException("source-article.csv is missing from the build", e);
    }
  }
}
