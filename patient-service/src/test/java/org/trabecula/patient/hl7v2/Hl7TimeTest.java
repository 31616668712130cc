package org.trabecula.patient.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7TimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2026, 2026",
    "202601, 2026-01",
    "20260105, 2026-01-05",
    "2026010508, 2026-01-05T08:00+01:00",
    "202601050810, 2026-01-05T08:10+01:00",
    "20260105081015, 2026-01-05T08:10:15+01:00",
    "20260105081015.25, 2026-01-05T08:10:15.250+01:00",
    "20260105081015-0500, 2026-01-05T08:10:15-05:00",
    "20260105081015+0545, 2026-01-05T08:10:15+05:45",
    "20260705081015, 2026-07-05T08:10:15+02:00",
    "20260105+0100, 2026-01-05",
  })
  void keepsThePrecisionAndTakesTheClinicsZone(String text, String iso) {
    assertThat(Hl7Time.of(text, null, BERLIN)).isEqualTo(new Hl7Time(iso, null));
  }

  @Test
  void takesTheMessagesOffsetBeforeTheClinicsZone() {
    assertThat(Hl7Time.of("20260705081015", ZoneOffset.ofHours(-5), BERLIN).iso())
        .isEqualTo("2026-07-05T08:10:15-05:00");
  }

  @Test
  void refusesAnHourThatTheClocksLeftOut() {
    assertThatExceptionOfType(DateTimeException.class)
        .isThrownBy(() -> Hl7Time.of("20260329023000", null, BERLIN))
        .withMessageContaining("Europe/Berlin");
    assertThat(Hl7Time.of("20260329033000", null, BERLIN).iso())
        .isEqualTo("2026-03-29T03:30+02:00");
  }

  @Test
  void saysThatAnHourCameTwice() {
    Hl7Time time = Hl7Time.of("20261025023000", null, BERLIN);
    assertThat(time.iso()).isEqualTo("2026-10-25T02:30+02:00");
    assertThat(time.note()).contains("twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "26",
        "2026-01-05",
        "20261305",
        "20260230",
        "2026010525",
        "20260105086000",
        "20260105081060",
        "20260105081000+1900",
        "20260105081000+01",
        "2026010508100",
        "soon"
      })
  void refusesWhatIsNoTime(String text) {
    assertThatExceptionOfType(DateTimeException.class)
        .isThrownBy(() -> Hl7Time.of(text, null, BERLIN));
  }
}
