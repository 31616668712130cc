package org.trabecula.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.trabecula.validation.FreeNumber.Numbers;
import org.trabecula.validation.TrialFile.Rejected;

/// All that the report is made of.
///
/// @param predictions of the shipped trials by the shipped numbers
/// @param leftOut the judged rows among them, each by a calibration without its trial
/// @param ranks of simulated patients
record Findings(
    Numbers numbers,
    List<Prediction> predictions,
    List<Prediction> leftOut,
    List<Rejected> skipped,
    List<RankHistogram> ranks) {

  /// The judged rows of one drug class.
  record OfClass(DrugClass drugClass, Score fitted, Score leftOut) {}

  /// @param progress receives what is being done
  static Findings of(Consumer<String> progress) {
    Numbers numbers = Numbers.shipped();
    TrialSet trials = TrialSet.of(TrialFile.trials());
    progress.accept(Validation.format("Predicting %d rows of trials", trials.questions().size()));
    List<Prediction> predictions = Predictor.predict(numbers, trials.questions());
    double[] optimum = FreeNumber.all().stream().mapToDouble(n -> n.step(n.of(numbers))).toArray();
    progress.accept("Leaving one trial out");
    List<Prediction> leftOut =
        LeaveOneTrialOut.run(
            TrialSet.forCalibration(), optimum, trial -> progress.accept("  " + trial));
    progress.accept("Simulating patients");
    List<RankHistogram> ranks = RankHistogram.all(progress);
    return new Findings(numbers, predictions, leftOut, trials.skipped(), ranks);
  }

  List<Prediction> judged() {
    return predictions.stream().filter(p -> p.question().isJudged()).toList();
  }

  List<Prediction> density() {
    return predictions.stream().filter(p -> p.question().measure().isDensity()).toList();
  }

  List<OfClass> byClass() {
    Map<DrugClass, Score> left = Score.byClass(leftOut);
    return Score.byClass(judged()).entrySet().stream()
        .map(
            e ->
                new OfClass(e.getKey(), e.getValue(), Objects.requireNonNull(left.get(e.getKey()))))
        .toList();
  }

  Optional<Prediction> leftOut(Prediction prediction) {
    return Optional.ofNullable(byLine(leftOut).get(prediction.question().row().line()));
  }

  private static Map<Integer, Prediction> byLine(List<Prediction> predictions) {
    Map<Integer, Prediction> byLine = new HashMap<>();
    predictions.forEach(p -> byLine.put(p.question().row().line(), p));
    return byLine;
  }
}
