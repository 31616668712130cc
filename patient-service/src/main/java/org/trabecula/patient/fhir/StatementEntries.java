package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.statement.Coding;
import org.trabecula.patient.statement.FactCatalogue;
import org.trabecula.patient.statement.PartialDate;
import org.trabecula.patient.statement.Stated;
import org.trabecula.patient.statement.StatedFact;
import org.trabecula.patient.statement.StatedMedication;

/// Reads what FHIR has for statements: Condition, and Observation of smoking, for clinical facts;
/// MedicationStatement, and MedicationRequest that orders, for what a patient takes or took.
@Singleton
class StatementEntries {
  private static final Set<MedicationRequestIntent> ORDERS =
      EnumSet.of(
          MedicationRequestIntent.ORDER,
          MedicationRequestIntent.ORIGINALORDER,
          MedicationRequestIntent.INSTANCEORDER,
          MedicationRequestIntent.FILLERORDER);

  private static final String NAMELESS = "it does not say which medication it is.";

  private final FactCatalogue facts;
  private final MedicationCodes medications;
  private final SmokingStatus smoking;
  private final Ucum ucum;

  StatementEntries(
      FactCatalogue facts, MedicationCodes medications, SmokingStatus smoking, Ucum ucum) {
    this.facts = facts;
    this.medications = medications;
    this.smoking = smoking;
    this.ucum = ucum;
  }

  record Found(Source source, Stated stated) {}

  /// What a resource comes to.
  sealed interface Translated {
    /// @param notes what was read how, and what was left out
    record Statements(List<Found> found, List<String> notes) implements Translated {}

    record Withdrawn(List<Source> sources) implements Translated {}

    record NotStored(String reason) implements Translated {}
  }

  /// @param source who sent it, for a Condition without an identifier of its own
  Translated condition(Entry entry, Condition condition, String source, List<Issue> issues) {
    List<Coding> codings = codings(condition.getCode());
    List<ClinicalFact> meant =
        facts.codedAs(codings).stream()
            .filter(
                fact ->
                    fact.kind() == ClinicalFact.Kind.CONDITION
                        || fact.kind() == ClinicalFact.Kind.EVENT)
            .toList();
    if (meant.isEmpty()) {
      return new Translated.NotStored("no code of it is in the catalogue of clinical facts.");
    }
    Source own = source(entry, condition.getIdentifierFirstRep(), source, issues);
    if (own == null) {
      return new Translated.NotStored("it has no identifier.");
    }
    List<Source> sources =
        meant.stream()
            .map(
                fact ->
                    meant.size() == 1
                        ? own
                        : new Source(own.system(), own.id() + "#" + fact.code()))
            .toList();
    String verified = condition.getVerificationStatus().getCodingFirstRep().getCode();
    if ("entered-in-error".equals(verified)) {
      return new Translated.Withdrawn(sources);
    }
    var notes = new ArrayList<String>();
    Presence presence = presence(verified, notes);
    boolean isPresent = presence == Presence.PRESENT;
    String since = isPresent ? date(condition.getOnset(), true, "onset", notes) : null;
    String until = isPresent ? until(condition, notes) : null;
    var found = new ArrayList<Found>();
    for (int i = 0; i < meant.size(); i++) {
      found.add(
          new Found(
              sources.get(i),
              new StatedFact(
                  meant.get(i).code(),
                  presence,
                  null,
                  null,
                  since,
                  until,
                  statedOn(condition),
                  codings)));
    }
    return new Translated.Statements(found, notes);
  }

