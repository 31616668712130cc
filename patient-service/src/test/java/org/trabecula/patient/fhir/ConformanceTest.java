package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Interpretation;
import org.trabecula.contracts.MeasurementRecorded.Precision;
import org.trabecula.contracts.MeasurementRecorded.ReferenceInterval;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Quantity;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Outcomes;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.Measurement.Standing;
import org.trabecula.patient.measurement.RecordedMeasurement;
import org.trabecula.patient.profile.Birth;
import org.trabecula.patient.profile.Person;
import org.trabecula.patient.profile.Profile;
import org.trabecula.patient.profile.RecordedPatient;
import org.trabecula.patient.provenance.Brought;
import org.trabecula.patient.provenance.Provenance;
import org.trabecula.patient.statement.Coding;
import org.trabecula.patient.statement.FactCatalogue;
import org.trabecula.patient.statement.Said;
import org.trabecula.patient.statement.StatedFact;
import org.trabecula.patient.statement.StatedMedication;
import org.trabecula.patient.statement.Statement;

/// What we show is FHIR R4 in the eyes of HAPI's validator; and, where it applies and all that it
/// demands is known, of the International Patient Summary.
class ConformanceTest {
  private static final String BASE = "http://localhost/fhir";
  private static final UUID SOMEONE = UUID.fromString("7d1f4a52-0000-4000-8000-000000000001");
  private static final Instant RECORDED = Instant.parse("2026-01-06T07:10:00.123Z");
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
  private static final Validator VALIDATOR = new Validator();

  private final Catalogue catalogue = new Catalogue(JSON);
  private final FactCatalogue facts = new FactCatalogue(JSON);
  private final ObservationViews observations = new ObservationViews(catalogue, new Ucum());

  ConformanceTest() throws Exception {}

  @ParameterizedTest
  @EnumSource(Sex.class)
  void showsPatients(Sex sex) {
    var patient = PatientViews.of(patient(sex, new Person.Name("Griselda", "Quackenbush")));
    VALIDATOR.accept(patient);
    VALIDATOR.acceptAs("Patient-uv-ips", patient);
  }

  @Test
  void showsPatientsOfWhomNothingIsKnown() {
    VALIDATOR.accept(
        PatientViews.of(
            new RecordedPatient(
                SOMEONE,
                1,
                new Person(List.of(), null),
                profile(Sex.UNKNOWN, null, null),
                RECORDED,
                RECORDED)));
  }

  @Test
  void showsPatientsOfWhoseBirthNoMoreThanTheYearIsKnown() {
    var patient =
        PatientViews.of(
            new RecordedPatient(
                SOMEONE,
                1,
                new Person(List.of(), new Person.Name("Griselda", "Quackenbush")),
                profile(Sex.FEMALE, Birth.parse("1955"), null),
                RECORDED,
                RECORDED));
    assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1955");
    VALIDATOR.accept(patient);
    VALIDATOR.acceptAs("Patient-uv-ips", patient);
  }

