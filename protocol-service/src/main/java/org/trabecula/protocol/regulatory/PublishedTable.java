package org.trabecula.protocol.regulatory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.trabecula.clinicalrules.regulatory.RegulatoryAliases;
import org.trabecula.clinicalrules.regulatory.RegulatoryTable;
import org.trabecula.clinicalrules.regulatory.StatedRow;

/// The regulators' table that ships with this release.
///
/// @param version hash of the table and its aliases
public record PublishedTable(RegulatoryTable table, String version) {
  private static final String FOLDER = "/org/trabecula/clinicalrules/";

  /// A table that cannot be read stops the start, naming line and column.
  public static PublishedTable shipped(ObjectMapper json) {
    try {
      byte[] stated = resource("regulatory.csv");
      byte[] aliases = resource("regulatory-aliases.json");
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(stated);
      hash.update(aliases);
      return new PublishedTable(
          json.readValue(aliases, RegulatoryAliases.class).table(rows(stated)),
          HexFormat.of().formatHex(hash.digest(), 0, 8));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("The regulatory table cannot be read", e);
    }
  }

  private static List<StatedRow> rows(byte[] csv) throws IOException {
    try (var rows =
        CsvMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build()
            .readerFor(StatedRow.class)
            .with(CsvSchema.emptySchema().withHeader().withStrictHeaders(true))
            .<StatedRow>readValues(csv)) {
      return rows.readAll();
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RegulatoryTable.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(FOLDER + name + " is missing");
      }
      return in.readAllBytes();
    }
  }
}
