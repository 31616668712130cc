package org.trabecula.engine.ensemble;

/// The states of all members on one day, from which a simulation can go on.
///
/// @param day from `asOf`
/// @param values one array over the members per state: G, I, C, P, B, S, ln Th, ln N, the young
/// share of trabecular bone, ln of cortical volume, the young share of cortical bone
public record EnsembleState(double day, double[][] values) {}
