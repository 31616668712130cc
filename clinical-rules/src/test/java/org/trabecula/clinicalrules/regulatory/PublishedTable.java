package org.trabecula.clinicalrules.regulatory;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The table and the aliases as they ship.
final class PublishedTable {

  static final List<StatedRow> STATED = stated();
  static final RegulatoryAliases ALIASES = aliases();
  static final RegulatoryTable TABLE = ALIASES.table(STATED);

  private PublishedTable() {}

  private static List<StatedRow> stated() {
    try (InputStream in = resource("regulatory.csv");
        var rows =
            CsvMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .readerFor(StatedRow.class)
                .with(CsvSchema.emptySchema().withHeader().withStrictHeaders(true))
                .<StatedRow>readValues(in)) {
      return rows.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RegulatoryAliases aliases() {
    try (InputStream in = resource("regulatory-aliases.json")) {
      return JsonMapper.builder().build().readValue(in, RegulatoryAliases.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return PublishedTable.class.getResourceAsStream("/org/trabecula/clinicalrules/" + name);
  }
}
