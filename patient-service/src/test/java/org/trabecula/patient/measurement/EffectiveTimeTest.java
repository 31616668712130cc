package org.trabecula.patient.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.MeasurementRecorded.Precision;

class EffectiveTimeTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T23:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "2026, 2026-01-01T00:00:00Z, YEAR",
    "2026-03, 2026-03-01T00:00:00Z, MONTH",
    "2026-03-05, 2026-03-05T00:00:00Z, DAY",
    "2026-03-05T08:10:00+05:45, 2026-03-05T02:25:00Z, INSTANT",
    "2026-03-05T08:10Z, 2026-03-05T08:10:00Z, INSTANT",
    "2026-03-05T08:10:00.123456789Z, 2026-03-05T08:10:00.123456Z, INSTANT",
  })
  void keepsTheStartOfThePeriodAndItsPrecision(String text, Instant at, Precision precision) {
    assertThat(EffectiveTime.parse(text)).isEqualTo(new EffectiveTime(at, precision));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2026-3", "2026-02-30", "2026-03-05T08:10:00", "20260305"})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> EffectiveTime.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-31T23:04:00Z, ",
    "2026-03-31T23:06:00Z, Is in the future.",
    "2026-04-01, ",
    "2026-04-02, Is in the future.",
    "2026-04, ",
    "2026-05, Is in the future.",
    "2027, Is in the future.",
    "1899, Is before 1900.",
  })
  void toleratesSkewAndZonesButNoFuture(String text, String refusal) {
    assertThat(EffectiveTime.parse(text).refusal(CLOCK, null)).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "1990-04-30T09:00:00Z, Is before the patient's birth.",
    "1990-04-30T11:00:00Z, ",
    "1990-04, Is before the patient's birth.",
    "1990-05, ",
    "1990, ",
    "1989, Is before the patient's birth.",
  })
  void refusesWhatIsSurelyBeforeTheBirth(String text, String refusal) {
    assertThat(EffectiveTime.parse(text).refusal(CLOCK, YearMonth.of(1990, 5))).isEqualTo(refusal);
  }
}
