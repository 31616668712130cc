package org.trabecula.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.EnsembleSimulation;
import org.trabecula.engine.ensemble.FlopCount;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.model.ReadOut;
import org.trabecula.engine.model.Simulation;

/// How long 1,000 ten-year trajectories take, how exact they are and what of the machine that uses:
/// the ensemble, the one-by-one path and CVODE, one after another on one thread.
final class Engine {
  private static final Observable[] COMPARED = {
    Observable.LUMBAR_SPINE,
    Observable.FEMORAL_NECK,
    Observable.TOTAL_HIP,
    Observable.CTX,
    Observable.P1NP
  };
  private static final int BMD = 3;
  private static final double RTOL = 1e-6;
  private static final double TIGHT = 1e-11;
  private static final int REPETITIONS = 9;
  private static final long MEASURED_NANOS = 4_000_000_000L;
  private static final int LEAST_RUNS = 10;

  private final Path root;
  private final PrintStream out;
  private final List<EngineCases.Case> cases = EngineCases.all();

  /// Of the last run, so that none can be optimised away.
  private volatile @Nullable Object result;

  Engine(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
  }

  void measure() throws IOException {
    CvodePeer peer = peer();
    CvodePeer.Result cvode = peer == null ? null : peer.solve(RTOL, REPETITIONS);
    CvodePeer.Result tight = peer == null ? null : peer.solve(TIGHT, 1);
    Map<String, RunResult> single = benchmarks(".*EngineBenchmark.*", 1);
    RunResult two = benchmarks(".*EngineBenchmark.ensembleHorizon", 2).values().iterator().next();

    EngineBenchmark bench = new EngineBenchmark();
    bench.prepare();
    double thousands = cases.size() * EngineCases.MEMBERS / 1e3;
    double few = cases.size() * EngineBenchmark.FEW / 1e3;
    double horizon = processorMillis(bench::ensembleHorizon);
    double oneByOneWhole = processorMillis(bench::oneByOneWhole) / few;
    double oneByOne = oneByOneWhole - processorMillis(bench::oneByOneRunIn) / few;
    out.printf("%nProcessor time per 1,000 trajectories of ten years, from the same state:%n");
    if (cvode != null && tight != null) {
      double median = median(cvode.milliseconds()) / (cases.size() * CvodePeer.MEMBERS / 1e3);
      report("CVODE, BDF, rtol 1e-6", median, median, error(cvode.readOuts(), tight));
      report("one by one, whole less run-in", oneByOne, median, oneByOneError(tight));
      report("ensemble", horizon / thousands, median, ensembleError(tight));
      out.printf("The error of one by one has that of both run-ins in it.%n");
    } else {
      out.printf("  %-32s %8.2f ms%n", "one by one, whole less run-in", oneByOne);
      out.printf("  %-32s %8.2f ms%n", "ensemble", horizon / thousands);
    }
    out.printf(
        "With the run-in: ensemble %.2f ms (run-in alone %.2f), one by one %.0f ms.%n",
        processorMillis(bench::ensembleWhole) / thousands,
        processorMillis(bench::ensembleRunIn) / thousands,
        oneByOneWhole);
    out.printf(
        "On the clock, by JMH: ensemble %.2f ms, with the run-in %.2f ms. The machine was %s.%n",
        millis(single, "ensembleHorizon") / thousands,
        millis(single, "ensembleWhole") / thousands,
        millis(single, "ensembleHorizon") < 1.2 * horizon ? "free" : "busy: read no clock");
    out.printf(
        "Allocated per ensemble of 1,000: %.0f KiB, run-in included.%n",
        allocated(single, "ensembleWhole") / cases.size() / 1024);
    int forecasts = ForecastCases.all().size();
    out.printf(
        "A whole personalised forecast of 1,024 members: %.1f ms of processor time, %.1f ms on the"
            + " clock, %.0f KiB allocated.%n",
        processorMillis(bench::forecasts) / forecasts,
        millis(single, "forecasts") / forecasts,
        allocated(single, "forecasts") / forecasts / 1024);
    out.printf(
        "Two threads, an ensemble each: %.2f times the throughput of one, on the clock.%n",
        2 * millis(single, "ensembleHorizon") / two.getPrimaryResult().getScore());
    flops(horizon, processorMillis(bench::peak));
  }

