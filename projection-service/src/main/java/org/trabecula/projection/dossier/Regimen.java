package org.trabecula.projection.dossier;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenStopped;

/// What a patient takes and has taken, as last stated.
///
/// @param version counts up with each change of the patient's regimen, stopping included
/// @param steps empty once the regimen has been stopped
/// @param statedAt when it was stated: what starts later was a plan then
public record Regimen(
    UUID regimenId,
    int version,
    RegimenAssigned.@Nullable Protocol protocol,
    List<RegimenAssigned.Step> steps,
    List<RegimenAssigned.Step> history,
    List<RegimenAssigned.Flag> flags,
    Instant statedAt) {

  public static Regimen of(RegimenAssigned assigned) {
    return new Regimen(
        assigned.regimenId(),
        assigned.version(),
        assigned.protocol(),
        assigned.steps(),
        assigned.history(),
        assigned.flags(),
        assigned.assignedAt());
  }

  public static Regimen of(RegimenStopped stopped) {
    return new Regimen(
        stopped.regimenId(),
        stopped.version(),
        null,
        List.of(),
        stopped.history(),
        List.of(),
        stopped.recordedAt());
  }

  /// Past, present and planned.
  public Stream<RegimenAssigned.Step> everyStep() {
    return Stream.concat(history.stream(), steps.stream());
  }
}
