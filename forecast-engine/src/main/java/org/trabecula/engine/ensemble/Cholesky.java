package org.trabecula.engine.ensemble;

/// The lower triangle L of a covariance L L'.
public record Cholesky(double[][] lower) {

  /// @throws IllegalArgumentException if the matrix is not positive definite
  public static Cholesky of(double[][] covariance) {
    int n = covariance.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = covariance[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i > j) {
          lower[i][j] = sum / lower[j][j];
        } else if (sum > 0) {
          lower[i][i] = StrictMath.sqrt(sum);
        } else {
          throw new IllegalArgumentException("not positive definite in row " + i);
        }
      }
    }
    return new Cholesky(lower);
  }

  /// `L z`
  public double[] times(double[] z) {
    double[] product = new double[z.length];
    times(z, product);
    return product;
  }

  /// @param product receives `L z`
  void times(double[] z, double[] product) {
    for (int i = 0; i < z.length; i++) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        sum += lower[i][j] * z[j];
      }
      product[i] = sum;
    }
  }

  /// `z` of `L z = x`
  double[] solve(double[] x) {
    double[] z = new double[x.length];
    solve(x, z);
    return z;
  }

  /// @param z receives it; may be `x` itself
  void solve(double[] x, double[] z) {
    for (int i = 0; i < x.length; i++) {
      double sum = x[i];
      for (int j = 0; j < i; j++) {
        sum -= lower[i][j] * z[j];
      }
      z[i] = sum / lower[i][i];
    }
  }

  /// Of the covariance.
  double[][] inverse() {
    int n = lower.length;
    double[][] columns = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      columns[i] = solve(unit);
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = Math.max(i, j); k < n; k++) {
          inverse[i][j] += columns[i][k] * columns[j][k];
        }
      }
    }
    return inverse;
  }

  double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      sum += StrictMath.log(lower[i][i]);
    }
    return sum;
  }
}
