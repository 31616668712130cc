package org.trabecula.validation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.trabecula.validation.FreeNumber.Numbers;

/// `./trabecula bench trials FILE.csv`, `./trabecula bench calibrate`, `./trabecula bench
/// validate`.
public final class Validation {

  private static final String USAGE =
      """
      Usage: ./trabecula bench trials FILE.csv   predicts every arm of a file of trials
             ./trabecula bench calibrate         fits the model's numbers to the shipped trials
             ./trabecula bench validate          writes docs/validation.md anew""";

  private Validation() {}

  /// Arguments: the project's root, the verb and what it takes.
  public static void main(String[] arguments) throws IOException {
    List<String> words =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    System.exit(run(Path.of(arguments[0]), words, System.out, System.err));
  }

  static int run(Path root, List<String> words, PrintStream out, PrintStream err)
      throws IOException {
    if (words.size() == 2 && words.getFirst().equals("trials")) {
      return trials(Path.of(words.getLast()), out, err);
    }
    if (words.equals(List.of("calibrate"))) {
      CalibrationRun.run(root, out);
      return 0;
    }
    if (words.equals(List.of("validate"))) {
      ValidationReport.run(root, out);
      return 0;
    }
    err.println(USAGE);
    return 2;
  }

  private static int trials(Path file, PrintStream out, PrintStream err) throws IOException {
    if (!Files.isReadable(file)) {
      err.println("There is no file " + file);
      return 1;
    }
    try {
      TrialSet set = TrialSet.of(TrialFile.read(file));
      TrialsReport.print(Predictor.predict(Numbers.shipped(), set.questions()), set.skipped(), out);
      return 0;
    } catch (TrialFile.Unreadable e) {
      err.println(file + ": " + e.getMessage());
      return 1;
    }
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
