package org.trabecula.clinicalrules.regulatory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.contracts.RegulatoryStatus;

/// The table as it ships, as file, as wording and as codes, and variations on it.
final class Tables {
  static final String FILE = new String(ShippedData.file("regulatory.csv"), UTF_8);
  static final List<String> LINES = FILE.lines().toList();
  static final List<StatedRow> STATED = RegulatoryCsv.rows(FILE, new ArrayList<>());
  static final RegulatoryAliases ALIASES =
      ShippedData.read(
          "regulatory-aliases.json",
          ShippedData.file("regulatory-aliases.json"),
          RegulatoryAliases.class);
  static final RegulatoryTable TABLE = PublishedTable.shipped().table();

  /// The header of the shipped table.
  static final String HEADER = LINES.getFirst();

  /// A line that reads well below it.
  static final String GOOD =
      "EU-EMA,clomiphene,oral,men,male hypogonadism,OFF_LABEL,none,-,SmPC,recalled,high,2026-11";

  static final YearMonth NOW = YearMonth.of(2026, 11);

  private Tables() {}

  static PublishedTable read(String... lines) {
    return PublishedTable.read(String.join("\n", lines).getBytes(UTF_8), NOW);
  }

  static RegulatoryRow row(String line) {
    return read(HEADER, line).table().rows().getFirst();
  }

  static RegulatoryRow with(RegulatoryRow row, RegulatoryStatus status, YearMonth asOf) {
    return new RegulatoryRow(
        row.region(),
        row.agent(),
        row.form(),
        row.forms(),
        row.population(),
        row.populationWording(),
        row.indication(),
        row.indicationWording(),
        status,
        row.controlledSubstance(),
        row.notes(),
        row.source(),
        row.provenance(),
        row.confidence(),
        asOf,
        row.prohibition());
  }
}
