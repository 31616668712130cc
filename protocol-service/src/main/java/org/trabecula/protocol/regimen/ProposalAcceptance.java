package org.trabecula.protocol.regimen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a clinician adds to a proposal when making an order of it.
///
/// @param overrides rules that are set aside, and why
/// @param acknowledged rules whose findings were read
public record ProposalAcceptance(
    @Nullable List<RegimenRequest.@Nullable Override> overrides,
    @Nullable List<@Nullable String> acknowledged) {

  /// @param reason why it is not followed
  public record Refusal(@Nullable String reason) {}
}
