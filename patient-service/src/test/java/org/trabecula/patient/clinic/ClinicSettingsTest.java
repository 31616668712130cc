package org.trabecula.patient.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.ClinicConfigured.LaboratoryCode;
import org.trabecula.contracts.ClinicConfigured.LeastSignificantChange;
import org.trabecula.contracts.ClinicConfigured.Scanner;

class ClinicSettingsTest {
  private final ClinicSettings settings =
      new ClinicSettings(
          ZoneId.of("Europe/Dublin"),
          null,
          null,
          List.of(new Scanner("dxa-1", "total-hip", 1.0)),
          List.of(
              new LeastSignificantChange("bmd-total-hip", 4.0),
              new LeastSignificantChange("osteocalcin", 30)),
          List.of(
              new LaboratoryCode("LAB", "E2", "pg/mL", "estradiol"),
              new LaboratoryCode("LAB", "E2", null, "testosterone"),
              new LaboratoryCode("OTHER", "E2", null, "ctx")),
          false);

  @Test
  void theClinicsWordGoesBeforeTheDefaultAndTheOtherDefaultsStand() {
    assertThat(settings.everyLeastSignificantChange())
        .containsExactlyInAnyOrder(
            new LeastSignificantChange("bmd-total-hip", 4.0),
            new LeastSignificantChange("osteocalcin", 30),
            new LeastSignificantChange("bmd-lumbar-spine", 5.3),
            new LeastSignificantChange("bmd-femoral-neck", 6.9),
            new LeastSignificantChange("ctx", 40),
            new LeastSignificantChange("p1np", 25));
  }

  @Test
  void aLaboratorysCodeIsReadWithItsUnitAndOnlyFromItsSender() {
    assertThat(settings.analyte("LAB", "E2", "pg/mL")).contains("estradiol");
    assertThat(settings.analyte("LAB", "E2", "nmol/L")).contains("testosterone");
    assertThat(settings.analyte("OTHER", "E2", "pg/mL")).contains("ctx");
    assertThat(settings.analyte("NOBODY", "E2", "pg/mL")).isEmpty();
  }
}
