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
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.statement.Coding;

/// What FHIR's Observations of smoking say: the answers to the question of the National Health
/// Interview Survey, which the United States' records ask.
@Singleton
class SmokingStatus {
  /// In the catalogue of clinical facts.
  static final String FACT = "smoking";

  /// An answer that the fact has no value for.
  static final String UNKNOWN = "unknown";

  /// Tobacco smoking status NHIS.
  static final String LOINC = "72166-2";

  private final Map<Answer, String> answers = new HashMap<>();

  private record Answer(@Nullable String system, @Nullable String code) {}

  SmokingStatus() throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    SmokingStatus.class.getResourceAsStream("smoking-status.csv")),
                UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(";"))
          .forEach(row -> answers.put(new Answer(row[0], row[1]), row[2]));
    }
  }

  static boolean isToldBy(Observation observation) {
    return observation.getCode().getCoding().stream()
        .anyMatch(
            coding -> Codes.LOINC.equals(coding.getSystem()) && LOINC.equals(coding.getCode()));
  }

  /// Empty when the codes are none of the answers, or different ones.
  Optional<String> answer(List<Coding> codings) {
    List<String> meant =
        codings.stream()
            .flatMap(
                coding ->
                    Optional.ofNullable(answers.get(new Answer(coding.system(), coding.code())))
                        .stream())
            .distinct()
            .toList();
    return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
  }
}
