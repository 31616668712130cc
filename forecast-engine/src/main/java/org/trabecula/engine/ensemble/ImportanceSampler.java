package org.trabecula.engine.ensemble;

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
    Proposal proposal = first;
    double[][] scores = draw(first, 0);
    for (int stage = 0; ; stage++) {
      double[] priorRatio = proposal.logPriorRatio(scores);
      double[] logLikelihood = target.logLikelihood(scores);
      double[] weights = Weights.normalised(sum(priorRatio, logLikelihood, 1));
      double size = Weights.effectiveSize(weights);
      double k = Weights.paretoK(weights);
      boolean reliable = size >= ENOUGH * members && k < UNTRUSTWORTHY;
      if (reliable || (stage == ADAPTATIONS && size >= TOO_FEW * members)) {
        double[] priorWeights = Weights.normalised(priorRatio);
        return new Sample(
            scores, weights, priorWeights, stage + 1, size, largest(weights), k, true, reliable);
      }
      if (stage == ADAPTATIONS) {
        return unsupported(first, size, largest(weights), k);
      }
      proposal = adapted(scores, priorRatio, logLikelihood);
      scores = draw(proposal, stage + 1);
    }
  }

  private double[][] draw(Proposal proposal, int stage) {
    return proposal.draw(new Draws(seed, stage), coordinates, members);
  }

  private Sample unsupported(Proposal first, double size, double largest, double k) {
    double[][] scores = draw(first, 0);
    target.logLikelihood(scores);
    double[] priorWeights = Weights.normalised(first.logPriorRatio(scores));
    return new Sample(
        scores, priorWeights, priorWeights, ADAPTATIONS + 1, size, largest, k, false, false);
  }

  /// Moments under a likelihood so tempered that a third of the members still count. The precision,
  /// not the covariance, is drawn towards the prior by the share of noise in it: a direction that
  /// the results know well stays narrow. Only what too few members could know is widened first.
  private Proposal adapted(double[][] scores, double[] priorRatio, double[] logLikelihood) {
    double[] weights = tempered(priorRatio, logLikelihood);
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
        precision[a][b] = (own * precision[a][b] + (a == b ? 1 - own : 0)) / INFLATION;
      }
    }
    return Proposal.heavyTailed(mean, Cholesky.of(precision).inverse());
  }

  /// Weights under the sharpest likelihood that leaves a third of the members; where none does,
  // under
  /// the one that leaves the most.
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

  private static double largest(double[] weights) {
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, weight);
    }
    return largest;
  }
}