  /// @param source who sent it, for an Observation without an identifier of its own
  /// @return empty when it is of something else
  Optional<Translated> smoking(
      Entry entry, Observation observation, String source, List<Issue> issues) {
    if (!SmokingStatus.isToldBy(observation)) {
      return Optional.empty();
    }
    if (!observation.hasStatus()) {
      issues.add(Issue.required(entry.at(".status"), "Is required."));
      return Optional.of(new Translated.NotStored("it has no status."));
    }
    Source own = source(entry, observation.getIdentifierFirstRep(), source, issues);
    if (own == null) {
      return Optional.of(new Translated.NotStored("it has no identifier."));
    }
    return Optional.of(
        switch (observation.getStatus()) {
          case ENTEREDINERROR -> new Translated.Withdrawn(List.of(own));
          case PRELIMINARY, FINAL, AMENDED, CORRECTED -> smoking(observation, own);
          default ->
              new Translated.NotStored("its status is " + observation.getStatus().toCode() + ".");
        });
  }

  private Translated smoking(Observation observation, Source own) {
    List<Coding> answers =
        observation.getValue() instanceof CodeableConcept concept ? codings(concept) : List.of();
    String answer = smoking.answer(answers).orElse(null);
    if (answer == null) {
      return new Translated.NotStored(
          observation.hasValue()
              ? "its value is no answer of the tobacco smoking status (LOINC 72166-2)."
              : "smoking has no value.");
    }
    var notes = new ArrayList<String>();
    boolean known = !answer.equals(SmokingStatus.UNKNOWN);
    notes.add("Kept as the clinical fact smoking: %s.".formatted(answer));
    String said = date(observation.getEffective(), true, "effective", notes);
    return new Translated.Statements(
        List.of(
            new Found(
                own,
                new StatedFact(
                    SmokingStatus.FACT,
                    known ? null : Presence.UNKNOWN,
                    null,
                    known ? answer : null,
                    null,
                    null,
                    said == null ? null : PartialDate.parse(said).first(),
                    answers))),
        notes);
  }

  private static Presence presence(@Nullable String verified, List<String> notes) {
    return switch (verified) {
      case "refuted" -> Presence.ABSENT;
      case "unconfirmed", "provisional", "differential" -> {
        notes.add("Kept as unknown: the condition is " + verified + ".");
        yield Presence.UNKNOWN;
      }
      case null, default -> Presence.PRESENT;
    };
  }

  /// What is over ended, at the latest, on the day that this was recorded.
  private static @Nullable String until(Condition condition, List<String> notes) {
    String abated = date(condition.getAbatement(), false, "abatement", notes);
    String status = condition.getClinicalStatus().getCodingFirstRep().getCode();
    boolean isOver =
        "inactive".equals(status) || "remission".equals(status) || "resolved".equals(status);
    if (abated != null || !isOver) {
      return abated;
    }
    String recorded = day(condition.getRecordedDateElement());
    notes.add(
        recorded == null
            ? "The condition is %s, but nobody says since when: kept as present.".formatted(status)
            : "The condition is %s: kept as ended on the day it was recorded.".formatted(status));
    return recorded;
  }

  private static @Nullable LocalDate statedOn(Condition condition) {
    String recorded = day(condition.getRecordedDateElement());
    return recorded == null || recorded.length() < 10 ? null : LocalDate.parse(recorded);
  }

  /// @param source who sent it, for a MedicationStatement without an identifier of its own
  Translated medication(
      Entry entry, MedicationStatement statement, String source, List<Issue> issues) {
    if (!statement.hasStatus()) {
      issues.add(Issue.required(entry.at(".status"), "Is required."));
      return new Translated.NotStored("it has no status.");
    }
    CodeableConcept medicine = medicine(statement.getMedication());
    if (!isNamed(medicine)) {
      return new Translated.NotStored(NAMELESS);
    }
    Source own = source(entry, statement.getIdentifierFirstRep(), source, issues);
    if (own == null) {
      return new Translated.NotStored("it has no identifier.");
    }
    return switch (statement.getStatus()) {
      case ENTEREDINERROR, NOTTAKEN -> new Translated.Withdrawn(List.of(own));
      case ACTIVE, COMPLETED, STOPPED -> taken(statement, medicine, own);
      default ->
          new Translated.NotStored(
              "its status is " + statement.getStatus().toCode() + ", which is no history.");
    };
  }

