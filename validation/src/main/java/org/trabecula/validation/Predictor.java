package org.trabecula.validation;

import java.util.List;
import org.trabecula.validation.FreeNumber.Numbers;

/// Predicts rows with one set of numbers.
final class Predictor {

  private Predictor() {}

  static List<Prediction> predict(Numbers numbers, List<Question> questions) {
    Answers answers = new Answers(numbers.parameters(), numbers.agents(), questions);
    return questions.stream().map(q -> new Prediction(q, answers.to(q), Spread.ofArm(q))).toList();
  }
}
