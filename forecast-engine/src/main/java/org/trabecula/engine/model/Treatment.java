package org.trabecula.engine.model;

/// What all agents together do to the model's inputs at one moment. Everything is an average over
/// the dosing interval: peaks and troughs do not reach bone.
///
/// @param testosterone mg/d of testosterone reaching the blood
/// @param estradiol pg/mL estradiol-equivalent added
/// @param oralEstrogen whether an estrogen passes the liver first
/// @param aromataseInhibitor mg/d anastrozole-equivalent
/// @param enclomiphene mg/d enclomiphene-equivalent
/// @param gonadorelin intermittent LH drive, 1 = usual maintenance schedule
/// @param gnrhSuppression 0 to 1
/// @param androgenBlock share of androgen receptors blocked, 0 to 1
/// @param ghStimulus gain in IGF-1 that secretagogues would give with a healthy pituitary
/// @param gh IGF-1 ratio that somatropin adds
/// @param glucocorticoid mg/d prednisone-equivalent
/// @param slowRecovery whether the LH drive is recovering from more than six months of testosterone
public record Treatment(
    double testosterone,
    double estradiol,
    boolean oralEstrogen,
    double aromataseInhibitor,
    double enclomiphene,
    double gonadorelin,
    double gnrhSuppression,
    double androgenBlock,
    double ghStimulus,
    double gh,
    double glucocorticoid,
    boolean slowRecovery) {

  public static final Treatment NONE = new Treatment(0, 0, false, 0, 0, 0, 0, 0, 0, 0, 0, false);
}
