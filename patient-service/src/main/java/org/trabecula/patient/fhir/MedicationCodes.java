package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.statement.Coding;

/// Which agent of ours a code of ATC or RxNorm means, where it means one alone: ATC does not tell
/// salts and forms of estradiol or testosterone apart.
@Singleton
class MedicationCodes {
  /// Our own code system of agents.
  static final String SYSTEM = "urn:trabecula:agent";

  private final Map<Code, String> agents = new HashMap<>();

  private record Code(@Nullable String system, @Nullable String code) {}

  MedicationCodes() throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    MedicationCodes.class.getResourceAsStream("medication-codes.csv")),
                UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(";"))
          .forEach(row -> agents.put(new Code(row[0], row[1]), row[2]));
    }
  }

  /// Empty when the codes mean none, or different ones.
  Optional<String> agent(List<Coding> codings) {
    List<String> meant =
        codings.stream()
            .flatMap(
                coding ->
                    SYSTEM.equals(coding.system())
                        ? Optional.ofNullable(coding.code()).stream()
                        : Optional.ofNullable(agents.get(new Code(coding.system(), coding.code())))
                            .stream())
            .distinct()
            .toList();
    return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
  }
}
