package org.trabecula.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.trabecula.engine.Factors.Shift;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Normal;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.GonadalAxis;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.Physiology.HormoneShift;

/// What people like this one differ in, before any result: independent standard normal scores, one
/// per uncertain trait, and what they mean.
///
/// Factors on bone are mean-corrected, `exp(w z - w^2 / 2)`: the parameters were fitted to means of
/// trials. Factors on hormones are not, `exp(w z)`: their typical levels are those of the median
/// person, and what a result says moves them from there.
final class PatientPrior {

  /// The score that stands for the untreated testosterone of a man, which becomes his capacities.
  static final Trait OWN_TESTOSTERONE_OF_A_MAN = Trait.KAP_L;

  private final Parameters p;
  private final Physiology typical;
  private final GonadalAxis.Fault fault;
  private final Factors.Shifts shifts;
  private final Map<Trait, DoubleUnaryOperator> unknownAges;
  private final Map<Trait, Double> spreads = new EnumMap<>(Trait.class);
  private final List<Trait> scores;

  /// @param body with typical values for what is unknown
  /// @param unknownAges quantile functions of ages that are not known
  /// @param fault of a man's axis, should his testosterone be low
  PatientPrior(
      Parameters p,
      Physiology body,
      Map<Trait, DoubleUnaryOperator> unknownAges,
      GonadalAxis.Fault fault,
      Factors.Shifts shifts) {
    this.p = p;
    this.fault = fault;
    this.shifts = shifts;
    this.unknownAges = new EnumMap<>(Trait.class);
    this.unknownAges.putAll(unknownAges);
    boneSpreads(p.uncertainty());
    hormoneSpreads(p.uncertainty(), body);
    this.typical =
        body.withShift(
            new HormoneShift(
                typicalFactor(Trait.FEMALE_TESTOSTERONE),
                typicalFactor(Trait.TESTOSTERONE_EXPOSURE),
                typicalFactor(Trait.ESTRADIOL),
                typicalFactor(Trait.ESTRADIOL_POST),
                typicalFactor(Trait.ESTRADIOL_EXPOSURE),
                typicalFactor(Trait.IGF)));
    this.scores =
        Arrays.stream(Trait.values())
            .filter(trait -> spreads.containsKey(trait) || unknownAges.containsKey(trait))
            .toList();
  }

  /// The order of the scores.
  List<Trait> scores() {
    return scores;
  }

  /// The body whose scores are all 0, as far as hormones go.
  Physiology typical() {
    return typical;
  }

  GonadalAxis.Fault fault() {
    return fault;
  }

  /// SD of the log of a factor.
  double spread(Trait trait) {
    return spreads.getOrDefault(trait, 0.0);
  }

  Members members(double[][] z) {
    int size = z[0].length;
    Members members = Members.typical(size, typical);
    for (int s = 0; s < z.length; s++) {
      Trait trait = scores.get(s);
      double[] values = members.of(trait);
      DoubleUnaryOperator age = unknownAges.get(trait);
      DoubleUnaryOperator meaning =
          age != null ? score -> age.applyAsDouble(Normal.cdf(score)) : factor(trait);
      for (int i = 0; i < size; i++) {
        values[i] = meaning.applyAsDouble(z[s][i]);
      }
    }
    if (typical.male()) {
      restoreAxes(members);
    }
    return members;
  }

  /// Turns a factor on a man's untreated testosterone into the capacities that explain it: from the
  /// onset of a diagnosed hypogonadism, else for life.
  private void restoreAxes(Members members) {
    double age = typical.ageAtZero();
    double rest = GonadalAxis.resting(age, p.endocrine(), typical);
    double[] factors = members.of(OWN_TESTOSTERONE_OF_A_MAN).clone();
    for (int i = 0; i < members.size(); i++) {
      HormoneShift shift = new HormoneShift(1, 1, members.of(Trait.ESTRADIOL)[i], 1, 1, 1);
      GonadalAxis.Capacities found =
          GonadalAxis.capacities(
              rest * factors[i], age, fault, p.endocrine(), typical.withShift(shift));
      members.of(Trait.KAP_L)[i] = found.leydig();
      members.of(Trait.KAP_H)[i] = found.central();
    }
    if (typical.hypogonadism() == Double.POSITIVE_INFINITY) {
      Arrays.fill(members.of(Trait.HYPOGONADISM), Double.NEGATIVE_INFINITY);
    }
  }

  private DoubleUnaryOperator factor(Trait trait) {
    double spread = spread(trait);
    double centre = shifts.of(trait).ln() - (isOfBone(trait) ? spread * spread / 2 : 0);
    return z -> StrictMath.exp(centre + spread * z);
  }

  private double typicalFactor(Trait trait) {
    return StrictMath.exp(shifts.of(trait).ln());
  }

  private static boolean isOfBone(Trait trait) {
    return trait.compareTo(Trait.TAU_B) <= 0;
  }

  private void boneSpreads(Parameters.Uncertainty u) {
    spread(Trait.K_E, u.sdKE());
    spread(Trait.A_LE, u.sdALE());
    spread(Trait.A_LA, u.sdALA());
    spread(Trait.A_LI, u.sdALI());
    spread(Trait.C_A, u.sdCA());
    spread(Trait.C_I, u.sdCI());
    spread(Trait.F_G, u.sdFG());
    spread(Trait.RHO_T, u.sdRhoT());
    spread(Trait.RHO_C, u.sdRhoC());
    spread(Trait.G_FT, u.sdGFT());
    spread(Trait.AGE_T, u.sdAgeT());
    spread(Trait.AGE_C, u.sdAgeC());
    spread(Trait.TAU_P, u.sdTauP());
    spread(Trait.TAU_B, u.sdTauB());
  }

  private void hormoneSpreads(Parameters.Uncertainty u, Physiology body) {
    if (body.male()) {
      boolean hypogonadal = body.hypogonadism() < Double.POSITIVE_INFINITY;
      spread(OWN_TESTOSTERONE_OF_A_MAN, hypogonadal ? u.sdTHypogonadal() : u.sdT());
      spread(Trait.ESTRADIOL, u.sdE2M());
    } else {
      spread(Trait.FEMALE_TESTOSTERONE, u.sdT());
      spread(Trait.ESTRADIOL, u.sdE2Pre());
      spread(Trait.ESTRADIOL_POST, u.sdE2Post());
    }
    spread(Trait.TESTOSTERONE_EXPOSURE, u.sdTExposure());
    spread(Trait.ESTRADIOL_EXPOSURE, u.sdE2Exposure());
    spread(Trait.IGF, u.sdIgf());
  }

  private void spread(Trait trait, double sd) {
    Shift shift = shifts.of(trait);
    spreads.put(trait, shift.widen(sd));
  }
}
