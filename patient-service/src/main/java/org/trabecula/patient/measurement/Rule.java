package org.trabecula.patient.measurement;

import java.util.List;
import org.trabecula.contracts.Analyte.Provenance;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Finding.Severity;
import org.trabecula.contracts.MeasurementRecorded.Finding.Use;

/// The rules of data quality, one severity each. DATA-02a is not among them: a value outside its
/// plausible range whose unit nobody confirms is refused ([Canonical]) and never stored.
enum Rule {
  UNIT_CONFIRMED(
      "DATA-02b",
      Severity.WARN,
      OnUnknown.SILENT,
      List.of(),
      "Reference ranges of about 118 to 1292 ng/L (CTX) and 16 to 96 ug/L (P1NP): Mayo, Labcorp",
      Provenance.FOUND),
  CTX_SAMPLE(
      "DATA-03",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(Use.VERDICT),
      "Mayo: fast 12 h, collect before 10 a.m.; ARUP: fasting morning sample",
      Provenance.FOUND),
  BIOTIN(
      "DATA-04",
      Severity.WARN,
      OnUnknown.SILENT,
      List.of(Use.VERDICT, Use.FORECAST),
      "ARUP; Labcorp (P1NP: stop 72 h before)",
      Provenance.FOUND),
  OTHER_ASSAY(
      "DATA-05",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "IOF-IFCC reference analytes; automated and manual CTX are not interchangeable (PMID 22348982)",
      Provenance.FOUND),
  MARKER_WITHIN_LSC(
      "DATA-06",
      Severity.INFO,
      OnUnknown.SILENT,
      List.of(),
      "LSC 30 % (PMC2705815); P1NP 25 % (NW London)",
      Provenance.FOUND),
  FRACTURE(
      "DATA-07a",
      Severity.WARN,
      OnUnknown.SILENT,
      List.of(),
      "A healing fracture raises P1NP (peak at 3 months) and CTX for 6 to 12 months",
      Provenance.RECALLED),
  OSTEOTOMY(
      "DATA-07b",
      Severity.WARN,
      OnUnknown.SILENT,
      List.of(),
      "An osteotomy heals as a fracture does",
      Provenance.RECALLED),
  RENAL_RETENTION(
      "DATA-07c",
      Severity.WARN,
      OnUnknown.SILENT,
      List.of(),
      "Below an eGFR of 30, CTX, osteocalcin and monomeric (total) P1NP accumulate",
      Provenance.RECALLED),
  OTHER_SCANNER(
      "DATA-08a",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "ISCD; PhenX note on machines and LSC",
      Provenance.FOUND),
  SHORT_INTERVAL(
      "DATA-08b",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "ISCD: 12 months between scans, 6 under glucocorticoids",
      Provenance.FOUND),
  SCAN_WITHIN_LSC(
      "DATA-09",
      Severity.INFO,
      OnUnknown.SILENT,
      List.of(),
      "ISCD: 2.77 times the precision",
      Provenance.RECALLED),
  T_SCORE(
      "DATA-10",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "ISCD: T-scores from menopause on, and in men from 50 on",
      Provenance.RECALLED),
  TESTOSTERONE_TIME(
      "DATA-11a",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "TRAVERSE entry: two morning fasting values below 300 ng/dL; Endocrine Society",
      Provenance.FOUND),
  TESTOSTERONE_ONCE(
      "DATA-11b",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "TRAVERSE entry: two morning fasting values below 300 ng/dL; Endocrine Society",
      Provenance.FOUND),
  LOW_ESTRADIOL(
      "DATA-12",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "Direct immunoassays are unreliable below 20 to 30 pg/mL",
      Provenance.RECALLED),
  SPINE(
      "DATA-13",
      Severity.INFO,
      OnUnknown.SILENT,
      List.of(),
      "ISCD: at least two evaluable vertebrae",
      Provenance.RECALLED),
  IGF_1(
      "DATA-14",
      Severity.WARN,
      OnUnknown.AS_TRUE,
      List.of(),
      "IGF-1 falls with age: only a Z-score for age and sex can be read",
      Provenance.RECALLED);

  /// What a rule makes of a fact that nobody knows.
  enum OnUnknown {
    /// The finding is made, and says what is unknown: trust would be a guess.
    AS_TRUE,
    /// No finding: most patients would carry it for life, and it would hide the others.
    SILENT
  }

  final String id;
  final Severity severity;
  final OnUnknown onUnknown;
  final List<Use> excludes;
  final String evidence;
  final Provenance provenance;

  Rule(
      String id,
      Severity severity,
      OnUnknown onUnknown,
      List<Use> excludes,
      String evidence,
      Provenance provenance) {
    this.id = id;
    this.severity = severity;
    this.onUnknown = onUnknown;
    this.excludes = excludes;
    this.evidence = evidence;
    this.provenance = provenance;
  }

  boolean holds(Truth truth) {
    return truth == Truth.TRUE || (truth == Truth.UNKNOWN && onUnknown == OnUnknown.AS_TRUE);
  }

  Finding finding(String message) {
    return new Finding(id, severity, message, excludes);
  }
}
