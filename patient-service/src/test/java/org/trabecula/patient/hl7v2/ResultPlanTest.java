package org.trabecula.patient.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.contracts.ClinicConfigured.LaboratoryCode;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.patient.clinic.ClinicSettings;
import org.trabecula.patient.hl7v2.Hl7Problem.Verdict;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.SubmittedMeasurement;
import org.trabecula.patient.measurement.SubmittedMeasurement.Interval;
import org.trabecula.patient.profile.Birth;
import org.trabecula.patient.profile.Person.Identifier;

class ResultPlanTest {
  private static final Segments SEGMENTS = new Segments();
  private static final Catalogue CATALOGUE = catalogue();
  private static final ClinicSettings BERLIN =
      new ClinicSettings(
          ZoneId.of("Europe/Berlin"),
          null,
          null,
          List.of(),
          List.of(),
          List.of(new LaboratoryCode("SUEDLAB", "CTX", "ng/mL", "ctx")),
          false);

  @ParameterizedTest
  @CsvSource({
    "1970, 1970, false",
    "1970, 1970-03, false",
    "1970, 1971-03, true",
    "197003, 1970, false",
    "197003, 1971, true",
    "19700305, 1970-03, false",
    "19700305, 1970-04, true",
  })
  void comparesBirthsAsFarAsBothAreKnown(String sent, String known, boolean contradicts) {
    Subject subject = read(Er7.of(Oru.ctx("C1", "412", "F").replace("19700305", sent))).subject();
    assertThat(subject.contradicts(Birth.parse(known))).isEqualTo(contradicts);
    assertThat(Birth.parse(subject.submitted().birth()).toString())
        .isEqualTo(Birth.parse(subject.birth()).toString());
  }

  @Test
  void readsAPanelOfMarkers() {
    ResultPlan plan = corpus("v251-markers");
    assertThat(plan.faults()).isEmpty();
    Subject subject = plan.subject();
    assertThat(subject.identifiers())
        .containsExactly(new Identifier("urn:oid:2.16.840.1.113883.19.5", "M1"));
    assertThat(subject.birth()).isEqualTo("1970-03-05");
    assertThat(subject.sex()).isEqualTo(Sex.FEMALE);
    assertThat(plan.stated()).extracting(ResultPlan.Stated::obx).containsExactly(1, 2);
    SubmittedMeasurement ctx = plan.stated().getFirst().measurement();
    assertThat(ctx.analyte()).isEqualTo("ctx");
    assertThat(ctx.value()).isEqualByComparingTo("412");
    assertThat(ctx.unit()).isEqualTo("pg/mL");
    assertThat(ctx.effectiveAt()).isEqualTo("2026-01-05T08:10+01:00");
    assertThat(ctx.fasting()).isEqualTo(Fasting.YES);
    assertThat(ctx.device()).isEqualTo("cobas e 801^ROCHE");
    assertThat(ctx.status()).isEqualTo(Status.FINAL);
    assertThat(ctx.source().system())
        .isEqualTo("urn:trabecula:source:hl7v2:NORTHLAB:LIS%5E2.16.840.1.113883.19.3.1%5EISO");
    assertThat(ctx.source().id()).isEqualTo("F100^LIS|41171-0|");
    assertThat(ctx.specimen()).isEqualTo("Serum");
    assertThat(ctx.note()).isEqualTo("Sample received on ice");
    assertThat(ctx.referenceInterval())
        .isEqualTo(new Interval(new BigDecimal("177"), new BigDecimal("1015")));
    SubmittedMeasurement p1np = plan.stated().get(1).measurement();
    assertThat(p1np.analyte()).isEqualTo("p1np");
    assertThat(p1np.method()).isEqualTo("Electrochemiluminescence");
    assertThat(p1np.source().id()).isEqualTo("F100^LIS|P1NP|");
    assertThat(notes(plan))
        .containsExactly("OBX[4]-3 Not stored: the code 26464-8 is not in the catalogue.");
  }

