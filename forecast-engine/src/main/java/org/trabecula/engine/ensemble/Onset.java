package org.trabecula.engine.ensemble;

import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// A change that the body makes at its own time in each member: `s(age - onset - lag, width)` of
/// `docs/model.md`. Its factor `exp(-(age - reference) / width)` is shared by all members.
///
/// @param first earliest of the members' half changes, age in years
/// @param last latest of them; both infinite where it happens in no member's life
/// @param reference an age among them
/// @param acts whether it changes anything in a body like this
record Onset(
    Trait trait,
    double lag,
    double width,
    double first,
    double last,
    double reference,
    boolean acts) {

  static final int MENOPAUSE = 0;
  static final int HYPOGONADISM = 1;
  static final int GROWTH_HORMONE_DEFICIENCY = 2;
  static final int CORTISOL = 3;

  private static final double LARGEST_EXPONENT = 700;

  static Onset[] of(Parameters.Endocrine p, Physiology body, Members members) {
    return new Onset[] {
      of(Trait.FMP, body.fmpLag(), body.fmpWidth(), !body.male(), members),
      of(Trait.HYPOGONADISM, 0, p.onsetWidth(), body.male(), members),
      of(Trait.GHD, 0, p.onsetWidth(), body.kapGH() != 1, members),
      of(Trait.CORTISOL_ONSET, 0, p.cortisolWidth(), body.cortisol() != 1, members)
    };
  }

  private static Onset of(Trait trait, double lag, double width, boolean acts, Members members) {
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    boolean ever = false;
    for (double age : members.of(trait)) {
      ever |= age < Double.POSITIVE_INFINITY;
      if (Double.isFinite(age)) {
        first = Math.min(first, age + lag);
        last = Math.max(last, age + lag);
      }
    }
    double reference = first <= last ? (first + last) / 2 : 0;
    return new Onset(trait, lag, width, first, last, reference, acts && ever);
  }

  /// Whether it falls on a date in at least one member.
  boolean dated() {
    return acts && first <= last;
  }

  /// The shared factor at an age.
  double factor(double age) {
    return StrictMath.exp(
        Math.clamp((reference - age) / width, -LARGEST_EXPONENT, LARGEST_EXPONENT));
  }

  /// A member's factor: the change has made `1 / (1 + its factor * the shared one)` of its way.
  /// Zero for life, infinite never.
  double ownFactor(double age) {
    if (Double.isInfinite(age)) {
      return age > 0 ? Double.POSITIVE_INFINITY : 0;
    }
    double z = (age + lag - reference) / width;
    return StrictMath.exp(Math.clamp(z, -LARGEST_EXPONENT, LARGEST_EXPONENT));
  }
}
