package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trabecula.engine.ensemble.ImportanceSampler.Sample;

/// A linear Gaussian problem, whose posterior is known: `y = 2 z0 + z1 + error`.
class ImportanceSamplerTest {

  private static final int[] COORDINATES = {0, 1, 2, 3, 4, 5};
  private static final int N = ImportanceSampler.MEMBERS;

  @Test
  void withoutResultsEveryMemberCounts() {
    Sample sample = sampler(1, s -> new double[N]).sample(Proposal.prior());
    assertThat(sample.effectiveSize()).isCloseTo(N, within(1e-6));
    assertThat(sample.stages()).isEqualTo(1);
    assertThat(sample.paretoK()).isZero();
  }

  @Test
  void aVagueResultNeedsNoAdaptation() {
    check(1.0, 1.5, 1, 1);
  }

  @Test
  void aSharpResultIsFoundByAdaptation() {
    for (int seed = 1; seed <= 5; seed++) {
      check(0.05, 1.5, seed, 2);
    }
  }

  @Test
  void aSharpAndFarResultIsFoundToo() {
    check(0.1, 4, 1, 2);
  }

  @Test
  void aGoodProposalSparesTheAdaptation() {
    double error = 0.05;
    double variance = 5 + error * error;
    double[] mean = {2 / variance * 1.5, 1 / variance * 1.5, 0, 0, 0, 0};
    double[][] covariance = new double[6][6];
    double[] h = {2, 1, 0, 0, 0, 0};
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < 6; b++) {
        covariance[a][b] = (a == b ? 1 : 0) - h[a] * h[b] / variance;
      }
    }
    Sample sample =
        sampler(3, s -> likelihood(s, 1.5, error)).sample(Proposal.normal(mean, covariance));
    assertThat(sample.stages()).isEqualTo(1);
    assertThat(sample.effectiveSize()).isGreaterThan(0.8 * N);
    assertThat(moment(sample, 0)).isCloseTo(mean[0], within(0.03));
  }

  @Test
  void whatNoMemberCanExplainIsOutsideTheSupport() {
    Sample sample =
        sampler(
                1,
                s -> {
                  double[] l = new double[N];
                  Arrays.setAll(l, i -> -1e9 * Math.abs(Math.sin(1e4 * s[0][i] + 1e4 * s[1][i])));
                  return l;
                })
            .sample(Proposal.prior());
    assertThat(sample.supported()).isFalse();
    assertThat(sample.stages()).isEqualTo(4);
    assertThat(Weights.effectiveSize(sample.weights())).isCloseTo(N, within(1e-6));
  }

  @Test
  void fewMembersAndAnImpossibleResultAreNoError() {
    ImportanceSampler few =
        new ImportanceSampler(
            1,
            COORDINATES,
            32,
            s -> {
              double[] l = new double[32];
              Arrays.setAll(l, i -> i % 3 == 0 ? Double.NEGATIVE_INFINITY : -1e4 * s[0][i]);
              return l;
            });
    double[] far = {8, 0, 0, 0, 0, 0};
    double[][] narrow = new double[6][6];
    for (int a = 0; a < 6; a++) {
      narrow[a][a] = 0.01;
    }
    double sum = Arrays.stream(few.sample(Proposal.normal(far, narrow)).weights()).sum();
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    Sample a = sampler(9, s -> likelihood(s, 1.5, 0.05)).sample(Proposal.prior());
    Sample b = sampler(9, s -> likelihood(s, 1.5, 0.05)).sample(Proposal.prior());
    Sample c = sampler(10, s -> likelihood(s, 1.5, 0.05)).sample(Proposal.prior());
    assertThat(a.weights()).isEqualTo(b.weights()).isNotEqualTo(c.weights());
  }

  /// Within four standard errors of the number of members that count.
  private static void check(double error, double y, int seed, int stages) {
    Sample sample = sampler(seed, s -> likelihood(s, y, error)).sample(Proposal.prior());
    double variance = 5 + error * error;
    double tolerance = 4 / Math.sqrt(sample.effectiveSize());
    assertThat(sample.stages()).isGreaterThanOrEqualTo(stages);
    assertThat(sample.supported()).isTrue();
    assertThat(sample.reliable()).isTrue();
    assertThat(moment(sample, 0)).isCloseTo(2 * y / variance, within(tolerance));
    assertThat(moment(sample, 1)).isCloseTo(y / variance, within(tolerance));
    assertThat(moment(sample, 2)).isCloseTo(0, within(tolerance));
    double square = 0;
    for (int i = 0; i < N; i++) {
      double z = sample.scores()[0][i] - 2 * y / variance;
      square += sample.weights()[i] * z * z;
    }
    assertThat(square).isCloseTo(1 - 4 / variance, within(1.5 * tolerance));
  }

  private static ImportanceSampler sampler(long seed, ImportanceSampler.Target target) {
    return new ImportanceSampler(seed, COORDINATES, N, target);
  }

  private static double[] likelihood(double[][] scores, double y, double error) {
    double[] l = new double[N];
    for (int i = 0; i < N; i++) {
      double residual = (y - 2 * scores[0][i] - scores[1][i]) / error;
      l[i] = -residual * residual / 2;
    }
    return l;
  }

  private static double moment(Sample sample, int score) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += sample.weights()[i] * sample.scores()[score][i];
    }
    return sum;
  }
}
