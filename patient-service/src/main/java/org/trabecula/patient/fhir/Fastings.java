package org.trabecula.patient.fhir;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Specimen;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded.Fasting;

/// Reads whether the patient had fasted: of the specimen that an Observation contains, or of a
/// component with LOINC 49541-6. What is not told in a code is not guessed at.
final class Fastings {
  private static final String FASTING_STATUS = "49541-6";

  /// Of HL7 v2's table 0916 (F, NF), LOINC's answers (LA33-6 yes, LA32-8 no) and SNOMED CT
  /// (16985007 fasting). Recalled.
  private static final List<String> YES = List.of("F", "LA33-6", "16985007", "Y");

  private static final List<String> NO = List.of("NF", "LA32-8", "N");

  private Fastings() {}

  /// Null when it does not say.
  static @Nullable Fasting read(Observation observation) {
    Stream<Type> specimen =
        observation.getSpecimen().getResource() instanceof Specimen contained
            ? Stream.ofNullable(contained.getCollection().getFastingStatus())
            : Stream.empty();
    Stream<Type> component =
        observation.getComponent().stream()
            .filter(one -> one.getCode().hasCoding(Codes.LOINC, FASTING_STATUS))
            .map(one -> one.getValue());
    return Stream.concat(specimen, component)
        .map(Fastings::fasting)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private static Optional<Fasting> fasting(@Nullable Type value) {
    return switch (value) {
      case BooleanType said when said.hasValue() ->
          Optional.of(said.booleanValue() ? Fasting.YES : Fasting.NO);
      // How long the patient had fasted.
      case Duration hours when hours.hasValue() ->
          Optional.of(hours.getValue().signum() > 0 ? Fasting.YES : Fasting.NO);
      case CodeableConcept concept ->
          concept.getCoding().stream()
              .map(Coding::getCode)
              .filter(Objects::nonNull)
              .map(Fastings::coded)
              .flatMap(Optional::stream)
              .findFirst();
      case StringType text when text.hasValue() -> coded(text.getValue());
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Fasting> coded(String code) {
    if (YES.contains(code)) {
      return Optional.of(Fasting.YES);
    }
    return NO.contains(code) ? Optional.of(Fasting.NO) : Optional.empty();
  }
}