  @Test
  void showsResultsOfEveryAnalyte() {
    assertThat(catalogue.all()).hasSizeGreaterThan(40);
    for (Analyte analyte : catalogue.all()) {
      var observation = observations.of(complete(analyte));
      VALIDATOR.accept(observation);
      switch (analyte.kind()) {
        case LABORATORY ->
            VALIDATOR.acceptAs("Observation-results-laboratory-pathology-uv-ips", observation);
        case IMAGING -> VALIDATOR.acceptAs("Observation-results-radiology-uv-ips", observation);
        case VITAL_SIGNS -> VALIDATOR.acceptAsCore("vitalsigns", observation);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Standing.class)
  void showsResultsOfWhichLittleIsKnown(Standing standing) {
    for (Precision precision : Precision.values()) {
      VALIDATOR.accept(
          observations.of(
              measurement(
                  analyte("ctx"),
                  new Quantity(new BigDecimal("400"), "ng/L"),
                  standing,
                  precision,
                  null,
                  null)));
    }
  }

  @Test
  void showsResultsWithWhatTheSpecimenWasNotToldOf() {
    var observation =
        observations.of(
            measurement(
                analyte("ctx"),
                new Quantity(new BigDecimal("400"), "ng/L"),
                Standing.FINAL,
                Precision.INSTANT,
                null,
                "Central Laboratory"));
    VALIDATOR.acceptAs("Observation-results-laboratory-pathology-uv-ips", observation);
  }

  @ParameterizedTest
  @CsvSource({
    "body-height, bodyheight, 1.62, m",
    "body-height, bodyheight, 64, [in_i]",
    "body-weight, bodyweight, 58000, g",
    "body-weight, bodyweight, 128, [lb_av]",
    "body-weight, bodyweight, 2048, [oz_av]",
  })
  void showsVitalSignsInAUnitOfTheirProfile(
      String analyte, String profile, BigDecimal value, String unit) {
    var observation =
        observations.of(
            measurement(
                analyte(analyte),
                new Quantity(value, unit),
                Standing.FINAL,
                Precision.INSTANT,
                null,
                null));
    VALIDATOR.accept(observation);
    VALIDATOR.acceptAsCore(profile, observation);
  }

  @Test
  void showsConditions() {
    for (Statement.Standing standing : Statement.Standing.values()) {
      for (Presence presence : Presence.values()) {
        for (ClinicalFact fact : conditions()) {
          var condition =
              StatementViews.condition(
                  fact(fact, presence, "2019-04", "2020-05-06", standing), facts);
          VALIDATOR.accept(condition);
          VALIDATOR.acceptAs("Condition-uv-ips", condition);
        }
        VALIDATOR.accept(
            StatementViews.condition(
                fact(conditions().getFirst(), presence, null, null, standing), facts));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Statement.Standing.class)
  void showsMedications(Statement.Standing standing) {
    for (String until : new @Nullable String[] {null, "2022-03-04"}) {
      var medication =
          StatementViews.medication(
              Said.statement(
                  "m1",
                  new StatedMedication(
                      "alendronate",
                      new Quantity(BigDecimal.TEN, "mg/d"),
                      "2020",
                      until,
                      List.of(
                          new Coding("http://www.whocc.no/atc", "M05BA04", null),
                          new Coding(null, "ALE", "Alendronate")),
                      "Alendronate 70 mg weekly",
                      false),
                  standing));
      VALIDATOR.accept(medication);
      VALIDATOR.acceptAs("MedicationStatement-uv-ips", medication);
    }
    VALIDATOR.accept(
        StatementViews.medication(
            Said.statement(
                "m2",
                new StatedMedication(null, null, "2019", null, List.of(), "Something", true),
                standing)));
  }

  @ParameterizedTest
  @EnumSource(Statement.Standing.class)
  void showsWhoSmokes(Statement.Standing standing) {
    for (String answer : new @Nullable String[] {"former", null}) {
      var smoking =
          StatementViews.smoking(
              Said.statement(
                  "s1",
                  new StatedFact(
                      SmokingStatus.FACT,
                      answer == null ? Presence.UNKNOWN : null,
                      null,
                      answer,
                      null,
                      null,
                      answer == null ? null : LocalDate.of(2018, 3, 29),
                      List.of(new Coding(Codes.SNOMED, "8517006", "Former smoker"))),
                  standing));
      VALIDATOR.accept(smoking);
    }
  }

  @ParameterizedTest
  @EnumSource(Provenance.Kind.class)
  void showsWhereThingsCameFrom(Provenance.Kind kind) {
    for (Provenance.Activity activity : Provenance.Activity.values()) {
      VALIDATOR.accept(ProvenanceViews.of(Brought.provenance(kind, activity, "urn:ehr", "MSG-1")));
      VALIDATOR.accept(ProvenanceViews.of(Brought.provenance(kind, activity, null, "MSG-1")));
      VALIDATOR.accept(ProvenanceViews.of(Brought.provenance(kind, activity, null, null)));
    }
  }

  @Test
  void explainsItselfInOperationOutcomes() {
    for (Reason reason : Reason.values()) {
      VALIDATOR.accept(
          Outcomes.refusal(List.of(new Issue(reason, "Bundle.entry[0].resource.status", "Odd."))));
    }
    VALIDATOR.accept(Outcomes.refusal(List.of(new Issue(Reason.NOT_FOUND, "", "None."))));
    VALIDATOR.accept(Outcomes.notes(List.of("Not stored: a passport number.")));
    VALIDATOR.accept(Outcomes.notStored("it has no code."));
    VALIDATOR.accept(ignored());
  }

  @Test
  void describesItself() {
    var reads =
        new Reads(
            new Searches(null, null),
            new PatientViews(),
            new ObservationSearch(catalogue, observations),
            new StatementSearch(facts, JSON));
    VALIDATOR.accept(new Capabilities(reads).statement());
  }

  @Test
  void answersSearches() {
    VALIDATOR.accept(found(someone()));
    VALIDATOR.accept(
        found(
            catalogue.all().stream()
                .map(this::complete)
                .map(observations::of)
                .toArray(Resource[]::new)));
  }

  @ParameterizedTest
  @EnumSource(
      value = BundleType.class,
      names = {"TRANSACTIONRESPONSE", "BATCHRESPONSE"})
  void answersBundles(BundleType type) {
    var answers =
        new Answers(Stream.of(0, 1, 2, 3).map(position -> asked(position, "Patient")).toList());
    answers.revised(asked(0, "Patient"), SOMEONE, 2, List.of("Not stored: a passport number."));
    answers.notStored(1, "it has no code.");
    answers.answer(asked(2, "Patient"), someone(), BASE);
    answers.answer(asked(3, "Observation"), found(observations.of(complete(analyte("ctx")))), BASE);
    var entries = new ArrayList<>(answers.entries());
    if (type == BundleType.BATCHRESPONSE) {
      entries.add(
          Answers.refused(new FhirProblem(422, Reason.REQUIRED, "Bundle.entry[4]", "Missing.")));
    }
    VALIDATOR.accept(new Bundle().setType(type).setEntry(entries));
  }

  private static Entry asked(int position, String type) {
    return new Entry(
        position,
        "Bundle.entry[%d]".formatted(position),
        null,
        new Request(HTTPVerb.GET, type, null, null, null, null),
        null);
  }

  private static Bundle found(Resource... all) {
    var found = new Bundle().setType(BundleType.SEARCHSET).setTotal(all.length);
    found.addLink().setRelation("self").setUrl(BASE + "/" + all[0].fhirType() + "?_count=1");
    found
        .addLink()
        .setRelation("next")
        .setUrl(BASE + "/" + all[0].fhirType() + "?_count=1&_cursor=abc");
    for (Resource one : all) {
      found
          .addEntry()
          .setFullUrl(Answers.fullUrl(one, BASE))
          .setResource(one)
          .getSearch()
          .setMode(SearchEntryMode.MATCH);
    }
    var ignored = ignored();
    found
        .addEntry()
        .setFullUrl(Answers.fullUrl(ignored, BASE))
        .setResource(ignored)
        .getSearch()
        .setMode(SearchEntryMode.OUTCOME);
    return found;
  }

  private static Resource ignored() {
    return Outcomes.ignored(List.of(new Issue(Reason.SEARCH_PARAMETER, "", "colour")));
  }

  private static Resource someone() {
    return PatientViews.of(patient(Sex.FEMALE, new Person.Name("Griselda", "Quackenbush")));
  }

  private static RecordedPatient patient(Sex sex, Person.Name name) {
    return new RecordedPatient(
        SOMEONE,
        3,
        new Person(List.of(new Person.Identifier("urn:mrn", "M1")), name),
        profile(sex, Birth.parse("1955-03"), false),
        RECORDED,
        RECORDED);
  }

  private static Profile profile(Sex sex, @Nullable Birth birth, @Nullable Boolean deceased) {
    return new Profile(
        null,
        sex,
        birth,
        deceased,
        new Menopause(MenopausalStatus.UNKNOWN, null),
        Presence.UNKNOWN,
        new Hypogonadism(HypogonadismKind.UNKNOWN, null),
        new GrowthHormoneDeficiency(Presence.UNKNOWN, null),
        null,
        null,
        Smoking.UNKNOWN,
        null,
        null,
        null);
  }

  private Analyte analyte(String code) {
    return catalogue.byCode(code).orElseThrow();
  }

  private List<ClinicalFact> conditions() {
    return facts.all().stream()
        .filter(
            fact ->
                fact.kind() == ClinicalFact.Kind.CONDITION
                    || fact.kind() == ClinicalFact.Kind.EVENT)
        .toList();
  }

  private static Statement fact(
      ClinicalFact fact,
      Presence presence,
      @Nullable String since,
      @Nullable String until,
      Statement.Standing standing) {
    return Said.statement(
        fact.code(),
        new StatedFact(
            fact.code(),
            presence,
            null,
            null,
            since,
            until,
            since == null ? null : LocalDate.of(2026, 1, 2),
            List.of(
                new Coding("http://snomed.info/sct", "64859006", "Osteoporosis"),
                new Coding("http://hl7.org/fhir/sid/icd-10", "M81.0", null))),
        standing);
  }

  /// With all that can be known of a result.
  private RecordedMeasurement complete(Analyte analyte) {
    BigDecimal most = analyte.plausible().maximum();
    return new RecordedMeasurement(
        UUID.nameUUIDFromBytes(analyte.code().getBytes(UTF_8)),
        SOMEONE,
        2,
        analyte.code(),
        new Quantity(most, analyte.unit()),
        new Quantity(most, analyte.unit()),
        analyte.kind() == Analyte.Kind.LABORATORY ? Comparator.LESS_THAN : null,
        Instant.parse("2026-01-05T07:10:00Z"),
        Precision.INSTANT,
        Standing.CORRECTED,
        Fasting.YES,
        "ECLIA",
        "Central Laboratory",
        "Analyser 7",
        new Source("urn:lab", "7"),
        RECORDED,
        null,
        Boolean.TRUE,
        "Serum",
        null,
        "Haemolytic.",
        new ReferenceInterval(
            BigDecimal.ONE, most, ReferenceInterval.Basis.LABORATORY, "Central Laboratory"),
        null,
        Interpretation.HIGH,
        List.of(),
        null);
  }

  private static RecordedMeasurement measurement(
      Analyte analyte,
      Quantity original,
      Standing standing,
      Precision precision,
      @Nullable String specimen,
      @Nullable String laboratory) {
    return new RecordedMeasurement(
        SOMEONE,
        SOMEONE,
        1,
        analyte.code(),
        new Quantity(new BigDecimal("160"), analyte.unit()),
        original,
        null,
        Instant.parse("2026-01-05T07:10:00Z"),
        precision,
        standing,
        laboratory == null ? Fasting.UNKNOWN : Fasting.NO,
        null,
        laboratory,
        null,
        new Source("urn:lab", "7"),
        RECORDED,
        null,
        null,
        specimen,
        null,
        null,
        null,
        "none known",
        null,
        List.of(),
        null);
  }
}
