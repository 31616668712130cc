package org.trabecula.engine.ensemble;

import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.ReadOut;
import org.trabecula.engine.model.Treatment;

/// What all members share at one moment: age, treatment and what follows from these alone.
///
/// @param decades since formation began to fall with age
/// @param tOwn ng/dL: a man's own testosterone at an LH drive of 1 and full capacity; a woman's
/// @param tGiven ng/dL at the typical clearance
/// @param aromatase share left
/// @param hidden share of estradiol that the feedback does not see
/// @param spine factor of degenerative change on a spine scan
/// @param onsets the shared factors of the [Onset]s
record Moment(
    double day,
    double decades,
    Treatment rx,
    double tOwn,
    double tGiven,
    double aromatase,
    double hidden,
    double spine,
    double[] onsets) {

  private static final double MG_PER_L_TO_NG_PER_DL = 1e5;

  static Moment of(
      double day, Parameters parameters, Physiology body, Exposure exposure, Onset[] onsets) {
    Parameters.Endocrine p = parameters.endocrine();
    double age = body.ageAtZero() + day / Physiology.YEAR;
    Treatment rx = exposure.at(day);
    double[] factors = new double[onsets.length];
    for (int i = 0; i < onsets.length; i++) {
      factors[i] = onsets[i].acts() ? onsets[i].factor(age) : 0;
    }
    double serm = block(rx.enclomiphene(), p.bSerm(), p.d50Serm());
    return new Moment(
        day,
        Math.max(0, age - parameters.tissue().ageOnset()) / 10,
        rx,
        body.male()
            ? p.tRefM() * StrictMath.exp(-p.tAgeM() * Math.max(0, age - 40))
            : p.tRefF() * (1 - p.tAgeF() / (1 + StrictMath.exp((45 - age) / 8))),
        rx.testosterone() / (body.male() ? p.clM() : p.clF()) * MG_PER_L_TO_NG_PER_DL,
        1
            - (body.male()
                ? block(rx.aromataseInhibitor(), p.iAroM(), p.d50AroM())
                : block(rx.aromataseInhibitor(), p.iAroF(), p.d50AroF())),
        1 - (1 - serm) * (1 - p.bAr() * rx.androgenBlock()),
        ReadOut.spine(parameters.readOut(), body.male(), age),
        factors);
  }

  private static double block(double dose, double ceiling, double half) {
    return dose > 0 ? ceiling * dose / (dose + half) : 0;
  }
}
