package org.trabecula.engine.ensemble;

import java.util.Arrays;
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
}
