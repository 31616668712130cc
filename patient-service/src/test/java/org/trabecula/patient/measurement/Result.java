package org.trabecula.patient.measurement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.measurement.Reading.Context;

/// A result as a test needs it: fasting, in the morning, final, of one assay and one scanner, and
/// whatever is said otherwise.
final class Result {
  static final UUID PATIENT = new UUID(1, 1);

  private final String analyte;
  private final BigDecimal value;
  private String at = "2026-01-05T08:30:00Z";
  private String unit = "1";
  private Status status = Status.FINAL;
  private Fasting fasting = Fasting.YES;
  private Comparator comparator;
  private String method;
  private String laboratory = "North";
  private String device = "dxa-1";
  private String region;
  private boolean confirmed;
  private BigDecimal low;
  private BigDecimal high;

  private Result(String analyte, String value) {
    this.analyte = analyte;
    this.value = new BigDecimal(value);
    this.method = analyte.startsWith("bmd-") || analyte.contains("score") ? null : "Elecsys";
  }

  static Result of(String analyte, String value) {
    return new Result(analyte, value);
  }

  Result at(String time) {
    at = time;
    return this;
  }

  Result unit(String code) {
    unit = code;
    return this;
  }

  Result status(Status other) {
    status = other;
    return this;
  }

  Result fasting(Fasting other) {
    fasting = other;
    return this;
  }

  Result comparator(Comparator other) {
    comparator = other;
    return this;
  }

  Result method(String other) {
    method = other;
    return this;
  }

  Result laboratory(String other) {
    laboratory = other;
    return this;
  }

  Result device(String other) {
    device = other;
    return this;
  }

  Result region(String other) {
    region = other;
    return this;
  }

  Result confirmed() {
    confirmed = true;
    return this;
  }

  Result interval(String from, String to) {
    low = new BigDecimal(from);
    high = new BigDecimal(to);
    return this;
  }

  Measurement build() {
    var quantity = new Quantity(value, unit);
    return Measurement.first(
        "clinic",
        new Reading(
            PATIENT,
            analyte,
            quantity,
            quantity,
            comparator,
            EffectiveTime.parse(at),
            status,
            fasting,
            method,
            laboratory,
            device,
            new Source("test", String.join("|", analyte, at, value.toString(), "" + laboratory)),
            new Context(null, confirmed, null, region, null, low, high)),
        Instant.parse("2026-06-01T00:00:00Z"));
  }
}
