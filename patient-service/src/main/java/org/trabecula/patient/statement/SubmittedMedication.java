package org.trabecula.patient.statement;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.Quantity;

/// Something that a patient takes, as a door was told, not yet believed; see [StatedMedication].
///
/// @param source the clinic itself when it is left out: then the agent and the first day are the
/// key
record SubmittedMedication(
    @Nullable String agent,
    @Nullable Quantity dailyDose,
    @Nullable String since,
    @Nullable String until,
    @Nullable List<@Nullable Coding> codings,
    @Nullable String text,
    @Nullable Source source) {

  StatedMedication stated() {
    return new StatedMedication(
        agent,
        dailyDose,
        since,
        until,
        codings == null
            ? List.of()
            : codings.stream()
                .map(coding -> coding == null ? new Coding(null, null, null) : coding)
                .toList(),
        text,
        false);
  }

  Source source(UUID patient) {
    return source != null
        ? source
        : new Source(
            Statement.CLINIC,
            Stream.of(patient.toString(), "medication", name(), since)
                .map(part -> Objects.requireNonNullElse(part, ""))
                .collect(Collectors.joining("/")));
  }

  private @Nullable String name() {
    return agent == null ? text : agent;
  }
}
