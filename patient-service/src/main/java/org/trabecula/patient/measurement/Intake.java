package org.trabecula.patient.measurement;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.Analyte.Loinc;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.measurement.Reading.Context;

/// Believes a submitted measurement, or says what stands against it.
@ApplicationScoped
class Intake {
  /// The source of what names none: its natural key is what was measured, when and how.
  private static final String UNSTATED = "urn:trabecula:source:unstated";

  private static final int LONGEST = 200;
  private static final int LONGEST_NOTE = 2_000;

  private final Catalogue catalogue;
  private final Canonical canonical;
  private final Clock clock = Clock.systemUTC();

  Intake(Catalogue catalogue, Canonical canonical) {
    this.catalogue = catalogue;
    this.canonical = canonical;
  }

  /// @param own what stands against this measurement is added here
  /// @return empty when something does
  Optional<Reading> accept(
      UUID patient, @Nullable YearMonth birth, SubmittedMeasurement submitted, Refusals own) {
    Analyte analyte = analyte(submitted, own);
    EffectiveTime effective = effective(submitted.effectiveAt(), birth, own);
    BigDecimal value = value(submitted.value(), own);
    String unit = unit(submitted.unit(), own);
    texts(submitted, own);
    if (analyte == null || effective == null || value == null || unit == null) {
      return Optional.empty();
    }
    boolean confirmed = Boolean.TRUE.equals(submitted.unitConfirmed());
    BigDecimal inCanonicalUnit = canonical.of(analyte, value, unit, confirmed, own);
    if (inCanonicalUnit == null) {
      return Optional.empty();
    }
    String ucum = canonical.ucum(analyte, unit);
    Context context = context(analyte, submitted, unit, ucum, own);
    if (!own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Reading(
            patient,
            analyte.code(),
            new Quantity(inCanonicalUnit, analyte.unit()),
            new Quantity(value, ucum),
            submitted.comparator(),
            effective,
            submitted.status() == null ? Status.FINAL : submitted.status(),
            submitted.fasting() == null ? Fasting.UNKNOWN : submitted.fasting(),
            orElse(submitted.method(), submitted, Loinc::method),
            submitted.laboratory(),
            submitted.device(),
            source(patient, analyte, effective, submitted),
            context));
  }

  /// The catalogue's code of what was measured, as far as it can be told before all is checked.
  Optional<String> code(SubmittedMeasurement submitted) {
    String code = submitted.analyte();
    String loinc = submitted.loinc();
    return code != null
        ? Optional.of(code)
        : Optional.ofNullable(loinc).flatMap(catalogue::byLoinc).map(Analyte::code);
  }

  private Context context(
      Analyte analyte, SubmittedMeasurement submitted, String written, String ucum, Refusals own) {
    var interval = submitted.referenceInterval();
    BigDecimal low = interval == null ? null : bound("low", analyte, interval.low(), ucum, own);
    BigDecimal high = interval == null ? null : bound("high", analyte, interval.high(), ucum, own);
    if (low != null && high != null && low.compareTo(high) > 0) {
      own.add("referenceInterval", "Its low is above its high.");
    }
    return new Context(
        written.equals(ucum) ? null : written,
        Boolean.TRUE.equals(submitted.unitConfirmed()),
        orElse(submitted.specimen(), submitted, Loinc::specimen),
        submitted.region(),
        submitted.note(),
        low,
        high);
  }

  /// What the LOINC code says where the sender says nothing.
  private @Nullable String orElse(
      @Nullable String stated,
      SubmittedMeasurement submitted,
      Function<Loinc, @Nullable String> said) {
    return stated == null ? catalogue.loinc(submitted.loinc()).map(said).orElse(null) : stated;
  }

  private @Nullable BigDecimal bound(
      String name, Analyte analyte, @Nullable BigDecimal bound, String unit, Refusals own) {
    if (bound == null) {
      return null;
    }
    if (Ucum.isUnwieldy(bound)) {
      own.add("referenceInterval." + name, "Has more digits than a measurement has.");
      return null;
    }
    return canonical.convert(analyte, bound, unit).orElse(null);
  }