  private Translated taken(MedicationStatement statement, CodeableConcept medicine, Source own) {
    var notes = new ArrayList<String>();
    String since = date(statement.getEffective(), true, "effective", notes);
    String until =
        statement.getEffective() instanceof Period period ? day(period.getEndElement()) : null;
    boolean isOver = statement.getStatus() != MedicationStatementStatus.ACTIVE;
    if (until == null && isOver) {
      until = day(statement.getDateAssertedElement());
      if (until != null) {
        notes.add(
            "It is over, but nobody says since when: kept as ended on the day it was asserted.");
      }
    }
    return taken(own, medicine, statement.getDosage(), since, until, isOver, notes);
  }

  /// An order is taken for what the patient takes or took; what is only thought of is not.
  ///
  /// @param source who sent it, for a MedicationRequest without an identifier of its own
  Translated order(Entry entry, MedicationRequest request, String source, List<Issue> issues) {
    if (!request.hasStatus()) {
      issues.add(Issue.required(entry.at(".status"), "Is required."));
    }
    if (!request.hasIntent()) {
      issues.add(Issue.required(entry.at(".intent"), "Is required."));
    }
    CodeableConcept medicine = medicine(request.getMedication());
    if (!request.hasStatus() || !request.hasIntent() || !isNamed(medicine)) {
      return new Translated.NotStored(NAMELESS);
    }
    Source own = source(entry, request.getIdentifierFirstRep(), source, issues);
    if (own == null) {
      return new Translated.NotStored("it has no identifier.");
    }
    if (request.getDoNotPerform()) {
      return new Translated.NotStored("it asks that the medication not be given.");
    }
    return switch (request.getStatus()) {
      case ENTEREDINERROR, CANCELLED -> new Translated.Withdrawn(List.of(own));
      case ACTIVE, COMPLETED, STOPPED -> ordered(request, medicine, own);
      default ->
          new Translated.NotStored(
              "its status is " + request.getStatus().toCode() + ", which is no history.");
    };
  }

  private Translated ordered(MedicationRequest request, CodeableConcept medicine, Source own) {
    if (!ORDERS.contains(request.getIntent())) {
      return new Translated.NotStored(
          "its intent is " + request.getIntent().toCode() + ", which is no order.");
    }
    var notes = new ArrayList<String>();
    notes.add("Kept as medication history: shown as a MedicationStatement.");
    Period supplied = request.getDispenseRequest().getValidityPeriod();
    String authored = day(request.getAuthoredOnElement());
    String since = authored == null ? day(supplied.getStartElement()) : authored;
    boolean isOver = request.getStatus() != MedicationRequestStatus.ACTIVE;
    String until = isOver ? day(supplied.getEndElement()) : null;
    return taken(own, medicine, request.getDosageInstruction(), since, until, isOver, notes);
  }

  /// @param notes what was read how; added to
  private Translated taken(
      Source own,
      CodeableConcept medicine,
      List<Dosage> dosages,
      @Nullable String since,
      @Nullable String until,
      boolean isOver,
      List<String> notes) {
    List<Coding> codings = codings(medicine);
    String agent = medications.agent(codings).orElse(null);
    if (agent == null) {
      notes.add("Its codes name no one agent of ours: kept as its source coded it.");
    }
    boolean unknownEnd = isOver && until == null;
    if (unknownEnd) {
      notes.add(
          "It is over, but nobody says since when: kept as ended by the day it was recorded.");
    }
    return new Translated.Statements(
        List.of(
            new Found(
                own,
                new StatedMedication(
                    agent,
                    dailyDose(dosages, notes),
                    since,
                    until,
                    codings,
                    medicine.hasText() ? medicine.getText() : null,
                    unknownEnd))),
        notes);
  }

