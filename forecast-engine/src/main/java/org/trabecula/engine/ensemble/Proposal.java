package org.trabecula.engine.ensemble;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where members are drawn from in the space of normal scores: mostly from an informed
/// distribution, and always also from the prior, so that no weight can grow without bound.
public final class Proposal {

  static final double FROM_PRIOR = 0.15;

  /// In the two dozen dimensions of a patient a normal's mass lies in a thin shell. Seven degrees
  /// of freedom, usual in few dimensions, would spread the radius to four times that and waste the
  /// members.
  private static final int HEAVY_TAIL = 40;

  private final @Nullable Informed informed;

  /// @param freedom degrees of freedom of a t distribution; 0 is normal
  private record Informed(double[] mean, Cholesky spread, int freedom) {

    void of(double[] z, double chiSquare, double[] x) {
      spread.times(z, x);
      double scale = freedom == 0 ? 1 : StrictMath.sqrt(freedom / chiSquare);
      for (int i = 0; i < x.length; i++) {
        x[i] = mean[i] + scale * x[i];
      }
    }

    /// Up to the constant that it shares with the prior's.
    double logDensity(double[] x, double[] scratch) {
      for (int i = 0; i < x.length; i++) {
        scratch[i] = x[i] - mean[i];
      }
      spread.solve(scratch, scratch);
      double distance = squareOf(scratch);
      int n = x.length;
      double shape =
          freedom == 0
              ? -distance / 2
              : logGamma(freedom + n)
                  - logGamma(freedom)
                  + n * StrictMath.log(2.0 / freedom) / 2
                  - (freedom + n) * StrictMath.log(1 + distance / freedom) / 2;
      return shape - spread.logDeterminant();
    }
  }

  private Proposal(@Nullable Informed informed) {
    this.informed = informed;
  }

  public static Proposal prior() {
    return new Proposal(null);
  }

  public static Proposal normal(double[] mean, double[][] covariance) {
    return new Proposal(new Informed(mean.clone(), Cholesky.of(covariance), 0));
  }

  /// A multivariate t.
  static Proposal heavyTailed(double[] mean, double[][] covariance) {
    return new Proposal(new Informed(mean.clone(), Cholesky.of(covariance), HEAVY_TAIL));
  }

  /// @param coordinates the address of each score among the draws
  /// @return by score and member
  double[][] draw(Draws draws, int[] coordinates, int members) {
    double[][] scores = new double[coordinates.length][];
    for (int c = 0; c < coordinates.length; c++) {
      scores[c] = draws.normals(coordinates[c], members);
    }
    if (informed == null) {
      return scores;
    }
    double[] chiSquare = new double[members];
    int beyond = Arrays.stream(coordinates).max().orElse(0) + 1;
    for (int f = 0; f < informed.freedom(); f++) {
      double[] z = draws.normals(beyond + f, members);
      for (int i = 0; i < members; i++) {
        chiSquare[i] += z[i] * z[i];
      }
    }
    double[] z = new double[scores.length];
    double[] x = new double[scores.length];
    for (int i = (int) (FROM_PRIOR * members); i < members; i++) {
      take(scores, i, z);
      informed.of(z, chiSquare[i], x);
      for (int c = 0; c < x.length; c++) {
        scores[c][i] = x[c];
      }
    }
    return scores;
  }

  /// ln of prior over proposal, in each member.
  double[] logPriorRatio(double[][] scores) {
    int members = scores[0].length;
    double[] ratio = new double[members];
    if (informed != null) {
      double[] x = new double[scores.length];
      double[] scratch = new double[scores.length];
      for (int i = 0; i < members; i++) {
        take(scores, i, x);
        double ahead = informed.logDensity(x, scratch) + squareOf(x) / 2;
        ratio[i] = -StrictMath.log(FROM_PRIOR + (1 - FROM_PRIOR) * StrictMath.exp(ahead));
      }
    }
    return ratio;
  }

  private static void take(double[][] scores, int member, double[] x) {
    for (int c = 0; c < x.length; c++) {
      x[c] = scores[c][member];
    }
  }

  private static double squareOf(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return sum;
  }

  /// ln Gamma(n / 2)
  private static double logGamma(int n) {
    double sum = n % 2 == 0 ? 0 : StrictMath.log(StrictMath.PI) / 2;
    for (int k = n - 2; k > 0; k -= 2) {
      sum += StrictMath.log(k / 2.0);
    }
    return sum;
  }
}