  @Test
  void readsSeveralOrdersComparatorsAndScans() {
    ResultPlan plan = corpus("v25-several-orders");
    assertThat(plan.faults()).isEmpty();
    assertThat(plan.stated())
        .extracting(one -> one.measurement().analyte())
        .containsExactly(
            "estradiol",
            "testosterone",
            "25-oh-vitamin-d",
            "bmd-lumbar-spine",
            "bmd-femoral-neck",
            "t-score-lumbar-spine");
    assertThat(plan.stated())
        .extracting(one -> one.measurement().comparator())
        .containsExactly(null, Comparator.LESS_THAN, Comparator.LESS_THAN, null, null, null);
    assertThat(plan.stated())
        .extracting(one -> one.measurement().effectiveAt())
        .containsExactly(
            "2026-02-10T07:45+01:00",
            "2026-02-10T07:45+01:00",
            "2026-02-10",
            "2026-02-09T14:30Z",
            "2026-02-09T14:30Z",
            "2026-02-09T14:30Z");
    assertThat(plan.stated().getLast().measurement().unit()).isEqualTo("{T-score}");
    assertThat(plan.stated().get(3).measurement().method()).isEqualTo("Apex 5.6");
    assertThat(plan.stated().get(2).measurement().source().id()).isEqualTo("A2|62292-8|");
  }

  @Test
  void readsTheStatusOfAResult() {
    ResultPlan plan = corpus("v24-statuses");
    assertThat(plan.faults()).isEmpty();
    assertThat(plan.stated())
        .extracting(one -> one.measurement().status())
        .containsExactly(Status.PRELIMINARY, Status.FINAL, Status.FINAL);
    assertThat(plan.stated().getFirst().measurement().effectiveAt())
        .isEqualTo("2026-03-01T08:00-05:00");
    assertThat(notes(plan))
        .containsExactly(
            "OBX[4]-11 Not stored: the result status is X: there is no result.",
            "OBX[5]-5 Not stored: creatinine is a text, not a number.");
  }

  @Test
  void readsLocalCodesLatin1AndFlagsFreeText() {
    ResultPlan plan = corpus("v231-local-codes");
    assertThat(plan.faults()).isEmpty();
    assertThat(plan.subject().name().family()).isEqualTo("Müller");
    SubmittedMeasurement fsh = plan.stated().getFirst().measurement();
    assertThat(fsh.effectiveAt()).isEqualTo("2026-03-29T03:30+02:00");
    assertThat(fsh.fasting()).isEqualTo(Fasting.UNKNOWN);
    assertThat(fsh.note()).isEqualTo("nüchtern / Vergleich mit Vorwert | siehe Befund");
    assertThat(fsh.laboratory()).isEqualTo("Südlabor & Söhne");
    assertThat(notes(plan))
        .anySatisfy(note -> assertThat(note).startsWith("OBX[1]-11 Not stored: the result status"))
        .anySatisfy(note -> assertThat(note).startsWith("OBR[1]-13 Free text is not read"));
  }

  @Test
  void tellsResultsApartByTheirSubIdAndReadsAnUntypedNumber() {
    ResultPlan plan = corpus("v23-plain");
    assertThat(plan.faults()).isEmpty();
    assertThat(plan.subject().identifiers()).containsExactly(new Identifier("urn:id:COUNTY", "M1"));
    assertThat(plan.stated())
        .extracting(one -> one.measurement().source().id())
        .containsExactly("placer:3344|3016-3|1", "placer:3344|3016-3|2");
  }

  @Test
  void readsOtherSeparators() {
    ResultPlan plan = corpus("separators");
    assertThat(plan.faults()).isEmpty();
    SubmittedMeasurement ctx = plan.stated().getFirst().measurement();
    assertThat(ctx.value()).isEqualByComparingTo("350");
    assertThat(ctx.laboratory()).isEqualTo("A#B");
  }

