package org.trabecula.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trabecula.validation.FreeNumber.Numbers;

/// The shipped numbers against the shipped trials.
class ShippedTrialsTest {

  private final TrialSet trials = TrialSet.of(TrialFile.trials());

  @Test
  void everyRowIsAskedOrSkippedWithAReason() {
    TrialFile file = TrialFile.trials();
    assertThat(trials.questions().size() + trials.skipped().size())
        .isEqualTo(file.rows().size() + file.rejected().size());
    assertThat(file.rejected()).isEmpty();
    assertThat(trials.skipped()).allSatisfy(row -> assertThat(row.reason()).isNotBlank());
  }

  @Test
  void theShippedNumbersAreThoseOfTheCalibration() {
    List<Prediction> judged =
        Predictor.predict(
            Numbers.shipped(), trials.questions().stream().filter(Question::isJudged).toList());
    Score all = Score.of(judged);
    assertThat(all.rows()).isGreaterThan(100);
    assertThat(all.mae()).isLessThan(0.9);
    assertThat(all.coverage()).isBetween(0.85, 0.97);
    for (Map.Entry<DrugClass, Score> entry : Score.byClass(judged).entrySet()) {
      if (entry.getValue().rows() >= 5) {
        assertThat(entry.getValue().bias()).as(entry.getKey().title()).isBetween(-0.4, 0.4);
      }
    }
  }

  /// A step of the calibration from its own optimum hardly moves.
  @Test
  void leavingATrialOutMovesThePredictionsOfItAlone() {
    List<FreeNumber> free = FreeNumber.all().subList(0, 6);
    List<Question> few =
        trials.questions().stream()
            .filter(Question::isJudged)
            .filter(q -> q.row().trial().matches("HOPE2002|WEISS1999|LEES2001"))
            .toList();
    Calibration calibration = new Calibration(Numbers.shipped(), free, few);
    double[] optimum = calibration.fit(loss -> {});
    double[] predictions = calibration.predictions(optimum);
    double[] again = calibration.refit(optimum, calibration.sensitivities(optimum, predictions));
    for (int i = 0; i < optimum.length; i++) {
      assertThat(again[i]).as(free.get(i).name()).isBetween(optimum[i] - 0.1, optimum[i] + 0.1);
    }
  }
}
