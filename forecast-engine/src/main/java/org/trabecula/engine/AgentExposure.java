package org.trabecula.engine;

import org.jspecify.annotations.Nullable;

/// The level that an agent adds at steady state. The mean drives bone.
///
/// @param quantity [Quantity#ESTRADIOL] or [Quantity#TESTOSTERONE], in its unit
/// @param peak null when the agent is not a depot, whose swings the model does not follow
/// @param trough as `peak`
public record AgentExposure(
    String agent, Quantity quantity, double mean, @Nullable Double peak, @Nullable Double trough) {}
