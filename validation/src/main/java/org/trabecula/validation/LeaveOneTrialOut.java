package org.trabecula.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.trabecula.validation.FreeNumber.Numbers;

/// Predicts each trial by a calibration that has not seen it. Reports of the same participants are
/// left out together.
final class LeaveOneTrialOut {

  private LeaveOneTrialOut() {}

  /// @param optimum of the calibration to all rows
  /// @param progress receives each trial when it is done
  static List<Prediction> run(
      List<Question> questions, double[] optimum, Consumer<String> progress) {
    Numbers from = Numbers.shipped();
    List<FreeNumber> free = FreeNumber.all();
    Calibration all = new Calibration(from, free, questions);
    RealMatrix sensitivities = all.sensitivities(optimum, all.predictions(optimum));
    TreeSet<String> studies = new TreeSet<>();
    questions.stream().filter(Question::isJudged).forEach(q -> studies.add(study(q)));
    List<Prediction> predictions = new ArrayList<>();
    for (String study : studies) {
      List<Question> others = new ArrayList<>();
      List<double[]> rows = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        if (!study(questions.get(i)).equals(study)) {
          others.add(questions.get(i));
          rows.add(sensitivities.getRow(i));
        }
      }
      Calibration without = new Calibration(from, free, others);
      RealMatrix kept = new Array2DRowRealMatrix(rows.toArray(double[][]::new), false);
      Numbers numbers = without.at(without.refit(optimum, kept));
      List<Question> left =
          questions.stream().filter(q -> q.isJudged() && study(q).equals(study)).toList();
      predictions.addAll(Predictor.predict(numbers, left));
      progress.accept(study);
    }
    return predictions;
  }

  private static String study(Question question) {
    String trial = question.row().trial();
    return switch (trial) {
      case "PEPI_STOP2002" -> "PEPI1996";
      case "STOPIT2002" -> "STOPIT2001";
      default -> trial;
    };
  }
}
