package org.trabecula.patient.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Region;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.Person.Name;

/// A patient as a door was told, not yet believed. What was left out is null, at any depth.
///
/// @param birth `YYYY`, `YYYY-MM`, or a date of which the month is kept
public record SubmittedPatient(
    @Nullable List<@Nullable Identifier> identifiers,
    @Nullable Name name,
    @Nullable Sex sexForClinicalUse,
    @Nullable String birth,
    @Nullable Region region,
    @Nullable Boolean deceased,
    @Nullable Menopause menopause,
    @Nullable Presence uterus,
    @Nullable Hypogonadism hypogonadism,
    @Nullable GrowthHormoneDeficiency growthHormoneDeficiency,
    @Nullable Double heightCm,
    @Nullable Double weightKg,
    @Nullable Smoking smoking,
    @Nullable List<@Nullable Medication> medications) {

  Person person() {
    return new Person(
        identifiers == null ? List.of() : identifiers.stream().map(Identifier.class::cast).toList(),
        name);
  }

  Profile profile(@Nullable Birth told) {
    return new Profile(
        region,
        sexForClinicalUse == null ? Sex.UNKNOWN : sexForClinicalUse,
        told,
        deceased,
        menopause == null ? new Menopause(MenopausalStatus.UNKNOWN, null) : menopause,
        uterus == null ? Presence.UNKNOWN : uterus,
        hypogonadism == null ? new Hypogonadism(HypogonadismKind.UNKNOWN, null) : hypogonadism,
        growthHormoneDeficiency == null
            ? new GrowthHormoneDeficiency(Presence.UNKNOWN, null)
            : growthHormoneDeficiency,
        heightCm,
        weightKg,
        smoking == null ? Smoking.UNKNOWN : smoking,
        medications == null ? null : medications.stream().map(Medication.class::cast).toList(),
        null,
        null);
  }
}
