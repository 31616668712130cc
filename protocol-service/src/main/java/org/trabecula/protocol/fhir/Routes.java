package org.trabecula.protocol.fhir;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.trabecula.contracts.RegimenAssigned.Route;

/// Routes of administration in SNOMED CT and in our own words.
///
/// The codes of oral, vaginal and subcutaneous routes were seen in HL7's value set; the others are
/// recalled. An implant has our own code alone: SNOMED's subcutaneous route would make an injection
/// of it.
public final class Routes {
  private static final Map<Route, Coding> SNOMED =
      Map.of(
          Route.ORAL, snomed("26643006", "Oral route"),
          Route.TRANSDERMAL, snomed("45890007", "Transdermal route"),
          Route.INTRAMUSCULAR, snomed("78421000", "Intramuscular route"),
          Route.SUBCUTANEOUS, snomed("34206005", "Subcutaneous route"),
          Route.INTRANASAL, snomed("46713006", "Nasal route"),
          Route.VAGINAL, snomed("16857009", "Vaginal route"),
          Route.INTRAUTERINE, snomed("58100008", "Intrauterine route"));

  private Routes() {}

  static CodeableConcept concept(Route route) {
    var concept = new CodeableConcept().setText(text(route));
    concept.addCoding().setSystem(Codes.ROUTE).setCode(route.name());
    Coding snomed = SNOMED.get(route);
    return snomed == null ? concept : concept.addCoding(snomed.copy());
  }

  static String text(Route route) {
    return route.name().toLowerCase(Locale.ROOT);
  }

  /// Ours first; empty when none of the codes is known here.
  public static Optional<Route> of(CodeableConcept concept) {
    return Stream.concat(
            Stream.of(Route.values()).filter(route -> has(concept, Codes.ROUTE, route.name())),
            SNOMED.entrySet().stream()
                .filter(known -> has(concept, Codes.SNOMED, known.getValue().getCode()))
                .map(Map.Entry::getKey))
        .findFirst();
  }

  private static boolean has(CodeableConcept concept, String system, String code) {
    List<Coding> codings = concept.getCoding();
    return codings.stream()
        .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
  }

  private static Coding snomed(String code, String display) {
    return new Coding(Codes.SNOMED, code, display);
  }
}
