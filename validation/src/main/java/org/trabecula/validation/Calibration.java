package org.trabecula.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.trabecula.validation.FreeNumber.Numbers;

/// Maximum a posteriori fit of the free numbers to rows of trials: Levenberg-Marquardt, in units of
/// prior standard deviations.
///
/// There is a robust residual per row, and a plain one for the mean error of each drug class: a
/// class must not be wrong on the whole because its trials are small.
final class Calibration {

  /// Residuals beyond so many standard deviations count less and less.
  private static final double ROBUST = 1.5;

  /// Points by which the mean error of a drug class may differ from none.
  private static final double CLASS_BIAS = 0.1;

  private static final double LEAST_MONTHS = 9;
  private static final double MOST_MONTHS = 36;
  private static final int LEAST_CLASS = 2;
  private static final double DIFFERENCE = 0.02;
  private static final double LONGEST_STEP = 0.8;
  private static final double CONVERGED = 0.02;
  private static final int MOST_ITERATIONS = 30;
  private static final int REFIT_ITERATIONS = 6;

  private final List<FreeNumber> free;
  private final Numbers from;
  private final List<Question> questions;
  private final List<List<Integer>> classes;

  /// @param from the numbers that are not free
  Calibration(Numbers from, List<FreeNumber> free, List<Question> questions) {
    this.from = from;
    this.free = free;
    this.questions = questions;
    this.classes = classes(questions);
  }

  /// The numbers so many prior standard deviations from their prior means.
  Numbers at(double[] steps) {
    Numbers numbers = from;
    for (int i = 0; i < steps.length; i++) {
      numbers = free.get(i).set(numbers, free.get(i).at(steps[i]));
    }
    return numbers;
  }

