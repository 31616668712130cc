package org.trabecula.projection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.projection.TestPatient.DRAWN;
import static org.trabecula.projection.TestPatient.REGISTERED;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.projection.TestPatient;
import org.trabecula.projection.dossier.Regimen;

class AsOfTest {
  private static final UUID ID = new UUID(1, 2);
  private final TestPatient patient = new TestPatient("alder", new UUID(3, 4));

  @Test
  void isTheTimeOfRegistrationWhenNothingElseHappened() {
    assertThat(asOf(null, List.of())).isEqualTo(REGISTERED);
  }

  @Test
  void isTheLatestMeasurement() {
    var earlier = patient.measurement(ID, 1, "p1np", "55", "ug/L", DRAWN.minusSeconds(86_400));
    assertThat(asOf(null, List.of(patient.ctx(ID, 1, "412"), earlier))).isEqualTo(DRAWN);
  }

  @Test
  void isTheStartOfTheDayOnWhichAStepStarted() {
    var regimen = Regimen.of(patient.patch(ID, 1, "50", List.of()));
    assertThat(asOf(regimen, List.of())).isEqualTo(Instant.parse("2025-12-01T00:00:00Z"));
  }

  @Test
  void isTheDayOfTheStatementWhenAStepStartsLater() {
    var step =
        TestPatient.step(
            "estradiol-patch", "50", "ug/d", Route.TRANSDERMAL, LocalDate.of(2026, 6, 1));
    var regimen = Regimen.of(patient.regimen(ID, 1, List.of(step), List.of()));
    assertThat(asOf(regimen, List.of())).isEqualTo(Instant.parse("2025-12-01T00:00:00Z"));
  }

  @Test
  void isTheStartOfAMedicationBesidesTheRegimen() {
    var prednisone =
        new Medication(
            "prednisone",
            new Quantity(new BigDecimal("7.5"), "mg/d"),
            LocalDate.of(2025, 10, 7),
            null);
    Given given = Given.of(patient.profile(List.of(prednisone)), null, List.of(), "parameters");
    assertThat(given.request().asOf()).isEqualTo(Instant.parse("2025-10-07T00:00:00Z"));
  }

  @Test
  void ignoresWhatTheModelDoesNotRead() {
    var later = patient.measurement(ID, 1, "tsh", "2", "m[IU]/L", DRAWN);
    assertThat(asOf(null, List.of(later))).isEqualTo(REGISTERED);
  }

  private Instant asOf(@Nullable Regimen regimen, List<MeasurementRecorded> measurements) {
    return Given.of(patient.profile(), regimen, measurements, "parameters").request().asOf();
  }
}
