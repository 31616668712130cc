package org.trabecula.engine;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Person.CortisolDiagnosis;
import org.trabecula.engine.Person.GrowthHormoneDeficiency;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.GonadalAxis;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.Physiology.HormoneShift;

/// Turns what is known of a person into a body with a history. What is not known is assumed and
/// noted; nothing unknown becomes "never".
final class Baseline {

  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double NG_PER_ML_PER_NMOL_PER_L = 1 / 2.496;
  private static final double LATEST_MENOPAUSE = 62;
  private static final double LONGEST_TRANSITION = 5;

  private final Parameters.Endocrine p;
  private final Person person;
  private final Timeline timeline;
  private final YearMonth birth;
  private final double age;
  private final Notes assumptions;
  private final Map<Trait, DoubleUnaryOperator> unknownAges = new EnumMap<>(Trait.class);

  Baseline(
      Parameters.Endocrine p,
      Person person,
      YearMonth birth,
      Timeline timeline,
      Notes assumptions) {
    this.p = p;
    this.person = person;
    this.timeline = timeline;
    this.birth = birth;
    this.age = timeline.age(birth);
    this.assumptions = assumptions;
  }

  /// Quantile functions of the ages that [#body] had to take at their medians.
  Map<Trait, DoubleUnaryOperator> unknownAges() {
    return Collections.unmodifiableMap(unknownAges);
  }

  /// @param vitaminD latest 25-OH-vitamin D in nmol/L, null when none
  Physiology body(@Nullable Double vitaminD) {
    boolean male = person.sex() == SexForClinicalUse.MALE;
    double hypogonadism = hypogonadism();
    boolean abrupt = person.menopausalStatus() == MenopausalStatus.SURGICAL;
    double fmp = male ? NEVER : finalMenstrualPeriod();
    if (!male && hypogonadism < fmp) {
      fmp = hypogonadism;
      abrupt = true;
      unknownAges.remove(Trait.FMP);
      DoubleUnaryOperator onset = unknownAges.remove(Trait.HYPOGONADISM);
      if (onset != null) {
        unknownAges.put(Trait.FMP, onset);
      }
      assume(
          "FEMALE_HYPOGONADISM_AS_MENOPAUSE",
          "Hypogonadism in a woman is taken as the loss of ovarian estradiol from its onset.");
    }
    boolean deficient = person.growthHormoneDeficiency() == GrowthHormoneDeficiency.PRESENT;
    Double bmi = bmi();
    Physiology body =
        new Physiology(
            male,
            age,
            fmp,
            abrupt ? p.fmpLagSurgical() : p.fmpLag(),
            abrupt && !unknownAges.containsKey(Trait.FMP) ? p.fmpWidthSurgical() : p.fmpWidth(),
            male ? hypogonadism : NEVER,
            1,
            1,
            growthHormoneDeficiency(),
            deficient ? p.kapGhd() : 1,
            deficient ? p.pituitaryGhd() : 1,
            cortisolOnset(),
            person.cortisol() == CortisolDiagnosis.HYPERCORTISOLISM ? p.hypercortisolism() : 1,
            person.cortisol() == CortisolDiagnosis.HYPOCORTISOLISM,
            vitaminD(vitaminD),
            bmi == null ? p.bmiRef() : bmi,
            bmi == null ? 1 : bmi / p.bmiRef(),
            HormoneShift.NONE);
    return male && hypogonadism < NEVER
        ? GonadalAxis.explain(p.tHypogonadal(), age, fault(null), p, body)
        : body;
  }

  /// @param lh latest untreated LH in IU/L, null when none
  GonadalAxis.Fault fault(@Nullable Double lh) {
    return switch (person.hypogonadism()) {
      case PRIMARY -> GonadalAxis.Fault.LEYDIG;
      case CENTRAL -> GonadalAxis.Fault.CENTRAL;
      case NONE, UNKNOWN -> {
        if (lh == null) {
          yield GonadalAxis.Fault.BOTH;
        }
        yield lh > p.lhHigh() ? GonadalAxis.Fault.LEYDIG : GonadalAxis.Fault.CENTRAL;
      }
    };
  }