  @ParameterizedTest
  @CsvSource({
    "NM, 412, 412,",
    "NM, +0.40, 0.40,",
    "NM, <10, 10, LESS_THAN",
    "ST, <0.05, 0.05, LESS_THAN",
    "ST, > 150, 150, GREATER_THAN",
    "SN, ^412, 412,",
    "SN, <^10, 10, LESS_THAN",
    "SN, >=^10, 10, GREATER_THAN",
    "SN, =^10, 10,",
  })
  void readsANumberHoweverItIsTyped(
      String type, String value, BigDecimal number, Comparator comparator) {
    SubmittedMeasurement ctx = plan(Oru.obx(type, value, "F")).stated().getFirst().measurement();
    assertThat(ctx.value()).isEqualByComparingTo(number);
    assertThat(ctx.comparator()).isEqualTo(comparator);
  }

  @ParameterizedTest
  @CsvSource({
    "NM, 4e2",
    "NM, 'four'",
    "NM, '0,4'",
    "NM, 1~2",
    "ST, 10-20",
    "ST, 1:20",
    "SN, ^1^:^20",
    "SN, ^10^-^20",
    "SN, <>^10",
    "SN, <^",
    "SN, <^<10",
    "SN, ^^+",
  })
  void refusesWhatOughtToBeANumberAndIsNone(String type, String value) {
    ResultPlan plan = plan(Oru.obx(type, value, "F"));
    assertThat(plan.faults()).singleElement().extracting(Remark::at).hasToString("OBX[1]-5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ST|see comment", "CE|POS^positive^L", "NM|", "NM|\"\"", "ED|^PDF^^Base64^QQ=="})
  void saysThatThereIsNoNumber(String typeAndValue) {
    String[] parts = typeAndValue.split("\\|", 2);
    String obx = "OBX|1|%s|41171-0^CTX^LN||%s|ng/L|||||F".formatted(parts[0], parts[1]);
    ResultPlan plan = plan(obx);
    assertThat(plan.faults()).isEmpty();
    assertThat(plan.stated()).isEmpty();
    assertThat(notes(plan)).singleElement().asString().contains("OBX[1]-5 Not stored");
  }

  @ParameterizedTest
  @CsvSource({"LA33-6, YES", "LA32-8, NO", "Y, YES", "N, NO", "perhaps, UNKNOWN"})
  void takesFastingFromACode(String code, Fasting fasting) {
    ResultPlan plan =
        plan(
            Oru.obx("NM", "412", "F"),
            "OBR|2||F2|X|||20260105081000",
            "OBX|2|CE|49541-6^Fasting status^LN||" + code + "||||||F");
    assertThat(plan.stated().getFirst().measurement().fasting()).isEqualTo(fasting);
  }

  @Test
  void takesFastingFromACodeInTheOrderButNotFromWords() {
    String coded = Oru.OBR + "||||||F^Patient was fasting^HL70916";
    assertThat(order(coded, Oru.obx("NM", "412", "F")).stated().getFirst().measurement().fasting())
        .isEqualTo(Fasting.YES);
    ResultPlan words = order(Oru.OBR + "||||||fasting 12 h", Oru.obx("NM", "412", "F"));
    assertThat(words.stated().getFirst().measurement().fasting()).isEqualTo(Fasting.UNKNOWN);
    assertThat(notes(words)).singleElement().asString().startsWith("OBR[1]-13 Free text");
  }

  @Test
  void takesNoFastingOfAnotherDay() {
    ResultPlan plan =
        plan(
            Oru.obx("NM", "412", "F"),
            "OBR|2||F2|X|||20260106081000",
            "OBX|2|CE|49541-6^Fasting status^LN||LA33-6||||||F");
    assertThat(plan.stated().getFirst().measurement().fasting()).isEqualTo(Fasting.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "177-1015, 177, 1015",
    "0.4 - 4.0, 0.4, 4.0",
    "<30, , 30",
    ">= 5, 5,",
    "-2.5--1.0, -2.5, -1.0",
    "'F: 10-20, M: 15-30', ,",
    "20-10, ,",
    "'', ,",
  })
  void readsAReferenceRangeOrNone(String text, BigDecimal low, BigDecimal high) {
    Interval interval = ReferenceRange.of(text);
    assertThat(interval).isEqualTo(low == null && high == null ? null : new Interval(low, high));
  }

