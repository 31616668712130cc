package org.trabecula.engine.ensemble;

import org.trabecula.engine.model.Physiology;

/// The factor between one body's own level and the population's in some quantity, given its
/// results: normal in the log, in every member about a mean of its own with one common spread. From
/// `day` on it drifts as a random walk.
///
/// @param mean of the log factor in each member, on `day`
/// @param sd of the log factor about that mean
/// @param day of the last result; 0 without one
/// @param drift SD of the log per square root of a year after `day`
/// @param error SD of the log of one more result
public record Level(double[] mean, double sd, double day, double drift, double error) {

  static final double YEAR = Physiology.YEAR;

  /// Variance of the log factor about a member's mean, on a day not before `day`.
  public double variance(double later) {
    return sd * sd + drift * drift * Math.max(0, later - day) / YEAR;
  }
}
