package org.trabecula.validation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trabecula.validation.FreeNumber.Numbers;

/// Fits the free numbers to the shipped trials and anchors, writes them into the engine's resources
/// and says how well each trial is predicted by the others.
final class CalibrationRun {

  private static final String RESOURCES =
      "forecast-engine/src/main/resources/org/trabecula/engine/";

  private CalibrationRun() {}

  static void run(Path root, PrintStream out) throws IOException {
    List<FreeNumber> free = FreeNumber.all();
    List<Question> questions = TrialSet.forCalibration();
    Calibration calibration = new Calibration(Numbers.shipped(), free, questions);
    out.printf("Fitting %d numbers to %d rows.%n", free.size(), questions.size());
    double[] optimum = calibration.fit(loss -> out.println(Validation.format("  loss %.2f", loss)));
    out.println(Validation.format("%-28s %12s %12s %8s", "number", "prior", "fitted", "moved"));
    for (int i = 0; i < optimum.length; i++) {
      FreeNumber number = free.get(i);
      out.println(
          Validation.format(
              "%-28s %12.5g %12.5g %5.2f SD",
              number.name(), number.prior(), number.at(optimum[i]), optimum[i]));
    }
    write(root, free, optimum, calibration.at(optimum));
    out.println("Leaving one trial out:");
    List<Prediction> left =
        LeaveOneTrialOut.run(questions, optimum, trial -> out.println("  " + trial));
    TrialsReport.classes(left, out);
    Score all = Score.of(left);
    out.println(
        Validation.format(
            "left out: rows=%d mae=%.2f bias=%.2f coverage90=%.2f",
            all.rows(), all.mae(), all.bias(), all.coverage()));
  }

  private static void write(Path root, List<FreeNumber> free, double[] optimum, Numbers fitted)
      throws IOException {
    Path parameters = root.resolve(RESOURCES + "parameters.csv");
    Path agents = root.resolve(RESOURCES + "agents.csv");
    List<String> parameterLines = Files.readAllLines(parameters);
    List<String> agentLines = Files.readAllLines(agents);
    for (int i = 0; i < optimum.length; i++) {
      FreeNumber number = free.get(i);
      replace(number.agent() ? agentLines : parameterLines, number.name(), number.at(optimum[i]));
      if (!number.also().isEmpty()) {
        double coefficient = fitted.agents().find(number.also()).orElseThrow().coefficient();
        replace(agentLines, number.also(), coefficient);
      }
    }
    Files.write(parameters, parameterLines);
    Files.write(agents, agentLines);
  }

  /// Both tables hold the value in the third column, and its status in one of that name.
  private static void replace(List<String> lines, String name, double value) {
    List<String> header =
        fields(lines.stream().filter(line -> !line.startsWith("#")).toList().getFirst());
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(name + ";")) {
        List<String> row = fields(lines.get(i));
        row.set(2, Validation.format("%.5g", value));
        row.set(header.indexOf("status"), "fitted");
        lines.set(i, String.join(";", row));
        return;
      }
    }
    throw new IllegalStateException("no row for " + name);
  }

  private static List<String> fields(String line) {
    return new ArrayList<>(List.of(line.split(";", -1)));
  }
}
