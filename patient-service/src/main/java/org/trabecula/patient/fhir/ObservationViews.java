package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Specimen;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.Analyte.Loinc;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Precision;
import org.trabecula.patient.Ucum;
import org.trabecula.patient.fhir.SearchValues.Token;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.Measurement.Standing;
import org.trabecula.patient.measurement.RecordedMeasurement;

/// Shows a measurement as an Observation: the value as its source sent it, and beside it, where the
/// unit is another, the value in the unit in which we keep it. A vital sign in a unit that its
/// profile forbids is shown in ours alone.
@Singleton
class ObservationViews {
  static final String CANONICAL = "urn:trabecula:fhir:canonical-value";

  private static final String SPECIMEN = "specimen";
  private static final String INTERPRETATION =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

  /// The units that FHIR R4's profiles of weight, height, body mass index and blood pressure allow.
  private static final Set<String> VITAL_SIGN_UNITS =
      Set.of("kg", "g", "[lb_av]", "cm", "[in_i]", "kg/m2", "mm[Hg]");

  /// A unit can be written in any number of ways, since UCUM lets everyone annotate it.
  private static final int MOST_REMEMBERED = 1_000;

  private final Catalogue catalogue;
  private final Ucum ucum;
  private final Map<Coded, Heading> headings = new ConcurrentHashMap<>();

  ObservationViews(Catalogue catalogue, Ucum ucum) {
    this.catalogue = catalogue;
    this.ucum = ucum;
  }

  /// @param loinc the code that says of method or specimen what the measurement says; null when
  /// there is none
  private record Coded(String analyte, String unit, @Nullable String loinc) {}

  /// What all measurements of an analyte in a unit under a code have in common. It is read only.
  private record Heading(
      CodeableConcept category,
      CodeableConcept code,
      @Nullable CodeableConcept bodySite,
      boolean hasUnitOfItsProfile) {}

  Observation of(RecordedMeasurement measurement) {
    var observation = new Observation();
    observation.setId(measurement.id().toString());
    observation
        .getMeta()
        .setVersionId(Integer.toString(measurement.version()))
        .setLastUpdatedElement(Times.instant(measurement.recordedAt()));
    observation
        .addIdentifier()
        .setSystem(measurement.source().system())
        .setValue(measurement.source().id());
    Heading heading = known(coded(measurement));
    observation
        .setStatus(status(measurement.status()))
        .addCategory(heading.category())
        .setCode(heading.code())
        .setSubject(new Reference("Patient/" + measurement.patientId()))
        .setEffective(effective(measurement.effectiveAt(), measurement.effectivePrecision()))
        .setIssuedElement(Times.instant(measurement.recordedAt()))
        .setValue(value(measurement, heading));
    if (heading.bodySite() != null) {
      observation.setBodySite(heading.bodySite());
    }
    if (measurement.method() != null) {
      observation.setMethod(new CodeableConcept().setText(measurement.method()));
    }
    if (measurement.laboratory() != null) {
      observation.addPerformer(
          new Reference().setType("Organization").setDisplay(measurement.laboratory()));
    }
    if (measurement.device() != null) {
      observation.setDevice(new Reference().setDisplay(measurement.device()));
    }
    if (measurement.note() != null) {
      observation.addNote().setText(measurement.note());
    }
    range(measurement, observation);
    specimen(measurement, observation);
    return observation;
  }

  private Coded coded(RecordedMeasurement measurement) {
    String unit = measurement.original().unit();
    Analyte analyte = catalogue.byCode(measurement.analyte()).orElseThrow();
    return new Coded(
        analyte.code(),
        unit,
        analyte.loinc().stream()
            .filter(Loinc::saysMore)
            .filter(loinc -> loinc.fits(measurement.method(), measurement.specimen()))
            .filter(loinc -> loinc.property().equals("rate") || isOfKind(loinc, unit))
            .map(Loinc::code)
            .findFirst()
            .orElse(null));
  }

  private Heading known(Coded coded) {
    Heading known = headings.get(coded);
    if (known != null) {
      return known;
    }
    Heading heading = heading(coded);
    if (headings.size() < MOST_REMEMBERED) {
      headings.put(coded, heading);
    }
    return heading;
  }

  private Heading heading(Coded coded) {
    Analyte analyte = catalogue.byCode(coded.analyte()).orElseThrow();
    var code = new CodeableConcept().setText(analyte.display());
    loinc(analyte, coded)
        .ifPresent(loinc -> code.addCoding().setSystem(Codes.LOINC).setCode(loinc.code()));
    code.addCoding()
        .setSystem(Catalogue.SYSTEM)
        .setCode(analyte.code())
        .setDisplay(analyte.display());
    var category = new CodeableConcept();
    category.addCoding().setSystem(Codes.CATEGORY).setCode(Codes.category(analyte.kind()));
    var site = analyte.bodySite();
    return new Heading(
        category,
        code,
        site == null
            ? null
            : new CodeableConcept(new Coding(Codes.SNOMED, site.code(), site.display())),
        analyte.kind() != Analyte.Kind.VITAL_SIGNS || VITAL_SIGN_UNITS.contains(coded.unit()));
  }

