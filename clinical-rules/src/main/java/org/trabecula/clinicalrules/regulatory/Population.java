package org.trabecula.clinicalrules.regulatory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;

/// Whom a row speaks of, or of whom one asks. What is not stated does not limit.
///
/// @param code such as `postmenopausal-women`
/// @param sex any when `UNKNOWN`
/// @param menopause any when empty
/// @param uterus any when `UNKNOWN`
/// @param condition what they have besides, such as `growth-hormone-deficiency`; any when null
/// @param ruledOut conditions that they are known not to have
public record Population(
    String code,
    Sex sex,
    Set<MenopausalStatus> menopause,
    Presence uterus,
    @Nullable String condition,
    Set<String> ruledOut) {

  static final String DEFICIENT = "growth-hormone-deficiency";
  static final String NOT_DEFICIENT = "no-growth-hormone-deficiency";
  static final String HYPOGONADISM = "hypogonadism";
  static final String CENTRAL_HYPOGONADISM = "central-hypogonadism";

  public static final Population ANYONE =
      new Population("anyone", Sex.UNKNOWN, Set.of(), Presence.UNKNOWN, null);

  public Population {
    menopause = Collections.unmodifiableSet(new TreeSet<>(menopause));
    ruledOut = Collections.unmodifiableSet(new TreeSet<>(ruledOut));
  }

  /// People of whom no condition is known to be ruled out.
  public Population(
      String code,
      Sex sex,
      Set<MenopausalStatus> menopause,
      Presence uterus,
      @Nullable String condition) {
    this(code, sex, menopause, uterus, condition, Set.of());
  }

  /// One patient, as far as is known.
  public static Population ofPatient(Sex sex, MenopausalStatus menopause, Presence uterus) {
    boolean limits =
        switch (menopause) {
          case PREMENOPAUSAL, PERIMENOPAUSAL, POSTMENOPAUSAL, SURGICAL -> true;
          case NOT_APPLICABLE, UNKNOWN -> false;
        };
    return new Population("patient", sex, limits ? Set.of(menopause) : Set.of(), uterus, null);
  }

  /// One patient, as far as the profile says.
  public static Population ofPatient(ProfileRecorded profile) {
    Population patient =
        ofPatient(profile.sexForClinicalUse(), profile.menopause().status(), profile.uterus());
    return new Population(
        patient.code,
        patient.sex,
        patient.menopause,
        patient.uterus,
        null,
        ruledOut(profile.growthHormoneDeficiency().presence(), profile.hypogonadism().kind()));
  }

  /// What contradicts the profile. Low testosterone of age is not ruled out by a kind of
  /// hypogonadism, nor by its absence: regulators and clinicians draw that line differently.
  private static Set<String> ruledOut(Presence deficiency, HypogonadismKind hypogonadism) {
    var conditions = new TreeSet<String>();
    switch (deficiency) {
      case PRESENT -> conditions.add(NOT_DEFICIENT);
      case ABSENT -> conditions.add(DEFICIENT);
      case UNKNOWN -> {}
    }
    switch (hypogonadism) {
      case NONE -> conditions.addAll(Set.of(HYPOGONADISM, CENTRAL_HYPOGONADISM));
      case PRIMARY -> conditions.add(CENTRAL_HYPOGONADISM);
      case CENTRAL, UNKNOWN -> {}
    }
    return conditions;
  }

  /// Whether somebody may belong to both: only a stated contradiction keeps them apart.
  public boolean overlaps(Population other) {
    return compatible(sex, other.sex, Sex.UNKNOWN)
        && compatible(uterus, other.uterus, Presence.UNKNOWN)
        && (menopause.isEmpty()
            || other.menopause.isEmpty()
            || !Collections.disjoint(menopause, other.menopause))
        && (condition == null || other.condition == null || condition.equals(other.condition))
        && (condition == null || !other.ruledOut.contains(condition))
        && (other.condition == null || !ruledOut.contains(other.condition));
  }

  /// What limits it, in words.
  String words() {
    var limits = new ArrayList<String>();
    if (sex != Sex.UNKNOWN) {
      limits.add("sex " + sex);
    }
    if (!menopause.isEmpty()) {
      limits.add("menopause " + menopause);
    }
    if (uterus != Presence.UNKNOWN) {
      limits.add("uterus " + uterus);
    }
    if (condition != null) {
      limits.add("condition " + condition);
    }
    return limits.isEmpty() ? "anyone" : String.join(", ", limits);
  }

  private static <T> boolean compatible(T one, T other, T unknown) {
    return one.equals(other) || one.equals(unknown) || other.equals(unknown);
  }
}
