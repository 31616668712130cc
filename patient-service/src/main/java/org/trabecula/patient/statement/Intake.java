package org.trabecula.patient.statement;

import static org.trabecula.contracts.ProfileRecorded.Presence.PRESENT;
import static org.trabecula.contracts.ProfileRecorded.Presence.UNKNOWN;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.profile.Medicine;

/// Says what stands against a statement.
@ApplicationScoped
class Intake {
  private static final int LONGEST = 200;
  private static final int MOST_CODINGS = 50;

  /// Years; nobody known has lived longer than 122.
  private static final int OLDEST = 130;

  private final FactCatalogue catalogue;
  private final Ucum ucum;

  /// Today where it begins first, so that nobody's today is in the future.
  private final Clock clock = Clock.system(ZoneOffset.ofHours(14));

  Intake(FactCatalogue catalogue, Ucum ucum) {
    this.catalogue = catalogue;
    this.ucum = ucum;
  }

  void check(Stated stated, Source source, @Nullable YearMonth birth, Refusals refusals) {
    required("source.system", source.system(), refusals);
    required("source.id", source.id(), refusals);
    switch (stated) {
      case StatedFact fact -> fact(fact, birth, refusals);
      case StatedMedication medication -> medication(medication, birth, refusals);
    }
  }

  private void fact(StatedFact stated, @Nullable YearMonth birth, Refusals refusals) {
    codings(stated.codings(), refusals);
    Optional<ClinicalFact> known = Optional.ofNullable(stated.code()).flatMap(catalogue::byCode);
    if (known.isEmpty()) {
      refusals.add("code", "Is not in the catalogue of clinical facts.");
      return;
    }
    ClinicalFact fact = known.get();
    switch (fact.kind()) {
      case CONDITION, EVENT -> presence(stated, refusals);
      case QUANTITY -> quantity(stated, fact, refusals);
      case CODED -> coded(stated, fact, refusals);
      case MEASUREMENT ->
          refusals.add("code", "Is measured: record it as a measurement of " + fact.code() + ".");
    }
    period(stated.since(), stated.until(), birth, true, refusals);
    statedOn(stated.statedOn(), birth, refusals);
  }

  private static void presence(StatedFact stated, Refusals refusals) {
    if (stated.presence() == null) {
      refusals.add("presence", "Is required: PRESENT, ABSENT or UNKNOWN.");
    }
    none("value", stated.value(), refusals);
    none("coded", stated.coded(), refusals);
    if (stated.presence() != PRESENT) {
      String reason = "There is none of what the patient is not known to have.";
      none("since", stated.since(), reason, refusals);
      none("until", stated.until(), reason, refusals);
    }
  }

  private void quantity(StatedFact stated, ClinicalFact fact, Refusals refusals) {
    none("coded", stated.coded(), refusals);
    if (isAnswered("value", stated, stated.value(), refusals) && stated.value() != null) {
      amount(stated.value(), fact, refusals);
    }
  }

  private void amount(Quantity amount, ClinicalFact fact, Refusals refusals) {
    if (amount.value() == null) {
      refusals.add("value.value", "Is required.");
    } else if (Ucum.isUnwieldy(amount.value())) {
      refusals.add("value.value", "Has more digits than anybody states.");
    } else if (amount.unit() == null || amount.unit().isBlank()) {
      refusals.add("value.unit", "Is required; a number without a unit is never guessed at.");
    } else {
      Optional<Quantity> canonical = Known.canonical(amount, fact, ucum);
      if (canonical.isEmpty()) {
        refusals.add("value.unit", "Is no UCUM unit that can be converted to " + fact.unit() + ".");
      } else if (!fact.isPlausible(canonical.get().value())) {
        refusals.add("value.value", implausible(fact));
      }
    }
  }

  private static String implausible(ClinicalFact fact) {
    var plausible = fact.plausible();
    return plausible == null
        ? "Is implausible."
        : "Is outside the plausible range, %s to %s %s."
            .formatted(
                plausible.minimum().toPlainString(),
                plausible.maximum().toPlainString(),
                fact.unit());
  }

  private static void coded(StatedFact stated, ClinicalFact fact, Refusals refusals) {
    none("value", stated.value(), refusals);
    if (isAnswered("coded", stated, stated.coded(), refusals)
        && stated.coded() != null
        && !fact.values().contains(stated.coded())) {
      refusals.add("coded", "Is one of " + String.join(", ", fact.values()) + ".");
    }
  }

