package org.trabecula.engine.model;

/// One body and its endogenous history. Ages in years; an age of positive infinity is "does not
/// happen".
///
/// @param ageAtZero age at `asOf`
/// @param fmp age at the final menstrual period
/// @param fmpLag from there to the half fall of estradiol, y
/// @param fmpWidth width of that fall, y
/// @param hypogonadism age at its onset
/// @param kapL capacity of the Leydig cells from then on, 1 = healthy
/// @param kapH capacity of hypothalamus and pituitary from then on, 1 = healthy
/// @param ghd age at the onset of GH deficiency
/// @param kapGH IGF-1 ratio from then on
/// @param pituitary response to GH secretagogues, 1 = healthy
/// @param cortisolOnset age at the onset of an endogenous cortisol disorder
/// @param cortisol exposure ratio from then on
/// @param replacedCortisol whether glucocorticoids replace the body's own instead of adding to it
/// @param vitaminD ng/mL
/// @param bmi kg/m2
/// @param weightRatio body weight relative to the reference load
/// @param shift what the patient's own hormone levels say
public record Physiology(
    boolean male,
    double ageAtZero,
    double fmp,
    double fmpLag,
    double fmpWidth,
    double hypogonadism,
    double kapL,
    double kapH,
    double ghd,
    double kapGH,
    double pituitary,
    double cortisolOnset,
    double cortisol,
    boolean replacedCortisol,
    double vitaminD,
    double bmi,
    double weightRatio,
    HormoneShift shift) {

  public static final double YEAR = 365.25;

  /// Factors on single terms of the hormone layer; 1 = as in the population.
  ///
  /// @param femaleTestosterone on the ovarian and adrenal testosterone of a woman
  /// @param testosteroneExposure on what a dose of testosterone adds
  /// @param estradiol on aromatisation in a man, on the cycle mean or the postmenopausal level in a
  /// woman
  /// @param estradiolExposure on what a dose of estrogen adds
  /// @param igf on IGF-1
  public record HormoneShift(
      double femaleTestosterone,
      double testosteroneExposure,
      double estradiol,
      double estradiolPost,
      double estradiolExposure,
      double igf) {

    public static final HormoneShift NONE = new HormoneShift(1, 1, 1, 1, 1, 1);
  }

  double age(double day) {
    return ageAtZero + day / YEAR;
  }

  /// A man whose capacities deviate throughout life, unless an onset is known.
  public Physiology hypogonadalForLife() {
    return Double.isFinite(hypogonadism) ? this : withOnset(Double.NEGATIVE_INFINITY);
  }

  private Physiology withOnset(double age) {
    return new Physiology(
        male,
        ageAtZero,
        fmp,
        fmpLag,
        fmpWidth,
        age,
        kapL,
        kapH,
        ghd,
        kapGH,
        pituitary,
        cortisolOnset,
        cortisol,
        replacedCortisol,
        vitaminD,
        bmi,
        weightRatio,
        shift);
  }

  Physiology withCapacities(double leydig, double central) {
    return new Physiology(
        male,
        ageAtZero,
        fmp,
        fmpLag,
        fmpWidth,
        hypogonadism,
        leydig,
        central,
        ghd,
        kapGH,
        pituitary,
        cortisolOnset,
        cortisol,
        replacedCortisol,
        vitaminD,
        bmi,
        weightRatio,
        shift);
  }

  public Physiology withShift(HormoneShift newShift) {
    return new Physiology(
        male,
        ageAtZero,
        fmp,
        fmpLag,
        fmpWidth,
        hypogonadism,
        kapL,
        kapH,
        ghd,
        kapGH,
        pituitary,
        cortisolOnset,
        cortisol,
        replacedCortisol,
        vitaminD,
        bmi,
        weightRatio,
        newShift);
  }
}
