package org.trabecula.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// The same equations in C under SUNDIALS CVODE: compiled here, fed through a text file.
final class CvodePeer {
  /// Members of each case.
  static final int MEMBERS = 200;

  /// LS, FN, TH, CTX, P1NP
  static final int READ_OUTS = 5;

  /// @param milliseconds of processor time of each repetition, over all members
  /// @param readOuts of member, month from 1, and observable
  record Result(List<Double> milliseconds, double[][][] readOuts) {}

  private final Path program;
  private final Path members;

  private CvodePeer(Path program, Path members) {
    this.program = program;
    this.members = members;
  }

  /// @throws PeerMissing when it cannot be compiled
  static CvodePeer compile(Path root, List<EngineCases.Case> cases) throws IOException {
    Path folder = Files.createDirectories(root.resolve("bench/target/peer"));
    Path program = folder.resolve("peer");
    run(
        "cc",
        "-O3",
        "-march=native",
        "-o",
        program.toString(),
        root.resolve("bench/src/main/c/peer.c").toString(),
        "-lsundials_cvode",
        "-lsundials_nvecserial",
        "-lsundials_sunmatrixdense",
        "-lsundials_sunlinsoldense",
        "-lm");
    Path members = folder.resolve("members.txt");
    Files.write(members, lines(cases));
    return new CvodePeer(program, members);
  }

  Result solve(double rtol, int repetitions) throws IOException {
    Path readOuts = members.resolveSibling("read-outs.bin");
    List<Double> times =
        run(
                program.toString(),
                members.toString(),
                Integer.toString(EngineCases.MONTHS),
                Double.toString(rtol),
                Integer.toString(repetitions),
                readOuts.toString())
            .lines()
            .map(Double::valueOf)
            .toList();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(readOuts)).order(ByteOrder.nativeOrder());
    int size = bytes.remaining() / (EngineCases.MONTHS * READ_OUTS * Double.BYTES);
    double[][][] values = new double[size][EngineCases.MONTHS][READ_OUTS];
    for (double[][] member : values) {
      for (double[] month : member) {
        bytes.asDoubleBuffer().get(month);
        bytes.position(bytes.position() + READ_OUTS * Double.BYTES);
      }
    }
    return new Result(times, values);
  }

  private static List<String> lines(List<EngineCases.Case> cases) {
    List<String> lines = new ArrayList<>();
    for (EngineCases.Case c : cases) {
      for (int i = 0; i < MEMBERS; i++) {
        Map<String, Double> columns = columns(c, i);
        if (lines.isEmpty()) {
          lines.add(String.join(" ", columns.keySet()));
        }
        lines.add(
            columns.values().stream()
                .map(value -> value.isInfinite() ? "1e300" : value.toString())
                .collect(Collectors.joining(" ")));
      }
    }
    return lines;
  }

  private static Map<String, Double> columns(EngineCases.Case c, int i) {
    Parameters parameters = c.members().parameters(EngineCases.TYPICAL, i);
    Physiology body = c.members().body(c.body(), i);
    // The body's last: where a name stands for both, it is the body's that the equations read.
    Map<String, Double> columns = new LinkedHashMap<>(parameters.values());
    columns.put("male", body.male() ? 1.0 : 0.0);
    columns.put("ageAtZero", body.ageAtZero());
    columns.put("fmp", body.fmp());
    columns.put("fmpLag", body.fmpLag());
    columns.put("fmpWidth", body.fmpWidth());
    columns.put("hypogonadism", body.hypogonadism());
    columns.put("kapL", body.kapL());
    columns.put("kapH", body.kapH());
    columns.put("ghd", body.ghd());
    columns.put("kapGH", body.kapGH());
    columns.put("cortisolOnset", body.cortisolOnset());
    columns.put("cortisol", body.cortisol());
    columns.put("vitaminD", body.vitaminD());
    columns.put("bmi", body.bmi());
    columns.put("weightRatio", body.weightRatio());
    columns.put("femaleTestosterone", body.shift().femaleTestosterone());
    columns.put("testosteroneExposure", body.shift().testosteroneExposure());
    columns.put("estradiol", body.shift().estradiol());
    columns.put("estradiolPost", body.shift().estradiolPost());
    columns.put("estradiolExposure", body.shift().estradiolExposure());
    columns.put("igf", body.shift().igf());
    columns.put("depotRate", c.dose().depotRate());
    columns.put("rxTestosterone", c.dose().testosterone());
    columns.put("rxEstradiol", c.dose().estradiol());
    columns.put("rxOral", 0.0);
    columns.put("rxAromataseInhibitor", c.dose().anastrozole());
    columns.put("rxGh", c.dose().gh());
    columns.put("rxGlucocorticoid", 0.0);
    double[] y = state(c.now().values(), i);
    for (int k = 0; k < y.length; k++) {
      columns.put("y" + k, y[k]);
    }
    return columns;
  }

  /// G, I, C, P, B, S, VyT, VoT, N, VyC, VoC
  private static double[] state(double[][] states, int i) {
    double[] y = new double[11];
    for (int k = 0; k < 6; k++) {
      y[k] = states[k][i];
    }
    double trabecular = Math.exp(states[6][i] + states[7][i]);
    double cortical = Math.exp(states[9][i]);
    y[6] = trabecular * states[8][i];
    y[7] = trabecular * (1 - states[8][i]);
    y[8] = Math.exp(states[7][i]);
    y[9] = cortical * states[10][i];
    y[10] = cortical * (1 - states[10][i]);
    return y;
  }

  private static String run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new PeerMissing(e.toString());
    }
    String output = new String(process.getInputStream().readAllBytes());
    try {
      if (process.waitFor() != 0) {
        throw new PeerMissing(output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerMissing("interrupted");
    }
    return output;
  }

  /// No compiler or no SUNDIALS.
  static final class PeerMissing extends IOException {
    private static final long serialVersionUID = 1;

    PeerMissing(String message) {
      super(message);
    }
  }
}
