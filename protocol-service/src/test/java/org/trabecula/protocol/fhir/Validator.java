package org.trabecula.protocol.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/// HAPI's validator with FHIR R4 on board, and no terminology server.
public final class Validator {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  private static final List<String> TOLERATED =
      List.of(
          // Code systems that are not on board.
          "CodeSystem is unknown and can't be validated: http://snomed.info/sct ",
          "CodeSystem is unknown and can't be validated: http://www.whocc.no/atc ",
          "CodeSystem is unknown and can't be validated: http://www.nlm.nih.gov/research/umls/rxnorm ",
          "CodeSystem is unknown and can't be validated: http://fdasis.nlm.nih.gov ",
          "CodeSystem is unknown and can't be validated: urn:trabecula:",
          // Nobody reads a narrative of ours, and one could contradict the data.
          "dom-6: 'A resource should have narrative for robust management'");

  private final FhirValidator validator;

  public Validator() {
    var unknown = new UnknownCodeSystemWarningValidationSupport(CONTEXT);
    unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
    var instances =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                new DefaultProfileValidationSupport(CONTEXT),
                new CommonCodeSystemsTerminologyService(CONTEXT),
                new InMemoryTerminologyServerValidationSupport(CONTEXT),
                unknown));
    instances.setAnyExtensionsAllowed(true);
    validator = CONTEXT.newValidator().registerValidatorModule(instances);
  }

  /// @param resource as JSON
  public void accept(String resource) {
    assertThat(validator.validateWithResult(resource).getMessages())
        .filteredOn(message -> message.getSeverity().compareTo(ResultSeverityEnum.WARNING) >= 0)
        .filteredOn(message -> !isTolerated(message))
        .extracting(Validator::text)
        .isEmpty();
  }

  private static boolean isTolerated(SingleValidationMessage message) {
    return message.getSeverity() == ResultSeverityEnum.WARNING
        && TOLERATED.stream().anyMatch(tolerated -> text(message).contains(tolerated));
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
