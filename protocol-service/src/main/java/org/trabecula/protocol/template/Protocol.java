package org.trabecula.protocol.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Route;

/// A published version of a protocol template. It never changes.
///
/// @param family `male`, `female` or `peptide`
/// @param expectedFindings rules that it raises by itself, in an otherwise unremarkable patient
public record Protocol(
    String code,
    int version,
    String family,
    String title,
    String description,
    ForWhom forWhom,
    List<Step> steps,
    List<String> expectedFindings,
    String evidenceNote,
    String source) {

  /// @param sex any when null
  /// @param uterus any when null
  public record ForWhom(@Nullable Sex sex, @Nullable Presence uterus, String condition) {}

  /// @param intervalDays days between administrations; null when as needed
  /// @param asNeededPerWeek administrations expected a week; null when at an interval
  /// @param cycle the days of each cycle on which it is taken; null when on all
  /// @param indication what for, as the regulators' table codes it; null when it has no code for it
  /// @param startAfterDays days from the start of the whole; from its first day when null
  /// @param stopAfterDays days from the start of the whole to the first without it; open when null
  /// @param changes titration or taper
  public record Step(
      String agent,
      Quantity dose,
      Route route,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek,
      @Nullable Cycle cycle,
      @Nullable String indication,
      @Nullable Integer startAfterDays,
      @Nullable Integer stopAfterDays,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Change> changes,
      String purpose) {

    @SuppressWarnings("NullAway") // A file that titrates nothing has no changes.
    public Step {
      changes = changes == null ? List.of() : List.copyOf(changes);
    }
  }

  /// Another dose; as often as before unless it says otherwise.
  ///
  /// @param afterDays from the first day of its step
  public record Change(
      int afterDays,
      Quantity dose,
      @Nullable BigDecimal intervalDays,
      @Nullable BigDecimal asNeededPerWeek) {}
}
