package org.trabecula.patient.profile;

import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.NOT_APPLICABLE;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.POSTMENOPAUSAL;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.SURGICAL;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.UNKNOWN;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Refused;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.Person.Name;

/// A patient who can be registered: nothing that was said contradicts itself, the calendar or a
/// human body.
public record Registration(Person person, Profile profile) {

  /// @throws Refused naming everything that is wrong
  public static Registration of(SubmittedPatient submitted, Clock clock, Ucum ucum) {
    var check = new Check(submitted, ucum, YearMonth.now(clock.withZone(ZoneOffset.ofHours(14))));
    Birth birth = check.run();
    check.refusals.throwIfAny(Refused.Kind.INVALID);
    return new Registration(submitted.person(), submitted.profile(birth));
  }

  Registration withStatementsOf(Profile other) {
    return new Registration(person, profile.withStatementsOf(other));
  }

  /// @param now the present month where it begins first, so that nobody's today is in the future
  private record Check(SubmittedPatient submitted, Ucum ucum, YearMonth now, Refusals refusals) {
    private static final Set<MenopausalStatus> PAST_FINAL_PERIOD =
        Set.of(POSTMENOPAUSAL, SURGICAL, UNKNOWN);
    private static final int LONGEST = 200;
    private static final int MOST_MEDICATIONS = 200;
    private static final int MOST_IDENTIFIERS = 50;

    /// Years; nobody known has lived longer than 122.
    private static final int OLDEST = 130;

    private Check(SubmittedPatient submitted, Ucum ucum, YearMonth now) {
      this(submitted, ucum, now, new Refusals());
    }

    private @Nullable Birth run() {
      identifiers(submitted.identifiers());
      name(submitted.name());
      Birth told = birth(submitted.birth());
      YearMonth birth = told == null ? null : told.earliest();
      menopause(birth);
      hypogonadism(birth);
      growthHormoneDeficiency(birth);
      // Wide enough for anyone alive; meant to catch inches, pounds and slips.
      range("heightCm", submitted.heightCm(), 50, 260, "cm");
      range("weightKg", submitted.weightKg(), 20, 400, "kg");
      medications(submitted.medications());
      return told;
    }

    private void identifiers(@Nullable List<@Nullable Identifier> identifiers) {
      if (identifiers == null) {
        return;
      }
      if (identifiers.size() > MOST_IDENTIFIERS) {
        refusals.add("identifiers", "Has at most " + MOST_IDENTIFIERS + " elements.");
        return;
      }
      var seen = new HashSet<Identifier>();
      for (int i = 0; i < identifiers.size(); i++) {
        String field = "identifiers[" + i + "]";
        Identifier identifier = identifiers.get(i);
        if (required(field, identifier)
                & required(field + ".system", identifier == null ? null : identifier.system())
                & required(field + ".value", identifier == null ? null : identifier.value())
            && identifier != null) {
          refusals.checkText(field + ".system", identifier.system(), LONGEST);
          refusals.checkText(field + ".value", identifier.value(), LONGEST);
          if (!seen.add(identifier)) {
            refusals.add(field, "Is given twice.");
          }
        }
      }
    }

    private void name(@Nullable Name name) {
      if (name != null) {
        refusals.checkText("name.given", name.given(), LONGEST);
        refusals.checkText("name.family", name.family(), LONGEST);
      }
    }

    private @Nullable Birth birth(@Nullable String text) {
      if (text == null) {
        return null;
      }
      try {
        Birth birth = Birth.parse(text);
        if (birth.earliest().isAfter(now)) {
          refusals.add("birth", birth + " is in the future.");
        } else if (birth.latest().isBefore(now.minusYears(OLDEST))) {
          refusals.add("birth", birth + " is more than " + OLDEST + " years ago.");
        }
        return birth;
      } catch (DateTimeException e) {
        refusals.add("birth", "Is no year (YYYY), no month (YYYY-MM) and no date (YYYY-MM-DD).");
        return null;
      }
    }

    private void menopause(@Nullable YearMonth birth) {
      var menopause = submitted.menopause();
      if (menopause == null || !required("menopause.status", menopause.status())) {
        return;
      }
      MenopausalStatus status = menopause.status();
      if (submitted.sexForClinicalUse() == Sex.MALE && status != NOT_APPLICABLE) {
        refusals.add("menopause.status", "Is NOT_APPLICABLE or left out when the sex is MALE.");
      }
      if (menopause.finalPeriod() != null && !PAST_FINAL_PERIOD.contains(status)) {
        refusals.add(
            "menopause.finalPeriod", "There is none yet when the status is " + status + ".");
      }
      refusals.checkPast("menopause.finalPeriod", menopause.finalPeriod(), birth, now);
    }

    private void hypogonadism(@Nullable YearMonth birth) {
      var hypogonadism = submitted.hypogonadism();
      if (hypogonadism != null && required("hypogonadism.kind", hypogonadism.kind())) {
        boolean none = hypogonadism.kind() == HypogonadismKind.NONE;
        since("hypogonadism.since", hypogonadism.since(), none, birth);
      }
    }

    private void growthHormoneDeficiency(@Nullable YearMonth birth) {
      var deficiency = submitted.growthHormoneDeficiency();
      if (deficiency != null
          && required("growthHormoneDeficiency.presence", deficiency.presence())) {
        boolean none = deficiency.presence() == Presence.ABSENT;
        since("growthHormoneDeficiency.since", deficiency.since(), none, birth);
      }
    }

    private void since(
        String field, @Nullable YearMonth since, boolean none, @Nullable YearMonth birth) {
      if (since != null && none) {
        refusals.add(field, "There is no onset of what the patient does not have.");
      }
      refusals.checkPast(field, since, birth, now);
    }

    private void range(
        String field, @Nullable Double value, double least, double most, String unit) {
      if (value != null && !(value >= least && value <= most)) {
        refusals.add(field, "%s is outside %.0f to %.0f %s.".formatted(value, least, most, unit));
      }
    }

    private void medications(@Nullable List<@Nullable Medication> medications) {
      if (medications == null) {
        return;
      }
      if (medications.size() > MOST_MEDICATIONS) {
        refusals.add("medications", "Has at most " + MOST_MEDICATIONS + " elements.");
        return;
      }
      for (int i = 0; i < medications.size(); i++) {
        medication("medications[" + i + "]", medications.get(i));
      }
    }

    private void medication(String field, @Nullable Medication medication) {
      if (!required(field, medication) || medication == null) {
        return;
      }
      if (required(field + ".agent", medication.agent())) {
        Medicine.checkAgent(field + ".agent", medication.agent(), refusals);
      }
      Medicine.checkDailyDose(field + ".dailyDose.", medication.dailyDose(), ucum, refusals);
      if (medication.start() != null
          && medication.stop() != null
          && medication.stop().isBefore(medication.start())) {
        refusals.add(field + ".stop", "Is before the start.");
      }
      calendar(field + ".start", medication.start());
      calendar(field + ".stop", medication.stop());
    }

    private void calendar(String field, @Nullable LocalDate day) {
      if (day != null
          && (day.getYear() < now.getYear() - OLDEST || day.getYear() > now.getYear() + OLDEST)) {
        refusals.add(field, "Is in no year that a patient lives in.");
      }
    }

    private boolean required(String field, @Nullable Object value) {
      if (value == null) {
        refusals.add(field, "Is required.");
      }
      return value != null;
    }
  }
}
