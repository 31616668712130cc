package org.trabecula.projection.forecast;

import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.projection.dossier.Dossier;

/// What follows each change of a dossier, once its forecast is up to date: in the same transaction,
/// while the dossier is held.
public interface Sequel {

  /// @param published the forecast or refusal that has just become current; null when the one
  /// before still is, since what changed is nothing that the model reads
  void follow(Dossier dossier, @Nullable Event published);
}