  @Test
  void takesBackByTheSameKeyAsItWasStated() {
    ResultPlan plan = plan(Oru.obx("NM", "412", "W"));
    assertThat(plan.stated()).isEmpty();
    assertThat(plan.takenBack().getFirst().source())
        .isEqualTo(plan(Oru.obx("NM", "412", "F")).stated().getFirst().measurement().source());
    assertThat(plan(Oru.obx("NM", "412", "F"), Oru.obx("NM", "", "D")).faults())
        .singleElement()
        .extracting(Remark::at)
        .hasToString("OBX[2]-11");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "OBX|1|NM|41171-0^CTX^LN||412|ng/L|||||Q -> OBX[1]-11",
        "OBX|1|NM|41171-0^CTX^LN||412|ng/L -> OBX[1]-11",
        "OBX|1|NM|||412|ng/L|||||F -> OBX[1]-3",
        "OBX|1|NM|41171-0^CTX^LN||412|ng/L|||||F|||20261399 -> OBX[1]-14",
        "PID|2||M2^^^CLINIC^MR -> PID[2]",
      })
  void namesWhatIsWrongByItsPlace(String segment, String at) {
    assertThat(plan(segment).faults()).singleElement().extracting(Remark::at).hasToString(at);
  }

  @Test
  void namesEveryFault() {
    ResultPlan plan =
        read(
            Oru.MSH,
            Oru.obx("NM", "412", "F"),
            "OBR|1||||||noon",
            Oru.obx("NM", "x", "F"),
            Oru.obx("NM", "412", "F"));
    assertThat(plan.faults())
        .extracting(fault -> fault.at().toString())
        .containsExactly("OBX[1]", "OBR[1]-7", "OBR[1]-3", "OBX[2]-5", "OBR[1]-3", "PID[1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "ORU^R01^ORU_R01 -> ADT^A01 -> MSH[1]-9",
        "ORU^R01^ORU_R01 -> ORU^R30 -> MSH[1]-9",
        "|2.5.1 -> |2.2 -> MSH[1]-12",
        "|P| -> |T| -> MSH[1]-11",
        "|C1| -> || -> MSH[1]-10",
        "|LIS|NORTHLAB| -> ||| -> MSH[1]-4",
      })
  void rejectsOtherMessagesByTheirHeader(String text, String other, String at) {
    Hl7Problem problem =
        catchThrowableOfType(Hl7Problem.class, () -> read(Oru.MSH.replace(text, other), Oru.PID));
    assertThat(problem.verdict()).isEqualTo(Verdict.AR);
    assertThat(problem.remarks()).extracting(one -> one.at().toString()).containsExactly(at);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MSH|^~\\&|A", "BTS|1", "DSC|1", "ADD|1", "continued text", "PI", "PID^1"})
  void rejectsASegmentThatCannotStandThere(String segment) {
    Hl7Problem problem =
        catchThrowableOfType(Hl7Problem.class, () -> read(Oru.MSH, Oru.PID, Oru.OBR, segment));
    assertThat(problem.verdict()).isEqualTo(Verdict.AR);
  }

  private static ResultPlan corpus(String name) {
    return read(Er7.of(Oru.corpus(name), null));
  }

  private static ResultPlan plan(String... afterOrder) {
    return order(Oru.OBR, afterOrder);
  }

  private static ResultPlan order(String obr, String... after) {
    return read(Er7.of(Oru.of(Oru.MSH, Oru.PID, obr, String.join("\r", after))));
  }

  private static ResultPlan read(String... segments) {
    return read(Er7.of(Oru.of(segments)));
  }

  private static ResultPlan read(Er7 message) {
    return ResultPlan.of(message, Header.of(message, SEGMENTS), SEGMENTS, CATALOGUE, BERLIN);
  }

  private static List<String> notes(ResultPlan plan) {
    return plan.notes().stream().map(note -> note.at() + " " + note.text()).toList();
  }

  private static Catalogue catalogue() {
    try {
      return new Catalogue(JsonMapper.builder().findAndAddModules().build());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
