package org.trabecula.engine.ensemble;

/// The states of all members on one day, from which a simulation can go on.
///
/// @param day from `asOf`
/// @param values one array over the members per state
public record EnsembleState(double day, double[][] values) {}
