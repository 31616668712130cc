package org.trabecula.engine;

import java.util.List;
import org.trabecula.engine.ensemble.Proposal;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.Hormones;
import org.trabecula.engine.model.Parameters;

/// Where members are drawn so that measured hormones leave most of them standing: one Gaussian
/// update in the scores, linearised about the typical body. Each result has a sensitivity to each
/// term, its share in the predicted level; under treatment a level is therefore mostly news about
/// the exposure, and in a cycling woman it is hardly news.
///
/// A proposal only: the weights correct what linearising gets wrong.
final class HormoneProposal {

  /// Errors count as so much larger (variance), so that the proposal stays wider than the
  /// posterior.
  private static final double CAUTION = 1.5;

  private final Parameters p;
  private final PatientPrior prior;
  private final Trait ownTestosterone;
  private final double[] mean;
  private final double[][] covariance;

  HormoneProposal(Parameters p, PatientPrior prior) {
    this.p = p;
    this.prior = prior;
    this.ownTestosterone =
        prior.typical().male() ? PatientPrior.OWN_TESTOSTERONE_OF_A_MAN : Trait.FEMALE_TESTOSTERONE;
    int size = prior.scores().size();
    this.mean = new double[size];
    this.covariance = new double[size][size];
    for (int i = 0; i < size; i++) {
      covariance[i][i] = 1;
    }
  }

  /// @param levels of the typical body on the day of the result
  void learn(HormoneResult result, Hormones levels) {
    double[] sensitivity = new double[mean.length];
    switch (result.hormone()) {
      case TESTOSTERONE -> {
        add(sensitivity, ownTestosterone, levels.tOwn() / levels.t());
        add(sensitivity, Trait.TESTOSTERONE_EXPOSURE, levels.tGiven() / levels.t());
        update(sensitivity, result, levels.t(), p.uncertainty().errT());
      }
      case ESTRADIOL -> {
        double e2 = levels.e2();
        boolean male = prior.typical().male();
        double aromatised = levels.e2FromOwnT() + levels.e2FromGivenT();
        add(sensitivity, ownTestosterone, levels.e2FromOwnT() / e2);
        add(sensitivity, Trait.TESTOSTERONE_EXPOSURE, levels.e2FromGivenT() / e2);
        add(sensitivity, Trait.ESTRADIOL, (male ? aromatised : levels.e2Cycle()) / e2);
        add(sensitivity, Trait.ESTRADIOL_POST, male ? 0 : levels.e2Basal() / e2);
        add(sensitivity, Trait.ESTRADIOL_EXPOSURE, levels.e2Given() / e2);
        double error = HormoneResult.estradiolError(p.uncertainty(), levels.e2Cycle() / e2);
        update(sensitivity, result, e2, error);
      }
      case IGF1 -> {
        add(sensitivity, Trait.IGF, 1);
        update(sensitivity, result, levels.igfTarget(), p.uncertainty().errIgf());
      }
      default -> throw new IllegalArgumentException(result.hormone() + " is no hormone read out");
    }
  }

  Proposal proposal() {
    return Proposal.normal(mean, covariance);
  }

  /// Share of a term in a level, as the change of the level's log per score of the term.
  private void add(double[] sensitivity, Trait trait, double share) {
    List<Trait> scores = prior.scores();
    int score = scores.indexOf(trait);
    if (score >= 0) {
      sensitivity[score] += share * prior.spread(trait);
    }
  }

  private void update(double[] sensitivity, HormoneResult result, double predicted, double error) {
    double[] shared = new double[mean.length];
    double variance = CAUTION * error * error;
    double innovation = result.residual(predicted);
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        shared[i] += covariance[i][j] * sensitivity[j];
      }
      variance += sensitivity[i] * shared[i];
      innovation -= sensitivity[i] * mean[i];
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] += shared[i] / variance * innovation;
      for (int j = 0; j < mean.length; j++) {
        covariance[i][j] -= shared[i] * shared[j] / variance;
      }
    }
  }
}
