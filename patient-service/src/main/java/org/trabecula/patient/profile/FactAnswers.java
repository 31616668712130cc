package org.trabecula.patient.profile;

import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;

/// Fields of a profile that the clinic's own document leaves unknown and a stated fact answers. The
/// document goes first: what it says, no other source overrides.
record FactAnswers(Profile profile) {
  /// Length of `YYYY-MM`.
  private static final int MONTH = 7;

  Presence uterus() {
    return profile.uterus() == Presence.UNKNOWN && is("hysterectomy", Presence.PRESENT)
        ? Presence.ABSENT
        : profile.uterus();
  }

  Menopause menopause() {
    Menopause own = profile.menopause();
    if (own.status() != MenopausalStatus.UNKNOWN || profile.sexForClinicalUse() == Sex.MALE) {
      return own;
    }
    return present("surgical-menopause")
        .map(fact -> new Menopause(MenopausalStatus.SURGICAL, month(fact)))
        .or(
            () ->
                present("menopause")
                    .map(fact -> new Menopause(MenopausalStatus.POSTMENOPAUSAL, month(fact))))
        .map(
            told ->
                told.finalPeriod() == null ? new Menopause(told.status(), own.finalPeriod()) : told)
        .orElse(own);
  }

  Hypogonadism hypogonadism() {
    Hypogonadism own = profile.hypogonadism();
    if (own.kind() != HypogonadismKind.UNKNOWN) {
      return own;
    }
    if (is("hypogonadism", Presence.ABSENT)) {
      return new Hypogonadism(HypogonadismKind.NONE, null);
    }
    return present("primary-hypogonadism")
        .map(fact -> new Hypogonadism(HypogonadismKind.PRIMARY, month(fact)))
        .orElse(own);
  }

  GrowthHormoneDeficiency growthHormoneDeficiency() {
    GrowthHormoneDeficiency own = profile.growthHormoneDeficiency();
    if (own.presence() != Presence.UNKNOWN) {
      return own;
    }
    if (is("growth-hormone-deficiency", Presence.ABSENT)) {
      return new GrowthHormoneDeficiency(Presence.ABSENT, null);
    }
    return present("growth-hormone-deficiency")
        .map(fact -> new GrowthHormoneDeficiency(Presence.PRESENT, month(fact)))
        .orElse(own);
  }

  Smoking smoking() {
    return profile.smoking() != Smoking.UNKNOWN
        ? profile.smoking()
        : find("smoking", fact -> fact.coded() != null)
            .map(fact -> Smoking.valueOf(String.valueOf(fact.coded()).toUpperCase(Locale.ROOT)))
            .orElse(Smoking.UNKNOWN);
  }

  private Optional<Fact> present(String code) {
    return find(code, fact -> fact.presence() == Presence.PRESENT && fact.until() == null);
  }

  private boolean is(String code, Presence presence) {
    return find(code, fact -> fact.presence() == presence).isPresent();
  }

  private Optional<Fact> find(String code, Predicate<Fact> test) {
    return Objects.requireNonNullElse(profile.facts(), List.<Fact>of()).stream()
        .filter(fact -> fact.code().equals(code))
        .filter(test)
        .findFirst();
  }

  /// Of a year alone no month is made.
  private static @Nullable YearMonth month(Fact fact) {
    String since = fact.since();
    return since == null || since.length() < MONTH
        ? null
        : YearMonth.parse(since.substring(0, MONTH));
  }
}