  /// LOINC has a code of its own for each kind of quantity: the first whose kind the unit is of.
  private Optional<Loinc> loinc(Analyte analyte, Coded coded) {
    return Stream.<Predicate<Loinc>>of(
            loinc -> loinc.code().equals(coded.loinc()),
            loinc -> !loinc.saysMore() && isOfKind(loinc, coded.unit()),
            loinc -> true)
        .flatMap(fitting -> analyte.loinc().stream().filter(fitting))
        .findFirst();
  }

  private boolean isOfKind(Loinc loinc, String unit) {
    boolean molar = ucum.isCommensurable(unit, "mol/L");
    return loinc.property().startsWith(molar ? "molar" : "mass");
  }

  private static ObservationStatus status(Standing standing) {
    return switch (standing) {
      case PRELIMINARY -> ObservationStatus.PRELIMINARY;
      case FINAL -> ObservationStatus.FINAL;
      case CORRECTED -> ObservationStatus.CORRECTED;
      case WITHDRAWN -> ObservationStatus.ENTEREDINERROR;
    };
  }

  /// The names under which measurements of a status are stored.
  static List<String> standings(Token token) {
    return Arrays.stream(Standing.values())
        .filter(standing -> token.isOf(status(standing).getSystem()))
        .filter(standing -> status(standing).toCode().equals(token.code()))
        .map(Standing::name)
        .toList();
  }

  private static DateTimeType effective(Instant at, Precision precision) {
    OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
    return new DateTimeType(
        switch (precision) {
          case YEAR -> utc.format(DateTimeFormatter.ofPattern("uuuu"));
          case MONTH -> utc.format(DateTimeFormatter.ofPattern("uuuu-MM"));
          case DAY -> utc.format(DateTimeFormatter.ISO_LOCAL_DATE);
          case INSTANT -> Times.text(at);
        });
  }

  private static Quantity value(RecordedMeasurement measurement, Heading heading) {
    var shown = heading.hasUnitOfItsProfile() ? measurement.original() : measurement.value();
    var value = quantity(shown);
    if (measurement.comparator() != null) {
      value.setComparator(
          measurement.comparator() == Comparator.LESS_THAN
              ? QuantityComparator.LESS_THAN
              : QuantityComparator.GREATER_THAN);
    }
    if (!measurement.value().unit().equals(shown.unit())) {
      value.addExtension(new Extension(CANONICAL, quantity(measurement.value())));
    }
    return value;
  }

  private static Quantity quantity(org.trabecula.contracts.Quantity quantity) {
    return new Quantity()
        .setValue(quantity.value())
        .setUnit(quantity.unit())
        .setSystem(Codes.UCUM)
        .setCode(quantity.unit());
  }

  private static void range(RecordedMeasurement measurement, Observation observation) {
    var interval = measurement.referenceInterval();
    if (interval != null) {
      String unit = measurement.value().unit();
      var range = observation.addReferenceRange().setText(interval.source());
      if (interval.low() != null) {
        range.setLow(quantity(new org.trabecula.contracts.Quantity(interval.low(), unit)));
      }
      if (interval.high() != null) {
        range.setHigh(quantity(new org.trabecula.contracts.Quantity(interval.high(), unit)));
      }
    }
    if (measurement.interpretation() != null) {
      String code =
          switch (measurement.interpretation()) {
            case LOW -> "L";
            case NORMAL -> "N";
            case HIGH -> "H";
          };
      observation.addInterpretation(new CodeableConcept(new Coding(INTERPRETATION, code, null)));
    }
  }

  /// FHIR tells of the specimen whether the patient had fasted.
  private static void specimen(RecordedMeasurement measurement, Observation observation) {
    Fasting fasting = measurement.fasting();
    if (fasting == Fasting.UNKNOWN && measurement.specimen() == null) {
      return;
    }
    var specimen = new Specimen();
    specimen.setId(SPECIMEN);
    specimen.setType(
        measurement.specimen() == null
            ? unknown()
            : new CodeableConcept().setText(measurement.specimen()));
    if (fasting != Fasting.UNKNOWN) {
      specimen
          .getCollection()
          .setFastingStatus(
              new CodeableConcept(
                  new Coding(
                      Codes.RELEVANT_CLINICAL_INFORMATION,
                      fasting == Fasting.YES ? "F" : "NF",
                      null)));
    }
    observation.addContained(specimen);
    observation.setSpecimen(new Reference("#" + SPECIMEN));
  }

  /// The International Patient Summary wants a type, or that we say that we do not know it.
  private static CodeableConcept unknown() {
    var unknown = new CodeableConcept();
    unknown.addExtension(new Extension(Codes.DATA_ABSENT_REASON, new CodeType("unknown")));
    return unknown;
  }
}
