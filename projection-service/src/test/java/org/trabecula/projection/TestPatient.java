package org.trabecula.projection;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.contracts.RegulatoryStatus;

/// A woman of 57, five years after her last period, and what the other services say of her.
public record TestPatient(String clinic, UUID id) {
  public static final Instant REGISTERED = Instant.parse("2025-11-03T09:00:00Z");
  public static final Instant DRAWN = Instant.parse("2026-01-12T07:40:00Z");
  public static final LocalDate FIRST_PATCH = LocalDate.of(2025, 12, 1);

  public static TestPatient random() {
    return new TestPatient("alder", UUID.randomUUID());
  }

  public ProfileRecorded profile() {
    return profile(1, Sex.FEMALE, YearMonth.of(1968, 5), false, List.of());
  }

  public ProfileRecorded profile(List<Medication> medications) {
    return profile(1, Sex.FEMALE, YearMonth.of(1968, 5), false, medications);
  }

  public ProfileRecorded profile(
      int version,
      Sex sex,
      @Nullable YearMonth birth,
      boolean deceased,
      List<Medication> medications) {
    return new ProfileRecorded(
        id,
        version,
        Region.EU,
        sex,
        birth,
        null,
        deceased,
        new ProfileRecorded.Menopause(MenopausalStatus.POSTMENOPAUSAL, YearMonth.of(2020, 8)),
        Presence.PRESENT,
        new ProfileRecorded.Hypogonadism(HypogonadismKind.NONE, null),
        new ProfileRecorded.GrowthHormoneDeficiency(Presence.ABSENT, null),
        165.0,
        64.0,
        Smoking.NEVER,
        medications,
        null,
        REGISTERED,
        REGISTERED);
  }

  /// CTX of a fasting morning sample, in ng/L.
  public MeasurementRecorded ctx(UUID measurement, int version, String value) {
    return measurement(measurement, version, "ctx", value, "ng/L", DRAWN);
  }

  public MeasurementRecorded measurement(
      UUID measurement, int version, String analyte, String value, String unit, Instant at) {
    var quantity = new Quantity(new BigDecimal(value), unit);
    return new MeasurementRecorded(
        measurement,
        id,
        version,
        analyte,
        quantity,
        quantity,
        null,
        at,
        MeasurementRecorded.Precision.INSTANT,
        version == 1 ? MeasurementRecorded.Status.FINAL : MeasurementRecorded.Status.CORRECTED,
        MeasurementRecorded.Fasting.YES,
        "Elecsys",
        "riverside",
        analyte.startsWith("bmd-") ? "Hologic Horizon A 3" : null,
        new MeasurementRecorded.Source("urn:oid:2.999.1", measurement.toString()),
        at.plusSeconds(3600),
        null,
        null,
        null,
        null,
        null);
  }

  public MeasurementWithdrawn withdrawn(UUID measurement, int version) {
    return new MeasurementWithdrawn(measurement, id, version, "another patient's sample", DRAWN);
  }

  /// Estradiol by patch.
  public RegimenAssigned patch(
      UUID regimen, int version, String microgramsPerDay, List<Flag> flags) {
    return regimen(
        regimen,
        version,
        List.of(step("estradiol-patch", microgramsPerDay, "ug/d", Route.TRANSDERMAL, FIRST_PATCH)),
        flags);
  }

  public RegimenAssigned regimen(UUID regimen, int version, List<Step> steps, List<Flag> flags) {
    return new RegimenAssigned(
        regimen,
        id,
        version,
        null,
        steps,
        List.of(),
        flags,
        null,
        null,
        null,
        Instant.parse("2025-12-01T10:00:00Z"));
  }

  public static Step step(String agent, String dose, String unit, Route route, LocalDate start) {
    return new Step(
        agent,
        new Quantity(new BigDecimal(dose), unit),
        route,
        new BigDecimal("3.5"),
        null,
        null,
        null,
        start,
        null);
  }

  public static Flag flag() {
    return new Flag(
        "estradiol-patch",
        Region.EU,
        RegulatoryStatus.APPROVED,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
