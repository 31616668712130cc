package org.trabecula.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.ForecastRequest;
import org.trabecula.engine.Outcome;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.EnsembleSimulation;
import org.trabecula.engine.ensemble.EnsembleState;
import org.trabecula.engine.model.BoneModel;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;
import org.trabecula.engine.model.Simulation;

/// Each way to the same trajectories, over all [EngineCases].
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgs = {"--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC"})
@Warmup(iterations = 4, time = 1500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 1500, timeUnit = TimeUnit.MILLISECONDS)
public class EngineBenchmark {
  /// Members per case that the one-by-one path is measured on.
  static final int FEW = 10;

  static final int PEAK_ROUNDS = 10_000;
  static final int PEAK_CHAINS = 10;

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final double[] NOW = {0};

  private final EnsembleReadOuts out = new EnsembleReadOuts();
  private List<EngineCases.Case> cases = List.of();
  private List<BoneModel> models = List.of();
  private final ForecastEngine engine = new ForecastEngine(Parameters.shipped());
  private final List<ForecastRequest> requests = ForecastCases.all();

  @Setup(Level.Trial)
  public void prepare() {
    cases = EngineCases.all();
    models =
        cases.stream().flatMap(c -> IntStream.range(0, FEW).mapToObj(i -> member(c, i))).toList();
  }

  @Benchmark
  public EnsembleReadOuts ensembleHorizon() {
    for (EngineCases.Case c : cases) {
      EnsembleSimulation.run(
          EngineCases.TYPICAL, c.body(), c.dose(), c.members(), c.now(), EngineCases.DAYS, out);
    }
    return out;
  }

  @Benchmark
  public List<EnsembleState> ensembleRunIn() {
    return cases.stream()
        .map(c -> EnsembleSimulation.at(0, EngineCases.TYPICAL, c.body(), c.dose(), c.members()))
        .toList();
  }

  @Benchmark
  public EnsembleReadOuts ensembleWhole() {
    for (EngineCases.Case c : cases) {
      EnsembleSimulation.run(
          EngineCases.TYPICAL, c.body(), c.dose(), c.members(), EngineCases.DAYS, out);
    }
    return out;
  }

  @Benchmark
  public List<List<ReadOut>> oneByOneRunIn() {
    return oneByOne(NOW);
  }

  @Benchmark
  public List<List<ReadOut>> oneByOneWhole() {
    return oneByOne(EngineCases.DAYS);
  }

  private List<List<ReadOut>> oneByOne(double[] days) {
    return models.stream().map(model -> Simulation.run(model, days)).toList();
  }

  /// Everything that one result sets off: run-in, horizon, posterior, second stages, quantiles.
  @Benchmark
  public List<Outcome> forecasts() {
    return requests.stream().map(engine::forecast).toList();
  }

  static BoneModel member(EngineCases.Case c, int i) {
    return new BoneModel(
        c.members().parameters(EngineCases.TYPICAL, i), c.members().body(c.body(), i), c.dose());
  }

  /// As many fused multiplications and additions as the core can do: independent chains, in
  /// registers.
  @Benchmark
  public double peak() {
    DoubleVector x = DoubleVector.broadcast(SPECIES, 0.999999);
    DoubleVector a0 = x;
    DoubleVector a1 = x.add(1);
    DoubleVector a2 = x.add(2);
    DoubleVector a3 = x.add(3);
    DoubleVector a4 = x.add(4);
    DoubleVector a5 = x.add(5);
    DoubleVector a6 = x.add(6);
    DoubleVector a7 = x.add(7);
    DoubleVector a8 = x.add(8);
    DoubleVector a9 = x.add(9);
    for (int i = 0; i < PEAK_ROUNDS; i++) {
      a0 = a0.fma(x, x);
      a1 = a1.fma(x, x);
      a2 = a2.fma(x, x);
      a3 = a3.fma(x, x);
      a4 = a4.fma(x, x);
      a5 = a5.fma(x, x);
      a6 = a6.fma(x, x);
      a7 = a7.fma(x, x);
      a8 = a8.fma(x, x);
      a9 = a9.fma(x, x);
    }
    DoubleVector low = a0.add(a1).add(a2).add(a3).add(a4);
    return low.add(a5).add(a6).add(a7).add(a8).add(a9).lane(0);
  }

  static double peakFlops() {
    return 2.0 * SPECIES.length() * PEAK_CHAINS * PEAK_ROUNDS;
  }
}
