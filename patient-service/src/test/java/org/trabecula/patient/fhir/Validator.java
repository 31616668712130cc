package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.UriType;

/// HAPI's validator with FHIR R4 and the profiles of the International Patient Summary on board,
/// and no terminology server.
final class Validator {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final String IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/";
  private static final String CORE = "http://hl7.org/fhir/StructureDefinition/";
  private static final List<String> IPS_DEFINITIONS =
      List.of(
          "StructureDefinition-CodeableConcept-uv-ips",
          "StructureDefinition-Coding-uv-ips",
          "StructureDefinition-Condition-uv-ips",
          "StructureDefinition-Device-observer-uv-ips",
          "StructureDefinition-Medication-uv-ips",
          "StructureDefinition-MedicationStatement-uv-ips",
          "StructureDefinition-Observation-results-laboratory-pathology-uv-ips",
          "StructureDefinition-Observation-results-radiology-uv-ips",
          "StructureDefinition-Organization-uv-ips",
          "StructureDefinition-Patient-uv-ips",
          "StructureDefinition-Specimen-uv-ips",
          "ValueSet-problem-type-loinc",
          "ValueSet-problem-type-uv-ips",
          "ValueSet-results-status-uv-ips");

  private static final List<String> TOLERATED =
      List.of(
          // Code systems and IPS's value sets of SNOMED CT and LOINC that are not on board.
          "CodeSystem is unknown and can't be validated: http://loinc.org ",
          "CodeSystem is unknown and can't be validated: http://snomed.info/sct ",
          "CodeSystem is unknown and can't be validated: http://hl7.org/fhir/sid/icd-10 ",
          "CodeSystem is unknown and can't be validated: http://www.whocc.no/atc ",
          "CodeSystem is unknown and can't be validated: http://terminology.hl7.org/CodeSystem/sex-parameter-for-clinical-use ",
          "CodeSystem is unknown and can't be validated: urn:trabecula:",
          "ValueSet 'http://hl7.org/fhir/uv/ips/ValueSet/",
          "None of the codings provided are in the value set 'Vital Signs'",
          // Scores without a unit have one of their own, since nothing else tells them from ratios.
          "UCUM Codes that contain human readable annotations",
          // Where things came from names the version, which the validator does not look for.
          "by Bundle resolution rules",
          // Nobody reads a narrative of ours, and one could contradict the data.
          "dom-6: 'A resource should have narrative for robust management'",
          // Not every source says who did it, or of which system its code is.
          "In general, all observations should have a performer",
          "Coding has no system.");

  /// What is on board is known by its bare URL.
  private static final Pattern VERSION =
      Pattern.compile("\\|(4\\.0\\.1|5\\.3\\.0-ballot-tc1)(?=\")");

  /// Extensions that IPS allows of a Patient, and that we do not use.
  private static final List<String> UNUSED =
      List.of("individual-genderIdentity", "individual-pronouns");

  private final Fhir fhir = new Fhir();
  private final FhirValidator validator;

  Validator() {
    var ips = new PrePopulatedValidationSupport(CONTEXT);
    IPS_DEFINITIONS.forEach(name -> ips.addResource(definition(name)));
    var core = new DefaultProfileValidationSupport(CONTEXT);
    UNUSED.forEach(name -> ips.addStructureDefinition(extension(name, core)));
    var unknown = new UnknownCodeSystemWarningValidationSupport(CONTEXT);
    unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
    var instances =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                core,
                ips,
                new CommonCodeSystemsTerminologyService(CONTEXT),
                new InMemoryTerminologyServerValidationSupport(CONTEXT),
                new SnapshotGeneratingValidationSupport(CONTEXT),
                unknown));
    instances.setAnyExtensionsAllowed(true);
    validator = CONTEXT.newValidator().registerValidatorModule(instances);
  }

  private static StructureDefinition extension(String name, DefaultProfileValidationSupport core) {
    String url = CORE + name;
    var extension =
        ((StructureDefinition) core.fetchStructureDefinition(CORE + "Extension")).copy();
    extension.setUrl(url).setId(name);
    extension.getSnapshot().getElement().stream()
        .filter(element -> element.getPath().equals("Extension.url"))
        .forEach(element -> element.setFixed(new UriType(url)));
    return extension;
  }

  private static Resource definition(String name) {
    try (InputStream json = Validator.class.getResourceAsStream("/ips/" + name + ".json")) {
      return (Resource)
          CONTEXT
              .newJsonParser()
              .parseResource(
                  VERSION.matcher(new String(json.readAllBytes(), UTF_8)).replaceAll(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void accept(Resource resource) {
    judge(resource, new ValidationOptions());
  }

  /// @param profile of the International Patient Summary, such as `Patient-uv-ips`
  void acceptAs(String profile, Resource resource) {
    judge(resource, new ValidationOptions().addProfile(IPS + profile));
  }

  /// @param profile of FHIR itself, such as `bodyweight`
  void acceptAsCore(String profile, Resource resource) {
    judge(resource, new ValidationOptions().addProfile(CORE + profile));
  }

  private void judge(Resource resource, ValidationOptions options) {
    assertThat(messages(resource, options))
        .filteredOn(message -> message.getSeverity().compareTo(ResultSeverityEnum.WARNING) >= 0)
        .filteredOn(message -> !isTolerated(message))
        .extracting(Validator::text)
        .isEmpty();
  }

  /// Never an error, and of warnings only those that are about what is not on board, or about what
  /// our sources did not tell.
  private static boolean isTolerated(SingleValidationMessage message) {
    return message.getSeverity() == ResultSeverityEnum.WARNING
        && TOLERATED.stream().anyMatch(tolerated -> text(message).contains(tolerated));
  }

  private List<SingleValidationMessage> messages(Resource resource, ValidationOptions options) {
    return validator.validateWithResult(fhir.write(resource), options).getMessages();
  }

  private static String text(SingleValidationMessage message) {
    return "%s %s %s: %s"
        .formatted(
            message.getSeverity(),
            message.getMessageId(),
            message.getLocationString(),
            message.getMessage());
  }
}