  /// The median of many runs, once the compiler is done with the first ones.
  private double processorMillis(Supplier<Object> run) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> times = new ArrayList<>();
    long began = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - began < MEASURED_NANOS
        || times.size() < LEAST_RUNS) {
      long before = threads.getCurrentThreadCpuTime();
      result = run.get();
      times.add((threads.getCurrentThreadCpuTime() - before) / 1e6);
    }
    return median(times.subList(times.size() / 2, times.size()));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void flops(double ensembleMillis, double peakMillis) {
    long flops =
        cases.stream()
            .mapToLong(
                c ->
                    FlopCount.of(
                        EngineCases.TYPICAL,
                        c.body(),
                        c.dose(),
                        c.members(),
                        c.now(),
                        EngineCases.DAYS))
            .sum();
    double rate = flops / ensembleMillis / 1e6;
    double peak = EngineBenchmark.peakFlops() / peakMillis / 1e6;
    out.printf(
        "%.0f million operations per 1,000 (one per operation on a lane, two per fma, padding"
            + " included): %.1f Gflop/s, %.0f %% of the %.0f that a loop of fma reaches.%n",
        flops / 1e6 / cases.size() / (EngineCases.MEMBERS / 1e3), rate, 100 * rate / peak, peak);
  }

  private @Nullable CvodePeer peer() throws IOException {
    try {
      return CvodePeer.compile(root, cases);
    } catch (CvodePeer.PeerMissing e) {
      out.printf(
          "*** NO PEER: the C program did not compile, so nothing is compared with CVODE. It needs"
              + " cc and SUNDIALS (libsundials-dev). ***%n%s%n",
          e.getMessage());
      return null;
    }
  }

  private static Map<String, RunResult> benchmarks(String pattern, int threads) {
    var options =
        new OptionsBuilder()
            .include(pattern)
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.NORMAL)
            .build();
    try {
      Collection<RunResult> results = new Runner(options).run();
      return results.stream()
          .collect(Collectors.toMap(r -> r.getPrimaryResult().getLabel(), r -> r));
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double millis(Map<String, RunResult> results, String name) {
    return requireNonNull(results.get(name)).getPrimaryResult().getScore();
  }

  private static double allocated(Map<String, RunResult> results, String name) {
    RunResult result = requireNonNull(results.get(name));
    return requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
  }

  private void report(String name, double millis, double cvode, double[] error) {
    out.printf(
        "  %-32s %8.2f ms   %6.1f times as fast as CVODE   error BMD %.1e, CTX and P1NP %.1e%n",
        name, millis, cvode / millis, error[0], error[1]);
  }

  private double[] ensembleError(CvodePeer.Result tight) {
    double[][][] values = empty();
    EnsembleReadOuts readOuts = new EnsembleReadOuts();
    for (int k = 0; k < cases.size(); k++) {
      EngineCases.Case c = cases.get(k);
      EnsembleSimulation.run(
          EngineCases.TYPICAL,
          c.body(),
          c.dose(),
          c.members(),
          c.now(),
          EngineCases.DAYS,
          readOuts);
      for (int i = 0; i < CvodePeer.MEMBERS; i++) {
        for (int month = 1; month <= EngineCases.MONTHS; month++) {
          for (int q = 0; q < COMPARED.length; q++) {
            values[k * CvodePeer.MEMBERS + i][month - 1][q] = readOuts.at(COMPARED[q], month)[i];
          }
        }
      }
    }
    return error(values, tight);
  }

  private double[] oneByOneError(CvodePeer.Result tight) {
    double[][][] values = empty();
    for (int k = 0; k < cases.size(); k++) {
      for (int i = 0; i < EngineBenchmark.FEW; i++) {
        List<ReadOut> months =
            Simulation.run(EngineBenchmark.member(cases.get(k), i), EngineCases.DAYS);
        for (int month = 1; month <= EngineCases.MONTHS; month++) {
          ReadOut r = months.get(month);
          values[k * CvodePeer.MEMBERS + i][month - 1] =
              new double[] {r.ls(), r.fn(), r.th(), r.ctx(), r.p1np()};
        }
      }
    }
    return error(values, tight);
  }

  private double[][][] empty() {
    return new double[cases.size() * CvodePeer.MEMBERS][EngineCases.MONTHS][COMPARED.length];
  }

  /// The largest relative deviation of BMD and of the markers; a zero is a member not simulated.
  private static double[] error(double[][][] values, CvodePeer.Result tight) {
    double[] worst = new double[2];
    for (int i = 0; i < values.length; i++) {
      for (int month = 0; month < values[i].length; month++) {
        for (int q = 0; q < COMPARED.length; q++) {
          double value = values[i][month][q];
          if (value != 0) {
            int group = q < BMD ? 0 : 1;
            double error = Math.abs(value / tight.readOuts()[i][month][q] - 1);
            worst[group] = Math.max(worst[group], error);
          }
        }
      }
    }
    return worst;
  }
}