  private static boolean isNamed(CodeableConcept medicine) {
    return medicine.hasText() || !codings(medicine).isEmpty();
  }

  private static CodeableConcept medicine(@Nullable Type medication) {
    return switch (medication) {
      case CodeableConcept concept -> concept;
      case Reference reference when reference.getResource() instanceof Medication contained ->
          contained.getCode();
      case null, default -> new CodeableConcept();
    };
  }

  private org.trabecula.contracts.@Nullable Quantity dailyDose(
      List<Dosage> dosages, List<String> notes) {
    Optional<org.trabecula.contracts.Quantity> dose =
        dosages.size() == 1 ? daily(dosages.getFirst()) : Optional.empty();
    if (dose.isEmpty() && !dosages.isEmpty()) {
      notes.add("Not stored: the dosage, which tells no dose of so much mass a day.");
    }
    return dose.orElse(null);
  }

  private Optional<org.trabecula.contracts.Quantity> daily(Dosage dosage) {
    Timing.TimingRepeatComponent repeat = dosage.getTiming().getRepeat();
    if (dosage.hasAsNeeded()
        || !(dosage.getDoseAndRateFirstRep().getDose() instanceof Quantity dose)
        || !dose.hasValue()
        || !repeat.hasFrequency()
        || !repeat.hasPeriod()
        || repeat.getPeriod().signum() <= 0) {
      return Optional.empty();
    }
    BigDecimal days =
        switch (repeat.getPeriodUnit()) {
          case H -> repeat.getPeriod().divide(BigDecimal.valueOf(24), MathContext.DECIMAL32);
          case D -> repeat.getPeriod();
          case WK -> repeat.getPeriod().multiply(BigDecimal.valueOf(7));
          case null, default -> BigDecimal.ZERO;
        };
    String unit = (dose.hasCode() ? dose.getCode() : dose.getUnit()) + "/d";
    if (days.signum() <= 0 || !ucum.isCommensurable(unit, "mg/d")) {
      return Optional.empty();
    }
    BigDecimal value =
        dose.getValue()
            .multiply(BigDecimal.valueOf(repeat.getFrequency()))
            .divide(days, MathContext.DECIMAL32)
            .stripTrailingZeros();
    return Optional.of(
        new org.trabecula.contracts.Quantity(value.scale() < 0 ? value.setScale(0) : value, unit));
  }

  private static List<Coding> codings(CodeableConcept concept) {
    return concept.getCoding().stream()
        .filter(coding -> coding.hasCode())
        .map(coding -> new Coding(coding.getSystem(), coding.getCode(), coding.getDisplay()))
        .toList();
  }

  /// Sources that name resources by type and id may give a Condition and a MedicationStatement the
  /// same id.
  static @Nullable Source source(
      Entry entry, Identifier identifier, String source, List<Issue> issues) {
    if (identifier.hasSystem() && identifier.hasValue()) {
      return new Source(identifier.getSystem(), identifier.getValue());
    }
    String key = entry.key();
    if (key == null) {
      issues.add(
          Issue.required(
              entry.at(""),
              "Has no identifier, no id and no fullUrl: a re-send would count twice."));
      return null;
    }
    return new Source(source, key.startsWith("urn:") ? key : entry.request().type() + "/" + key);
  }

  /// The day, month or year that is stated.
  ///
  /// @param start of a period; else its end
  private static @Nullable String date(
      @Nullable Type stated, boolean start, String element, List<String> notes) {
    String day =
        switch (stated) {
          case BaseDateTimeType at -> day(at);
          case Period period -> day(start ? period.getStartElement() : period.getEndElement());
          case null, default -> null;
        };
    if (day == null && stated != null) {
      notes.add("Not stored: the " + element + ", which is no date.");
    }
    return day;
  }

  private static @Nullable String day(BaseDateTimeType at) {
    String text = at.getValueAsString();
    return text == null ? null : text.substring(0, Math.min(10, text.length()));
  }
}
