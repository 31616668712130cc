package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.ensemble.Diagnostics;
import org.trabecula.engine.ensemble.Diagnostics.Check;
import org.trabecula.engine.ensemble.Diagnostics.Verdict;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.EnsembleSimulation;
import org.trabecula.engine.ensemble.ImportanceSampler;
import org.trabecula.engine.ensemble.ImportanceSampler.Sample;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Normal;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Posterior;
import org.trabecula.engine.ensemble.Proposal;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.HormoneLayer;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.SimulationFailure;

/// What a patient's results leave of the prior.
final class Inference {

  /// Tail probability, over all results together, below which one of them strains the model, and
  /// below which it does not fit.
  private static final double STRAINED = 0.01;

  private static final double IMPOSSIBLE = 1e-4;

  /// A result on the day of a switch is from before it, d.
  private static final double BEFORE_A_SWITCH = 1e-6;

  /// Ten megabytes: a posterior's read-outs are good until the next inference of its thread.
  private static final ThreadLocal<EnsembleReadOuts> SCRATCH =
      ThreadLocal.withInitial(EnsembleReadOuts::new);

  private final Parameters p;
  private final PatientPrior prior;
  private final Exposure exposure;
  private final Evidence evidence;
  private final double[] days;
  private final EnsembleReadOuts readOuts = SCRATCH.get();
  private @Nullable Members members;
  private Evidence.@Nullable Weighed weighed;

  /// @param days ascending: those of the results, and all others that are wanted
  Inference(Parameters p, PatientPrior prior, Exposure exposure, Evidence evidence, double[] days) {
    this.p = p;
    this.prior = prior;
    this.exposure = exposure;
    this.evidence = evidence;
    this.days = days.clone();
  }

  Posterior posterior(long seed, int size) {
    int[] coordinates = prior.scores().stream().mapToInt(Trait::ordinal).toArray();
    HormoneProposal proposal = new HormoneProposal(p, prior);
    List<HormoneResult> hormones = evidence.hormones();
    HormoneLayer layer = new HormoneLayer(p.endocrine(), prior.typical());
    for (HormoneResult result : hormones) {
      double before = result.day() - BEFORE_A_SWITCH;
      proposal.learn(result, layer.settled(before, exposure.at(before)));
    }
    Sample sample =
        new ImportanceSampler(seed, coordinates, size, this::logLikelihood)
            .sample(hormones.isEmpty() ? Proposal.prior() : proposal.proposal());
    Evidence.Weighed last = Objects.requireNonNull(weighed);
    return new Posterior(
        Objects.requireNonNull(members),
        readOuts,
        sample.weights(),
        last.levels(),
        diagnostics(sample, last.surprises()));
  }

  private double[] logLikelihood(double[][] scores) {
    Members drawn = prior.members(scores);
    EnsembleSimulation.run(p, prior.typical(), exposure, drawn, days, readOuts);
    boolean[] outside = outside(readOuts);
    Evidence.Weighed result = evidence.weigh(drawn, readOuts);
    for (int i = 0; i < outside.length; i++) {
      if (outside[i]) {
        result.logLikelihood()[i] = Double.NEGATIVE_INFINITY;
      }
    }
    members = drawn;
    weighed = result;
    return result.logLikelihood();
  }

  /// Members that the equations cannot follow: bodies beyond what they describe, which the prior
  /// should not have held. They get no weight; so that nothing has to step round them, they take
  /// the course of one that is inside.
  ///
  /// @throws SimulationFailure that of the first, if the equations can follow none
  private static boolean[] outside(EnsembleReadOuts readOuts) {
    boolean[] outside = new boolean[readOuts.size()];
    readOuts.failures().keySet().forEach(member -> outside[member] = true);
    int inside = 0;
    while (inside < outside.length && outside[inside]) {
      inside++;
    }
    if (inside == outside.length) {
      throw readOuts.failures().get(readOuts.failures().firstKey());
    }
    if (readOuts.failures().isEmpty()) {
      return outside;
    }
    int lastDay = readOuts.days().length - 1;
    for (Observable observable : Observable.values()) {
      for (int d = 0; d <= lastDay; d++) {
        double[] values = readOuts.at(observable, d);
        for (int i = 0; i < values.length; i++) {
          values[i] = outside[i] ? values[inside] : values[i];
        }
      }
    }
    return outside;
  }

  private static Diagnostics diagnostics(Sample sample, List<Evidence.Surprise> surprises) {
    List<Check> checks = new ArrayList<>();
    surprises.stream()
        .sorted(
            Comparator.comparingDouble(Evidence.Surprise::day).thenComparing(Evidence.Surprise::id))
        .forEach(
            surprise ->
                checks.add(
                    check(
                        surprise.id(),
                        score(sample.priorWeights(), surprise.z()),
                        score(sample.weights(), surprise.z()))));
    double worst = checks.stream().mapToDouble(Check::tail).min().orElse(1) * checks.size();
    Verdict verdict = Verdict.FITS;
    if (!sample.supported() || (!checks.isEmpty() && worst < IMPOSSIBLE)) {
      verdict = Verdict.DOES_NOT_FIT;
    } else if (!sample.reliable() || (!checks.isEmpty() && worst < STRAINED)) {
      verdict = Verdict.STRAINED;
    }
    return new Diagnostics(
        sample.weights().length,
        sample.stages(),
        sample.effectiveSize(),
        sample.largestWeight(),
        sample.paretoK(),
        verdict,
        checks,
        conflicting(checks, verdict));
  }

  /// Those that are improbable; where none is by itself, the least probable one.
  private static List<String> conflicting(List<Check> checks, Verdict verdict) {
    List<String> improbable =
        checks.stream()
            .filter(check -> check.tail() * checks.size() < STRAINED)
            .map(Check::id)
            .toList();
    if (verdict != Verdict.DOES_NOT_FIT || !improbable.isEmpty()) {
      return improbable;
    }
    return checks.stream()
        .min(Comparator.comparingDouble(Check::tail))
        .map(check -> List.of(check.id()))
        .orElse(List.of());
  }

  private static Check check(String id, double priorZ, double posteriorZ) {
    return new Check(id, priorZ, posteriorZ, 2 * Normal.cdf(-Math.abs(posteriorZ)));
  }

  /// Normal score of a result under the weighted members' mixture.
  private static double score(double[] weights, double[] z) {
    double below = 0;
    double above = 0;
    for (int i = 0; i < z.length; i++) {
      below += weights[i] * Normal.cdf(z[i]);
      above += weights[i] * Normal.cdf(-z[i]);
    }
    double tail = Math.max(Math.min(below, above), Double.MIN_NORMAL);
    double score = -Normal.quantile(Math.min(0.5, tail));
    return below < above ? -score : score;
  }
}
