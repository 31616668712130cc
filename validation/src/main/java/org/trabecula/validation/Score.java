package org.trabecula.validation;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How well predictions did: mean absolute error, mean error, share of the 90 % intervals that hold
/// the observation.
record Score(int rows, double mae, double bias, double coverage) {

  static Score of(Collection<Prediction> predictions) {
    return new Score(
        predictions.size(),
        predictions.stream().mapToDouble(p -> Math.abs(p.error())).average().orElse(Double.NaN),
        predictions.stream().mapToDouble(Prediction::error).average().orElse(Double.NaN),
        predictions.stream().mapToDouble(p -> p.covers() ? 1 : 0).average().orElse(Double.NaN));
  }

  static Map<DrugClass, Score> byClass(List<Prediction> predictions) {
    Map<DrugClass, Score> scores = new EnumMap<>(DrugClass.class);
    predictions.stream()
        .map(p -> p.question().drugClass())
        .distinct()
        .sorted(Comparator.naturalOrder())
        .forEach(
            drugClass ->
                scores.put(
                    drugClass,
                    of(
                        predictions.stream()
                            .filter(p -> p.question().drugClass() == drugClass)
                            .toList())));
    return scores;
  }
}
