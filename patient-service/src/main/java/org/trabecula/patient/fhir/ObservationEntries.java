package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Specimen;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.SubmittedMeasurement;

/// Reads a FHIR Observation: one measurement for each value under a code of the catalogue, be it
/// the Observation's own or a component's.
@Singleton
class ObservationEntries {
  /// Of UCUM, with the division before it.
  private static final Pattern ANNOTATION = Pattern.compile("/?\\{[^}]*}");

  private final Catalogue catalogue;

  ObservationEntries(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// @param path FHIRPath of the element whose value it is
  record Found(String path, Source source, SubmittedMeasurement measurement) {}

  /// What an Observation comes to.
  sealed interface Translated {
    /// @param notes what was left out
    record Measurements(List<Found> found, List<String> notes) implements Translated {}

    record Withdrawn(List<Source> sources) implements Translated {}

    record NotStored(String reason) implements Translated {}
  }

  /// @param source who sent it, for an Observation without an identifier of its own
  /// @param known what the source calls the measurement that is updated; null when it is not known
  Translated translate(
      Entry entry,
      Observation observation,
      String source,
      @Nullable Source known,
      List<Issue> issues) {
    String path = entry.at("");
    List<Coded> coded = coded(observation, path);
    if (coded.isEmpty()) {
      return new Translated.NotStored("no code of it is in the catalogue of analytes.");
    }
    if (!observation.hasStatus()) {
      issues.add(Issue.required(path + ".status", "Is required."));
    }
    Source own = known == null ? source(entry, observation, source) : known;
    if (own == null) {
      issues.add(
          Issue.required(
              path, "Has no identifier, no id and no fullUrl: a re-send would count twice."));
      return new Translated.NotStored("it has no identifier.");
    }
    if (observation.getStatus() == ObservationStatus.ENTEREDINERROR) {
      return new Translated.Withdrawn(coded.stream().map(one -> one.source(own)).toList());
    }
    String effective = effective(observation);
    Status status = status(observation.getStatus());
    if (status == null) {
      return new Translated.NotStored("its status is " + observation.getStatus().toCode() + ".");
    }
    if (effective == null) {
      return new Translated.NotStored("it does not say when it was measured.");
    }
    var found = new ArrayList<Found>();
    var notes = new ArrayList<String>();
    for (Coded one : coded) {
      String reason = unrepresentable(one, observation);
      if (reason != null) {
        notes.add(reason);
      } else if (one.value() instanceof Quantity quantity) {
        found.add(
            new Found(
                one.path(),
                one.source(own),
                measurement(one, quantity, observation, effective, status, own)));
      }
    }
    return found.isEmpty()
        ? new Translated.NotStored(String.join(" ", notes))
        : new Translated.Measurements(
            found,
            Stream.concat(
                    notes.stream().map(note -> "Not stored: " + note),
                    coded.stream().flatMap(one -> presumed(one).stream()))
                .toList());
  }

  /// A unit that leaves out what the code says, such as mL/min of a rate for 1.73 m2.
  private static Optional<String> presumed(Coded coded) {
    String said = ANNOTATION.matcher(coded.analyte().unit()).replaceAll("");
    return coded.value() instanceof Quantity quantity
            && said.equals(unit(quantity))
            && !said.equals(coded.analyte().unit())
        ? Optional.of(
            "%s is read as %s, which the code means.".formatted(said, coded.analyte().unit()))
        : Optional.empty();
  }

  /// A value under a code that the catalogue knows.
  ///
  /// @param key sets a component's measurement apart from its siblings'; null for the Observation
  private record Coded(
      String path,
      Analyte analyte,
      @Nullable String loinc,
      @Nullable Type value,
      boolean absent,
      @Nullable String key) {
    Source source(Source own) {
      return key == null ? own : new Source(own.system(), own.id() + "#" + key);
    }
  }

  private List<Coded> coded(Observation observation, String path) {
    var coded = new ArrayList<Coded>();
    named(observation.getCode())
        .ifPresent(
            named ->
                coded.add(
                    new Coded(
                        path,
                        named.analyte(),
                        named.loinc(),
                        observation.getValue(),
                        observation.hasDataAbsentReason(),
                        null)));
    for (int i = 0; i < observation.getComponent().size(); i++) {
      ObservationComponentComponent component = observation.getComponent().get(i);
      String at = path + ".component[" + i + "]";
      named(component.getCode())
          .ifPresent(
              named ->
                  coded.add(
                      new Coded(
                          at,
                          named.analyte(),
                          named.loinc(),
                          component.getValue(),
                          component.hasDataAbsentReason(),
                          named.analyte().code())));
    }
    return coded;
  }

  /// @param loinc null when no LOINC code names the analyte
  private record Named(Analyte analyte, @Nullable String loinc) {}

  private Optional<Named> named(CodeableConcept code) {
    return code.getCoding().stream()
        .filter(coding -> coding.getCode() != null)
        .flatMap(
            coding ->
                switch (coding.getSystem()) {
                  case Codes.LOINC ->
                      catalogue
                          .byLoinc(coding.getCode())
                          .map(analyte -> new Named(analyte, coding.getCode()))
                          .stream();
                  case Catalogue.SYSTEM ->
                      catalogue
                          .byCode(coding.getCode())
                          .map(analyte -> new Named(analyte, null))
                          .stream();
                  case null, default -> Stream.empty();
                })
        .findFirst();
  }

  private static @Nullable String unrepresentable(Coded coded, Observation observation) {
    String code = coded.analyte().code();
    if (coded.value() == null) {
      return "%s has no value%s."
          .formatted(code, coded.absent() ? ", and the source says why" : "");
    }
    if (!(coded.value() instanceof Quantity)) {
      return "%s is given as %s, not as a quantity.".formatted(code, coded.value().fhirType());
    }
    var site = coded.analyte().bodySite();
    if (site != null && site.required() && !isAt(observation, site.code())) {
      return "its code is that of %s only at the body site %s (SNOMED CT %s)."
          .formatted(code, site.display(), site.code());
    }
    return null;
  }

  private static boolean isAt(Observation observation, String site) {
    return observation.getBodySite().getCoding().stream()
        .anyMatch(
            coding -> Codes.SNOMED.equals(coding.getSystem()) && site.equals(coding.getCode()));
  }

  private static SubmittedMeasurement measurement(
      Coded coded,
      Quantity quantity,
      Observation observation,
      String effective,
      Status status,
      Source own) {
    return new SubmittedMeasurement(
        coded.analyte().code(),
        coded.loinc(),
        quantity.getValue(),
        unit(quantity),
        comparator(quantity),
        effective,
        Fastings.read(observation),
        text(observation.getMethod()),
        laboratory(observation),
        device(observation.getDevice()),
        status,
        coded.source(own),
        specimen(observation),
        null,
        coded.key() == null ? interval(observation, quantity) : null,
        note(observation),
        null);
  }

  private static @Nullable String specimen(Observation observation) {
    return observation.getSpecimen().getResource() instanceof Specimen specimen
        ? text(specimen.getType())
        : observation.getSpecimen().getDisplay();
  }

  /// The laboratory's own, when it is in the unit of the value.
  private static SubmittedMeasurement.@Nullable Interval interval(
      Observation observation, Quantity value) {
    var range = observation.getReferenceRangeFirstRep();
    boolean sameUnit =
        Stream.of(range.getLow(), range.getHigh())
            .filter(Quantity::hasValue)
            .allMatch(bound -> Objects.equals(unit(bound), unit(value)));
    return sameUnit && (range.getLow().hasValue() || range.getHigh().hasValue())
        ? new SubmittedMeasurement.Interval(range.getLow().getValue(), range.getHigh().getValue())
        : null;
  }

  private static @Nullable String note(Observation observation) {
    String note =
        observation.getNote().stream()
            .map(Annotation::getText)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "))
            .replaceAll("\\s+", " ")
            .strip();
    return note.isEmpty() ? null : note;
  }

  /// The code, when it is UCUM's or nobody says whose; else what is written for people.
  private static @Nullable String unit(Quantity quantity) {
    boolean ucum = !quantity.hasSystem() || Codes.UCUM.equals(quantity.getSystem());
    return ucum && quantity.hasCode() ? quantity.getCode() : quantity.getUnit();
  }

  private static @Nullable Comparator comparator(Quantity quantity) {
    return switch (quantity.getComparator()) {
      case LESS_THAN, LESS_OR_EQUAL -> Comparator.LESS_THAN;
      case GREATER_THAN, GREATER_OR_EQUAL -> Comparator.GREATER_THAN;
      case null, default -> null;
    };
  }

  private static @Nullable String text(CodeableConcept concept) {
    return concept.hasText() ? concept.getText() : concept.getCodingFirstRep().getDisplay();
  }

  /// An organisation's name. A person's is left where it is: events name nobody.
  private static @Nullable String laboratory(Observation observation) {
    return observation.getPerformer().stream()
        .filter(
            performer ->
                performer.getResource() instanceof Organization
                    || "Organization".equals(performer.getType())
                    || "Organization".equals(performer.getReferenceElement().getResourceType()))
        .map(ObservationEntries::name)
        .filter(display -> display != null && !display.isBlank())
        .collect(Collectors.collectingAndThen(Collectors.toList(), ObservationEntries::first));
  }

  private static @Nullable String name(Reference performer) {
    return performer.getResource() instanceof Organization organization
        ? organization.getName()
        : performer.getDisplay();
  }

  /// As the Observation calls it, or as the Device that it contains calls itself.
  private static @Nullable String device(Reference reference) {
    if (reference.hasDisplay() || !(reference.getResource() instanceof Device device)) {
      return reference.getDisplay();
    }
    String name =
        Stream.of(
                device.getManufacturer(),
                device.hasModelNumber()
                    ? device.getModelNumber()
                    : device.getDeviceNameFirstRep().getName(),
                device.getSerialNumber())
            .filter(part -> part != null && !part.isBlank())
            .collect(Collectors.joining(" "));
    return name.isEmpty() ? null : name;
  }

  private static @Nullable String first(List<String> texts) {
    return texts.isEmpty() ? null : texts.getFirst();
  }

  private static @Nullable String effective(Observation observation) {
    return switch (observation.getEffective()) {
      case DateTimeType at -> at.getValueAsString();
      case InstantType at -> at.getValueAsString();
      case Period period -> period.getStartElement().getValueAsString();
      case null, default -> null;
    };
  }

  private static @Nullable Status status(@Nullable ObservationStatus status) {
    return switch (status) {
      case PRELIMINARY -> Status.PRELIMINARY;
      case FINAL -> Status.FINAL;
      case AMENDED, CORRECTED -> Status.CORRECTED;
      case null -> Status.FINAL;
      default -> null;
    };
  }

  private static @Nullable Source source(Entry entry, Observation observation, String bundle) {
    var identifier = observation.getIdentifierFirstRep();
    if (identifier.hasSystem() && identifier.hasValue()) {
      return new Source(identifier.getSystem(), identifier.getValue());
    }
    String key = entry.key();
    return key == null ? null : new Source(bundle, key);
  }
}
