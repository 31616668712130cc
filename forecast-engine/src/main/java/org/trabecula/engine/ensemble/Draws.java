package org.trabecula.engine.ensemble;

/// Random numbers without a state: each is a function of its address, so that neither order nor
/// threads matter.
public final class Draws {

  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final int stage;

  public Draws(long seed, int stage) {
    this.seed = seed;
    this.stage = stage;
  }

  /// Uniform between 0 and 1, both excluded.
  double uniform(int coordinate, int member) {
    long h = mix(seed + ODD);
    h = mix(h + ODD * (stage + 1));
    h = mix(h + ODD * (coordinate + 1));
    h = mix(h + ODD * (member + 1));
    return ((h >>> 12) + 0.5) * 0x1p-52;
  }

  /// Standard normal, one in each of as many equally likely strata as there are members: their mean
  /// and spread are then those of the distribution with little noise.
  public double[] normals(int coordinate, int members) {
    int[] stratum = shuffled(coordinate, members);
    double[] z = new double[members];
    for (int i = 0; i < members; i++) {
      z[i] = Normal.quantile((stratum[i] + uniform(coordinate, i)) / members);
    }
    return z;
  }

  private int[] shuffled(int coordinate, int members) {
    int[] order = new int[members];
    for (int i = 0; i < members; i++) {
      int other = (int) (uniform(coordinate, members + i) * (i + 1));
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  /// The finaliser of SplitMix64.
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
