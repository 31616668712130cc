package org.trabecula.clinicalrules.regulatory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.trabecula.clinicalrules.ShippedData;

/// A table with the file that it was read from.
///
/// @param version hash of the file and of the aliases by which it was read
public record PublishedTable(RegulatoryTable table, String version, String file) {
  private static final String TABLE = "regulatory.csv";
  private static final String ALIASES = "regulatory-aliases.json";
  private static final YearMonth ANY_MONTH = YearMonth.of(9999, 12);
  private static final int HASH_BYTES = 8;

  /// The table of this release. One that cannot be read stops the start, naming line and column.
  public static PublishedTable shipped() {
    return read(ShippedData.file(TABLE), ANY_MONTH);
  }

  /// @param latest no row was checked later
  /// @throws UnreadableTable with every mistake, when there is one
  public static PublishedTable read(byte[] bytes, YearMonth latest) {
    byte[] meanings = ShippedData.file(ALIASES);
    var aliases = ShippedData.read(ALIASES, meanings, RegulatoryAliases.class);
    String file = text(bytes);
    var mistakes = new ArrayList<Mistake>();
    List<StatedRow> stated = RegulatoryCsv.rows(file, mistakes);
    List<RegulatoryRow> rows = aliases.rows(stated, latest, mistakes);
    if (rows.isEmpty() && mistakes.isEmpty()) {
      mistakes.add(new Mistake(1, "row", "there is no row below the header"));
    }
    if (!mistakes.isEmpty()) {
      throw new UnreadableTable(mistakes);
    }
    return new PublishedTable(new RegulatoryTable(rows), hash(bytes, meanings), file);
  }

  /// The month in which the newest row was checked.
  public YearMonth asOf() {
    return table.rows().stream()
        .map(RegulatoryRow::asOf)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableTable(List.of(new Mistake(1, "row", "the file is not UTF-8")));
    }
  }

  private static String hash(byte[] file, byte[] aliases) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(file);
      hash.update(aliases);
      return HexFormat.of().formatHex(hash.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
