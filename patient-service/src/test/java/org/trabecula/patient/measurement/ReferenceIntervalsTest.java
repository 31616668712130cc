package org.trabecula.patient.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.PERIMENOPAUSAL;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.POSTMENOPAUSAL;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.PREMENOPAUSAL;
import static org.trabecula.contracts.ProfileRecorded.MenopausalStatus.UNKNOWN;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Interpretation;
import org.trabecula.contracts.MeasurementRecorded.ReferenceInterval.Basis;

class ReferenceIntervalsTest {
  private final ReferenceIntervals intervals = new ReferenceIntervals();

  ReferenceIntervalsTest() throws Exception {}

  @Test
  void everyRowIsInTheAnalytesUnitAndSaysWhereItComesFrom() throws Exception {
    var catalogue = new Catalogue(new ObjectMapper());
    assertThat(intervals.rows())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            row -> {
              assertThat(catalogue.byCode(row.analyte()).orElseThrow().unit())
                  .isEqualTo(row.unit());
              assertThat(row.source()).isNotBlank();
              assertThat(row.low() != null || row.high() != null).isTrue();
              if (row.low() != null && row.high() != null) {
                assertThat(row.low()).isLessThan(row.high());
              }
            });
  }

  @Test
  void goesBySexMenopauseAndAge() {
    assertThat(high("ctx", Someone.woman("1985-01", PREMENOPAUSAL))).isEqualTo("791");
    assertThat(high("ctx", Someone.woman("1955-01", POSTMENOPAUSAL))).isEqualTo("1020");
    assertThat(high("ctx", Someone.man("1960-01"))).isEqualTo("600");
    assertThat(high("ctx", Someone.man("1950-01"))).isEqualTo("750");
  }

  @Test
  void presumesNothing() {
    assertThat(without("ctx", Someone.unknown()))
        .isEqualTo("The sex for clinical use is not known.");
    assertThat(without("ctx", Someone.woman("1975-01", UNKNOWN)))
        .isEqualTo("The menopausal state is not known.");
    assertThat(without("ctx", Someone.woman("1975-01", PERIMENOPAUSAL)))
        .isEqualTo("None is known for this menopausal state.");
    assertThat(without("igf-1", Someone.unknown())).isEqualTo("The age is not known.");
    assertThat(without("igf-1", Someone.man("1993-01"))).isEqualTo("None is known for this age.");
    assertThat(without("estradiol", Someone.woman("1985-01", PREMENOPAUSAL)))
        .isEqualTo("None is known for this menopausal state.");
  }

  @Test
  void aMorningsIntervalHoldsInTheMorning() {
    Circumstances man = Someone.man("1960-01").build();
    assertThat(
            intervals
                .of(Result.of("cortisol", "300").at("2026-01-05T08:10:00Z").build(), man)
                .interval())
        .isNotNull();
    assertThat(
            intervals
                .of(Result.of("cortisol", "300").at("2026-01-05T16:00:00Z").build(), man)
                .without())
        .isEqualTo("It holds in the morning, and the sample was drawn at 16:00.");
    assertThat(intervals.of(Result.of("cortisol", "300").at("2026-01-05").build(), man).without())
        .isEqualTo("It holds in the morning, and the time of day was not stated.");
  }

  @Test
  void theLaboratorysOwnGoesFirst() {
    var usual =
        intervals.of(
            Result.of("ctx", "300").interval("177", "1015").build(), Someone.unknown().build());
    assertThat(usual.interval().basis()).isEqualTo(Basis.LABORATORY);
    assertThat(usual.interval().high()).isEqualByComparingTo("1015");
  }

  @ParameterizedTest
  @CsvSource({
    "99, , LOW",
    "100, , NORMAL",
    "600, , NORMAL",
    "601, , HIGH",
    "100, LESS_THAN, LOW",
    "150, LESS_THAN, ",
    "600, GREATER_THAN, HIGH",
    "300, GREATER_THAN, ",
  })
  void bothBoundsAreUsual(String value, Comparator comparator, Interpretation expected) {
    Measurement measured = Result.of("ctx", value).comparator(comparator).build();
    var usual = intervals.of(measured, Someone.man("1960-01").build());
    assertThat(ReferenceIntervals.interpretation(measured, usual.interval())).isEqualTo(expected);
  }

  private String high(String analyte, Someone someone) {
    return intervals
        .of(Result.of(analyte, "1").build(), someone.build())
        .interval()
        .high()
        .toPlainString();
  }

  private String without(String analyte, Someone someone) {
    return intervals.of(Result.of(analyte, "1").build(), someone.build()).without();
  }
}