  private double finalMenstrualPeriod() {
    LocalDate date = person.finalMenstrualPeriod();
    if (date != null && !date.isAfter(timeline.today())) {
      return timeline.ageAt(birth, date);
    }
    double low =
        switch (person.menopausalStatus()) {
          case PREMENOPAUSAL -> age;
          case PERIMENOPAUSAL -> age - 1;
          case POSTMENOPAUSAL, SURGICAL, UNKNOWN -> 10;
        };
    double high =
        switch (person.menopausalStatus()) {
          case PREMENOPAUSAL -> Math.max(LATEST_MENOPAUSE, age + 1);
          case PERIMENOPAUSAL -> age + LONGEST_TRANSITION;
          case POSTMENOPAUSAL -> age - 1;
          case SURGICAL -> age;
          case UNKNOWN -> LATEST_MENOPAUSE;
        };
    TruncatedNormal prior = new TruncatedNormal(p.fmpMean(), p.fmpSd(), low, high);
    double fmp = prior.median();
    unknownAges.put(Trait.FMP, prior::quantile);
    assume(
        "FINAL_MENSTRUAL_PERIOD_ASSUMED",
        "The date of the final menstrual period is not known (status %s); taken at about age %.1f."
            .formatted(person.menopausalStatus(), fmp));
    return fmp;
  }

  private double hypogonadism() {
    if (person.hypogonadism() == Hypogonadism.UNKNOWN && person.sex() == SexForClinicalUse.MALE) {
      assume(
          "HYPOGONADISM_UNKNOWN",
          "Whether the patient is hypogonadal is not known; his own testosterone is taken as that"
              + " of his age unless measured.");
    }
    return switch (person.hypogonadism()) {
      case NONE, UNKNOWN -> NEVER;
      case PRIMARY, CENTRAL ->
          onset(person.hypogonadismOnset(), Trait.HYPOGONADISM, "HYPOGONADISM", "hypogonadism");
    };
  }

  private double growthHormoneDeficiency() {
    return switch (person.growthHormoneDeficiency()) {
      case PRESENT ->
          onset(
              person.growthHormoneDeficiencyOnset(),
              Trait.GHD,
              "GROWTH_HORMONE_DEFICIENCY",
              "growth hormone deficiency");
      case ABSENT -> NEVER;
      case UNKNOWN -> {
        assume(
            "GROWTH_HORMONE_DEFICIENCY_UNKNOWN",
            "Growth hormone deficiency is not known; the axis is taken as healthy.");
        yield NEVER;
      }
    };
  }

  private double cortisolOnset() {
    if (person.cortisol() == null) {
      return NEVER;
    }
    return switch (person.cortisol()) {
      case HYPERCORTISOLISM ->
          onset(null, Trait.CORTISOL_ONSET, "HYPERCORTISOLISM", "hypercortisolism");
      case HYPOCORTISOLISM -> {
        assume(
            "HYPOCORTISOLISM_REPLACED",
            "Hypocortisolism is taken as replaced: by the glucocorticoids listed, else to normal.");
        yield NEVER;
      }
    };
  }

  private double onset(@Nullable LocalDate date, Trait trait, String code, String name) {
    if (date != null && !date.isAfter(timeline.today())) {
      return timeline.ageAt(birth, date);
    }
    double onset = unknownOnset(0.5);
    unknownAges.put(trait, this::unknownOnset);
    assume(
        code + "_ONSET_ASSUMED",
        "The onset of %s is not known; taken at about age %.1f.".formatted(name, onset));
    return onset;
  }

  /// The time since is exponential, and at most since the age of 18.
  private double unknownOnset(double probability) {
    double rate = StrictMath.log(2) / p.onsetBefore();
    double earlier = StrictMath.exp(-rate * (age - 18));
    return age + StrictMath.log(earlier + probability * (1 - earlier)) / rate;
  }

  private double vitaminD(@Nullable Double nmolPerL) {
    if (nmolPerL == null) {
      assume("VITAMIN_D_UNKNOWN", "No 25-OH-vitamin D; taken as sufficient.");
      return p.vitDRef();
    }
    return nmolPerL * NG_PER_ML_PER_NMOL_PER_L;
  }

  private @Nullable Double bmi() {
    Double height = person.heightCm();
    Double weight = person.weightKg();
    if (height == null || weight == null) {
      assume(
          "BODY_SIZE_UNKNOWN",
          "Height or weight is not known; taken as a body mass index of %.0f kg/m2."
              .formatted(p.bmiRef()));
      return null;
    }
    return weight / (height * height / 1e4);
  }

  private void assume(String code, String text) {
    assumptions.add(code, text);
  }

  static @Nullable Observation latest(List<Observation> observations, Analyte analyte) {
    return observations.stream()
        .filter(observation -> observation.analyte() == analyte)
        .max(Comparator.comparing(Observation::at))
        .orElse(null);
  }
}
