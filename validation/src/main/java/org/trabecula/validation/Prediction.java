package org.trabecula.validation;

/// What the model says of a row. The interval is for the mean of an arm: it holds the spread
/// between trials and the standard error of the arm.
///
/// @param median per cent, as the row reports it
/// @param sd of arm means around it
record Prediction(Question question, double median, double sd) {

  private static final double Z90 = 1.6448536269514722;

  double error() {
    return median - question.observed();
  }

  double low() {
    return median - Z90 * sd;
  }

  double high() {
    return median + Z90 * sd;
  }

  boolean covers() {
    return question.observed() >= low() && question.observed() <= high();
  }
}
