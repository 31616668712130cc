package org.trabecula.patient.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Region;

/// What is known of a patient that a forecast or a rule asks for. UNKNOWN and null say that nobody
/// has told us; nothing is presumed.
///
/// @param birth the month, or the year alone, is all that is kept of it
/// @param deceased null when nobody has said
/// @param heightCm cm
/// @param weightKg kg
/// @param medications the clinic's own list; null when nobody has said, empty when the patient
/// takes none
/// @param facts what the statements about the patient come to; null when there are none
/// @param statedMedications medications that were stated one by one; null when there are none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(
    @Nullable Region region,
    Sex sexForClinicalUse,
    @Nullable Birth birth,
    @Nullable Boolean deceased,
    Menopause menopause,
    Presence uterus,
    Hypogonadism hypogonadism,
    GrowthHormoneDeficiency growthHormoneDeficiency,
    @Nullable Double heightCm,
    @Nullable Double weightKg,
    Smoking smoking,
    @Nullable List<Medication> medications,
    @Nullable List<Fact> facts,
    @Nullable List<Medication> statedMedications) {

  Profile stating(List<Fact> known, List<Medication> taken) {
    return new Profile(
        region,
        sexForClinicalUse,
        birth,
        deceased,
        menopause,
        uterus,
        hypogonadism,
        growthHormoneDeficiency,
        heightCm,
        weightKg,
        smoking,
        medications,
        known.isEmpty() ? null : known,
        taken.isEmpty() ? null : taken);
  }

  /// The same with another's statements, which a clinic's own document does not hold.
  Profile withStatementsOf(Profile other) {
    return stating(
        Objects.requireNonNullElse(other.facts, List.of()),
        Objects.requireNonNullElse(other.statedMedications, List.of()));
  }

  /// The first month in which the patient can have been born; null when nothing is known.
  public @Nullable YearMonth earliestBirth() {
    return birth == null ? null : birth.earliest();
  }

  /// As the clinic's own document says, else as a stated fact does.
  public Menopause answeredMenopause() {
    return new FactAnswers(this).menopause();
  }

  /// All that the patient takes or took. Where the clinic's own list names an agent for the same
  /// time, the list is what counts.
  public List<Medication> everyMedication() {
    List<Medication> own = Objects.requireNonNullElse(medications, List.of());
    return Stream.concat(
            own.stream(),
            Stream.ofNullable(statedMedications)
                .flatMap(List::stream)
                .filter(stated -> own.stream().noneMatch(listed -> overlap(listed, stated))))
        .toList();
  }

  private static boolean overlap(Medication one, Medication other) {
    return one.agent().equals(other.agent())
        && startsBeforeEndOf(one, other)
        && startsBeforeEndOf(other, one);
  }

  private static boolean startsBeforeEndOf(Medication one, Medication other) {
    return one.start() == null || other.stop() == null || one.start().isBefore(other.stop());
  }
}