  /// A value, or UNKNOWN in its place.
  private static boolean isAnswered(
      String field, StatedFact stated, @Nullable Object value, Refusals refusals) {
    String onset = "Only what is present or absent has an onset and an end.";
    none("since", stated.since(), onset, refusals);
    none("until", stated.until(), onset, refusals);
    if (stated.presence() != null && stated.presence() != UNKNOWN) {
      refusals.add("presence", "Is left out beside a value, or UNKNOWN in its place.");
    } else if ((stated.presence() == UNKNOWN) == (value != null)) {
      refusals.add(field, "Is required, or presence UNKNOWN in its place.");
    }
    return value != null;
  }

  private void medication(
      StatedMedication medication, @Nullable YearMonth birth, Refusals refusals) {
    if (medication.agent() != null) {
      Medicine.checkAgent("agent", medication.agent(), refusals);
    } else if (medication.text() == null && medication.codings().isEmpty()) {
      refusals.add("agent", "Is required, or text or codings in its place.");
    }
    refusals.checkText("text", medication.text(), LONGEST * 5);
    codings(medication.codings(), refusals);
    Medicine.checkDailyDose("dailyDose.", medication.dailyDose(), ucum, refusals);
    period(medication.since(), medication.until(), birth, false, refusals);
  }

  /// @param past whether it must have begun and ended by now; a medication may be planned
  private void period(
      @Nullable String since,
      @Nullable String until,
      @Nullable YearMonth birth,
      boolean past,
      Refusals refusals) {
    PartialDate start = date("since", since, birth, past, refusals);
    PartialDate end = date("until", until, birth, past, refusals);
    if (start != null && end != null && end.last().isBefore(start.first())) {
      refusals.add("until", "Is before since.");
    }
  }

  private @Nullable PartialDate date(
      String field,
      @Nullable String text,
      @Nullable YearMonth birth,
      boolean past,
      Refusals refusals) {
    if (text == null) {
      return null;
    }
    try {
      PartialDate date = PartialDate.parse(text);
      LocalDate today = LocalDate.now(clock);
      if (past && date.first().isAfter(today)) {
        refusals.add(field, "Is in the future.");
      } else if (date.first().isAfter(today.plusYears(OLDEST))
          || date.last().isBefore(today.minusYears(OLDEST))) {
        refusals.add(field, "Is in no year that a patient lives in.");
      } else if (birth != null && date.last().isBefore(birth.atDay(1))) {
        refusals.add(field, "Is before the patient's birth.");
      }
      return date;
    } catch (DateTimeException e) {
      refusals.add(field, "Is no day (YYYY-MM-DD), month (YYYY-MM) or year (YYYY).");
      return null;
    }
  }

  private void statedOn(
      @Nullable LocalDate statedOn, @Nullable YearMonth birth, Refusals refusals) {
    if (statedOn != null) {
      if (statedOn.isAfter(LocalDate.now(clock))) {
        refusals.add("statedOn", "Is in the future.");
      } else if (statedOn.isBefore(
          birth == null ? LocalDate.now(clock).minusYears(OLDEST) : birth.atDay(1))) {
        refusals.add("statedOn", "Is before the patient's birth.");
      }
    }
  }

  private static void codings(List<Coding> codings, Refusals refusals) {
    if (codings.size() > MOST_CODINGS) {
      refusals.add("codings", "Has at most " + MOST_CODINGS + " elements.");
      return;
    }
    for (int i = 0; i < codings.size(); i++) {
      String field = "codings[" + i + "].";
      refusals.checkText(field + "system", codings.get(i).system(), LONGEST);
      refusals.checkText(field + "code", codings.get(i).code(), LONGEST);
      refusals.checkText(field + "display", codings.get(i).display(), LONGEST * 5);
    }
  }

  private static void required(String field, @Nullable String text, Refusals refusals) {
    if (text == null) {
      refusals.add(field, "Is required.");
    }
    refusals.checkText(field, text, LONGEST * 2);
  }

  private static void none(String field, @Nullable Object value, Refusals refusals) {
    none(field, value, "Is of another kind of fact than this.", refusals);
  }

  private static void none(String field, @Nullable Object value, String reason, Refusals refusals) {
    if (value != null) {
      refusals.add(field, reason);
    }
  }

  /// A number as the database gives it back, so that a re-send is known as one.
  static BigDecimal plain(BigDecimal value) {
    return value.scale() < 0 ? value.setScale(0) : value;
  }
}
