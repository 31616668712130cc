package org.trabecula.engine.ensemble;

import java.util.Arrays;

/// Draws members and weighs them by what they say of the results; where too few members count,
/// draws again where the weight is.
///
/// Members live in a space of independent standard normal scores.
public final class ImportanceSampler {

  /// Members of an ensemble in production: the median of a change is then known to about 0.05
  /// percentage points, far below a scan's error.
  public static final int MEMBERS = 1024;

  private static final int ADAPTATIONS = 3;
  private static final double ENOUGH = 1 / 10.24;
  private static final double TOO_FEW = ENOUGH / 2;
  private static final double UNTRUSTWORTHY = 0.7;
  private static final double TEMPERED = 1 / 3.0;
  private static final double SOFTER = 0.8;
  private static final double INFLATION = 1.3;

  private final long seed;
  private final int[] coordinates;
  private final int members;
  private final Target target;

  /// What the results say of members.
  @FunctionalInterface
  public interface Target {
    /// ln likelihood of each member; negative infinity excludes one.
    ///
    /// @param scores by score and member
    double[] logLikelihood(double[][] scores);
  }

  /// @param scores by score and member
  /// @param weights under the results; the prior's own when `supported` is false
  /// @param priorWeights what the members would weigh without results
  /// @param stages draws that it took
  /// @param supported whether enough members had any weight
  /// @param reliable whether ESS and Pareto k of the weights are good
  public record Sample(
      double[][] scores,
      double[] weights,
      double[] priorWeights,
      int stages,
      double effectiveSize,
      double largestWeight,
      double paretoK,
      boolean supported,
      boolean reliable) {}

  /// @param coordinates the address of each score among the draws, so that a score keeps its draws
  /// whatever others there are
  public ImportanceSampler(long seed, int[] coordinates, int members, Target target) {
    this.seed = seed;
    this.coordinates = coordinates.clone();
    this.members = members;
    this.target = target;
  }

  /// The last call of the target is with the scores that are returned.
  public Sample sample(Proposal first) {
    Draw best = draw(first, 0);
    Draw last = best;
    int stage = 0;
    while (!best.reliable() && stage < ADAPTATIONS) {
      stage++;
      last = draw(adapted(last), stage);
      boolean better = last.reliable() || last.size() > best.size();
      best = better ? last : best;
    }
    boolean supported = best.size() >= TOO_FEW * members;
    Draw used = supported ? best : draw(first, 0);
    if (used != last && supported) {
      target.logLikelihood(used.scores());
    }
    double[] priorWeights = Weights.normalised(used.priorRatio());
    return new Sample(
        used.scores(),
        supported ? used.weights() : priorWeights,
        priorWeights,
        stage + 1,
        best.size(),
        Arrays.stream(best.weights()).max().orElseThrow(),
        best.paretoK(),
        supported,
        best.reliable());
  }

  /// @param priorRatio ln of prior over proposal
  private record Draw(
      double[][] scores,
      double[] priorRatio,
      double[] logLikelihood,
      double[] weights,
      double size,
      double paretoK) {

    boolean reliable() {
      return size >= ENOUGH * weights.length && paretoK < UNTRUSTWORTHY;
    }
  }

  private Draw draw(Proposal proposal, int stage) {
    double[][] scores = proposal.draw(new Draws(seed, stage), coordinates, members);
    double[] priorRatio = proposal.logPriorRatio(scores);
    double[] logLikelihood = target.logLikelihood(scores).clone();
    double[] weights = Weights.normalised(sum(priorRatio, logLikelihood, 1));
    return new Draw(
        scores,
        priorRatio,
        logLikelihood,
        weights,
        Weights.effectiveSize(weights),
        Weights.paretoK(weights));
  }

  /// Moments under a likelihood so tempered that a third of the members still count. The precision,
  /// not the covariance, is drawn towards the prior by the share of noise in it: a direction that
  /// the results know well stays narrow, and one of which they say nothing stays the prior's. Only
  /// what too few members could know is widened first.
  private Proposal adapted(Draw draw) {
    double[][] scores = draw.scores();
    double[] weights = tempered(draw.priorRatio(), draw.logLikelihood());
    int n = scores.length;
    double own = Weights.effectiveSize(weights) / (Weights.effectiveSize(weights) + n);
    double unknown = (1 - own) * (1 - own);
    double[] mean = new double[n];
    for (int a = 0; a < n; a++) {
      for (int i = 0; i < members; i++) {
        mean[a] += weights[i] * scores[a][i];
      }
    }
    double[][] covariance = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b <= a; b++) {
        for (int i = 0; i < members; i++) {
          covariance[a][b] += weights[i] * (scores[a][i] - mean[a]) * (scores[b][i] - mean[b]);
        }
        covariance[b][a] = covariance[a][b];
      }
      covariance[a][a] += unknown;
    }
    double[][] precision = Cholesky.of(covariance).inverse();
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        double prior = a == b ? 1 : 0;
        precision[a][b] = prior + own / INFLATION * (precision[a][b] - prior);
      }
    }
    return Proposal.heavyTailed(mean, Cholesky.of(precision).inverse());
  }

  /// Weights under the sharpest likelihood that leaves a third of the members; where none does,
  /// under the one that leaves the most.
  private double[] tempered(double[] priorRatio, double[] logLikelihood) {
    double[] best = Weights.normalised(sum(priorRatio, logLikelihood, 1));
    double beta = 1;
    while (Weights.effectiveSize(best) < TEMPERED * members && beta > 1e-4) {
      beta *= SOFTER;
      double[] weights = Weights.normalised(sum(priorRatio, logLikelihood, beta));
      if (Weights.effectiveSize(weights) > Weights.effectiveSize(best)) {
        best = weights;
      }
    }
    return best;
  }

  private static double[] sum(double[] priorRatio, double[] logLikelihood, double beta) {
    double[] sum = new double[priorRatio.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = priorRatio[i] + beta * logLikelihood[i];
    }
    return sum;
  }
}
