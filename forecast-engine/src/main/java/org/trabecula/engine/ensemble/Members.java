package org.trabecula.engine.ensemble;

import java.util.Arrays;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// The traits of an ensemble's members, one array per trait.
public final class Members {

  private static final Trait[] TRAITS = Trait.values();

  private final int size;
  private final double[][] values;

  private Members(int size) {
    this.size = size;
    this.values = new double[TRAITS.length][size];
  }

  /// Members that are all alike: the typical body.
  public static Members typical(int size, Physiology body) {
    Members members = new Members(size);
    for (Trait trait : TRAITS) {
      Arrays.fill(members.of(trait), typical(trait, body));
    }
    return members;
  }

  public static double typical(Trait trait, Physiology body) {
    return switch (trait) {
      case K_E, A_LE, A_LA, A_LI, C_A, C_I, F_G, RHO_T, RHO_C, G_FT, AGE_T, AGE_C, TAU_P, TAU_B ->
          1;
      case FEMALE_TESTOSTERONE -> body.shift().femaleTestosterone();
      case TESTOSTERONE_EXPOSURE -> body.shift().testosteroneExposure();
      case ESTRADIOL -> body.shift().estradiol();
      case ESTRADIOL_POST -> body.shift().estradiolPost();
      case ESTRADIOL_EXPOSURE -> body.shift().estradiolExposure();
      case IGF -> body.shift().igf();
      case KAP_L -> body.kapL();
      case KAP_H -> body.kapH();
      case FMP -> body.fmp();
      case HYPOGONADISM -> body.hypogonadism();
      case GHD -> body.ghd();
      case CORTISOL_ONSET -> body.cortisolOnset();
    };
  }

  public int size() {
    return size;
  }

  /// The live array: write to it before the members are simulated.
  public double[] of(Trait trait) {
    return values[trait.ordinal()];
  }

  /// The parameters of one member.
  public Parameters parameters(Parameters typical, int i) {
    return typical
        .with("kE", typical.cell().kE() * of(Trait.K_E)[i])
        .with("aLE", typical.cell().aLE() * of(Trait.A_LE)[i])
        .with("aLA", typical.cell().aLA() * of(Trait.A_LA)[i])
        .with("aLI", typical.cell().aLI() * of(Trait.A_LI)[i])
        .with("cA", typical.cell().cA() * of(Trait.C_A)[i])
        .with("cI", typical.cell().cI() * of(Trait.C_I)[i])
        .with("fG", typical.tissue().fG() * of(Trait.F_G)[i])
        .with("rhoT", typical.tissue().rhoT() * of(Trait.RHO_T)[i])
        .with("rhoC", typical.tissue().rhoC() * of(Trait.RHO_C)[i])
        .with("gFT", typical.tissue().gFT() * of(Trait.G_FT)[i])
        .with("ageT", typical.tissue().ageT() * of(Trait.AGE_T)[i])
        .with("ageC", typical.tissue().ageC() * of(Trait.AGE_C)[i])
        .with("tauP", typical.cell().tauP() * of(Trait.TAU_P)[i])
        .with("tauB", typical.cell().tauB() * of(Trait.TAU_B)[i]);
  }

  /// The body of one member.
  public Physiology body(Physiology body, int i) {
    return new Physiology(
        body.male(),
        body.ageAtZero(),
        of(Trait.FMP)[i],
        body.fmpLag(),
        body.fmpWidth(),
        of(Trait.HYPOGONADISM)[i],
        of(Trait.KAP_L)[i],
        of(Trait.KAP_H)[i],
        of(Trait.GHD)[i],
        body.kapGH(),
        body.pituitary(),
        of(Trait.CORTISOL_ONSET)[i],
        body.cortisol(),
        body.replacedCortisol(),
        body.vitaminD(),
        body.bmi(),
        body.weightRatio(),
        new Physiology.HormoneShift(
            of(Trait.FEMALE_TESTOSTERONE)[i],
            of(Trait.TESTOSTERONE_EXPOSURE)[i],
            of(Trait.ESTRADIOL)[i],
            of(Trait.ESTRADIOL_POST)[i],
            of(Trait.ESTRADIOL_EXPOSURE)[i],
            of(Trait.IGF)[i]));
  }
}
