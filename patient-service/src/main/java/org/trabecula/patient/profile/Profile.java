package org.trabecula.patient.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
/// @param birth year and month are all that is kept of it
/// @param deceased null when nobody has said
/// @param heightCm cm
/// @param weightKg kg
/// @param medications null when nobody has said; empty when the patient takes none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(
    @Nullable Region region,
    Sex sexForClinicalUse,
    @Nullable YearMonth birth,
    @Nullable Boolean deceased,
    Menopause menopause,
    Presence uterus,
    Hypogonadism hypogonadism,
    GrowthHormoneDeficiency growthHormoneDeficiency,
    @Nullable Double heightCm,
    @Nullable Double weightKg,
    Smoking smoking,
    @Nullable List<Medication> medications) {}