  private @Nullable Analyte analyte(SubmittedMeasurement submitted, Refusals refusals) {
    String code = submitted.analyte();
    String loinc = submitted.loinc();
    if (code == null && loinc == null) {
      refusals.add("analyte", "Is required, or loinc in its place.");
      return null;
    }
    Optional<Analyte> byCode = Optional.ofNullable(code).flatMap(catalogue::byCode);
    Optional<Analyte> byLoinc = Optional.ofNullable(loinc).flatMap(catalogue::byLoinc);
    if (code != null && byCode.isEmpty()) {
      refusals.add("analyte", "Is not in the catalogue.");
      return null;
    }
    if (loinc != null && byLoinc.isEmpty()) {
      refusals.add("loinc", "Is not in the catalogue.");
      return null;
    }
    if (code != null && loinc != null && !Objects.equals(byCode, byLoinc)) {
      refusals.add("loinc", "Is another analyte than " + code + ".");
      return null;
    }
    return byCode.isPresent() ? byCode.get() : located(byLoinc.orElseThrow(), refusals);
  }

  /// Some LOINC codes do not tell the site, and here a LOINC code is all there is.
  private static @Nullable Analyte located(Analyte analyte, Refusals refusals) {
    if (analyte.bodySite() != null && analyte.bodySite().required()) {
      refusals.add(
          "loinc", "Does not tell the site: name the analyte, such as " + analyte.code() + ".");
      return null;
    }
    return analyte;
  }

  private @Nullable EffectiveTime effective(
      @Nullable String text, @Nullable YearMonth birth, Refusals refusals) {
    if (text == null) {
      refusals.add("effectiveAt", "Is required.");
      return null;
    }
    try {
      EffectiveTime effective = EffectiveTime.parse(text);
      String refusal = effective.refusal(clock, birth);
      if (refusal != null) {
        refusals.add("effectiveAt", refusal);
        return null;
      }
      return effective;
    } catch (DateTimeException e) {
      refusals.add("effectiveAt", "Is no date-time with an offset, and no date, month or year.");
      return null;
    }
  }

  private static @Nullable BigDecimal value(@Nullable BigDecimal value, Refusals refusals) {
    if (value == null) {
      refusals.add("value", "Is required.");
      return null;
    }
    if (Ucum.isUnwieldy(value)) {
      refusals.add("value", "Has more digits than a measurement has.");
      return null;
    }
    return value;
  }

  private static @Nullable String unit(@Nullable String unit, Refusals refusals) {
    if (unit == null || unit.isBlank()) {
      refusals.add("unit", "Is required; a number without a unit is never guessed at.");
      return null;
    }
    return unit;
  }

  private static void texts(SubmittedMeasurement submitted, Refusals refusals) {
    refusals.checkText("method", submitted.method(), LONGEST);
    refusals.checkText("laboratory", submitted.laboratory(), LONGEST);
    refusals.checkText("device", submitted.device(), LONGEST);
    refusals.checkText("unit", submitted.unit(), LONGEST);
    refusals.checkText("specimen", submitted.specimen(), LONGEST);
    refusals.checkText("region", submitted.region(), LONGEST);
    refusals.checkText("note", submitted.note(), LONGEST_NOTE);
    Source source = submitted.source();
    if (source != null) {
      required("source.system", source.system(), refusals);
      required("source.id", source.id(), refusals);
    }
  }

  private static void required(String field, @Nullable String text, Refusals refusals) {
    if (text == null) {
      refusals.add(field, "Is required.");
    }
    refusals.checkText(field, text, LONGEST * 2);
  }

  private static Source source(
      UUID patient, Analyte analyte, EffectiveTime effective, SubmittedMeasurement submitted) {
    return submitted.source() != null
        ? submitted.source()
        : new Source(
            UNSTATED,
            String.join(
                "|",
                patient.toString(),
                analyte.code(),
                effective.at() + "/" + effective.precision(),
                Objects.requireNonNullElse(submitted.method(), ""),
                Objects.requireNonNullElse(submitted.laboratory(), "")));
  }
}