  /// From the prior means.
  ///
  /// @param progress receives the loss after every iteration
  double[] fit(DoubleConsumer progress) {
    double[] steps = new double[free.size()];
    double[] predictions = predictions(steps);
    double damping = 0.1;
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      RealMatrix sensitivities = sensitivities(steps, predictions);
      double before = loss(predictions, steps);
      double after = before;
      for (int attempt = 0; attempt < 6 && after >= before; attempt++) {
        double[] trial = step(steps, predictions, sensitivities, damping);
        double[] moved = predictions(trial);
        after = loss(moved, trial);
        if (after < before) {
          steps = trial;
          predictions = moved;
          damping /= 4;
        } else {
          damping *= 5;
        }
      }
      progress.accept(Math.min(before, after));
      if (before - after < CONVERGED) {
        return steps;
      }
    }
    return steps;
  }

  /// From the optimum of a fit to more rows, by its sensitivities: they hardly change when a few
  /// rows are left out, and cost nearly all of the work.
  ///
  /// @param sensitivities those of this calibration's rows
  double[] refit(double[] near, RealMatrix sensitivities) {
    double[] steps = near;
    for (int i = 0; i < REFIT_ITERATIONS; i++) {
      steps = step(steps, predictions(steps), sensitivities, 1e-3);
    }
    return steps;
  }

  double[] predictions(double[] steps) {
    Numbers numbers = at(steps);
    Answers answers = new Answers(numbers.parameters(), numbers.agents(), questions);
    return questions.stream().mapToDouble(answers::to).toArray();
  }

  /// Change of every prediction per prior standard deviation of every free number.
  RealMatrix sensitivities(double[] steps, double[] predictions) {
    double[][] columns =
        IntStream.range(0, free.size())
            .parallel()
            .mapToObj(
                i -> {
                  double[] moved = steps.clone();
                  moved[i] += DIFFERENCE;
                  double[] column = predictions(moved);
                  for (int k = 0; k < column.length; k++) {
                    column[k] = (column[k] - predictions[k]) / DIFFERENCE;
                  }
                  return column;
                })
            .toArray(double[][]::new);
    return new Array2DRowRealMatrix(columns, false).transpose();
  }

  private double[] step(
      double[] steps, double[] predictions, RealMatrix sensitivities, double damping) {
    double[] residuals = residuals(predictions);
    RealMatrix jacobian = jacobian(predictions, sensitivities);
    RealMatrix normal = jacobian.transposeMultiply(jacobian);
    RealVector gradient =
        jacobian
            .transpose()
            .operate(new ArrayRealVector(residuals))
            .add(new ArrayRealVector(steps));
    for (int i = 0; i < steps.length; i++) {
      normal.addToEntry(i, i, 1 + damping * (1 + normal.getEntry(i, i)));
    }
    RealVector move = new CholeskyDecomposition(normal).getSolver().solve(gradient);
    double[] next = steps.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] -= Math.clamp(move.getEntry(i), -LONGEST_STEP, LONGEST_STEP);
    }
    return next;
  }

  private double[] residuals(double[] predictions) {
    double[] residuals = new double[questions.size() + classes.size()];
    for (int i = 0; i < questions.size(); i++) {
      residuals[i] = robust(standardised(i, predictions));
    }
    for (int c = 0; c < classes.size(); c++) {
      double sum = 0;
      double weights = 0;
      for (int i : classes.get(c)) {
        Question question = questions.get(i);
        sum += question.weight() * (predictions[i] - question.observed());
        weights += question.weight();
      }
      residuals[questions.size() + c] = sum / weights / CLASS_BIAS;
    }
    return residuals;
  }

  private RealMatrix jacobian(double[] predictions, RealMatrix sensitivities) {
    RealMatrix jacobian = new Array2DRowRealMatrix(questions.size() + classes.size(), free.size());
    for (int i = 0; i < questions.size(); i++) {
      double slope = robustSlope(standardised(i, predictions)) / Spread.forFit(questions.get(i));
      jacobian.setRowVector(i, sensitivities.getRowVector(i).mapMultiply(slope));
    }
    for (int c = 0; c < classes.size(); c++) {
      RealVector sum = new ArrayRealVector(free.size());
      double weights = 0;
      for (int i : classes.get(c)) {
        double weight = questions.get(i).weight();
        sum = sum.add(sensitivities.getRowVector(i).mapMultiply(weight));
        weights += weight;
      }
      jacobian.setRowVector(questions.size() + c, sum.mapDivide(CLASS_BIAS * weights));
    }
    return jacobian;
  }

  private double standardised(int i, double[] predictions) {
    Question question = questions.get(i);
    return (predictions[i] - question.observed()) / Spread.forFit(question);
  }

  private double loss(double[] predictions, double[] steps) {
    return squares(residuals(predictions)) + squares(steps);
  }

  private static double squares(double[] x) {
    return Arrays.stream(x).map(v -> v * v).sum();
  }

  /// Square root of the pseudo-Huber loss, with the sign of the residual.
  private static double robust(double r) {
    double c = ROBUST;
    double loss = 2 * c * c * (Math.sqrt(1 + r * r / (c * c)) - 1);
    return Math.copySign(Math.sqrt(loss), r);
  }

  private static double robustSlope(double r) {
    double c = ROBUST;
    double root = Math.abs(robust(r));
    return root < 1e-9 ? 1 : Math.abs(r) / (root * Math.sqrt(1 + r * r / (c * c)));
  }

  private static boolean isCounted(Question question) {
    double months = question.row().months();
    return question.isOnTreatment() && months >= LEAST_MONTHS && months <= MOST_MONTHS;
  }

  private static List<List<Integer>> classes(List<Question> questions) {
    Map<DrugClass, List<Integer>> byClass = new EnumMap<>(DrugClass.class);
    for (int i = 0; i < questions.size(); i++) {
      if (isCounted(questions.get(i))) {
        byClass.computeIfAbsent(questions.get(i).drugClass(), c -> new ArrayList<>()).add(i);
      }
    }
    return byClass.values().stream().filter(rows -> rows.size() >= LEAST_CLASS).toList();
  }
}
