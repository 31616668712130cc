package org.trabecula.clinicalrules.regulatory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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
public record Population(
    String code,
    Sex sex,
    Set<MenopausalStatus> menopause,
    Presence uterus,
    @Nullable String condition) {

  public static final Population ANYONE =
      new Population("anyone", Sex.UNKNOWN, Set.of(), Presence.UNKNOWN, null);

  public Population {
    menopause = Collections.unmodifiableSet(new TreeSet<>(menopause));
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

  /// Whether somebody may belong to both: only a stated contradiction keeps them apart.
  public boolean overlaps(Population other) {
    return compatible(sex, other.sex, Sex.UNKNOWN)
        && compatible(uterus, other.uterus, Presence.UNKNOWN)
        && (menopause.isEmpty()
            || other.menopause.isEmpty()
            || !Collections.disjoint(menopause, other.menopause))
        && (condition == null || other.condition == null || condition.equals(other.condition));
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
