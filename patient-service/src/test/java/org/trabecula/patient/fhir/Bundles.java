package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// The eight Bundles of the public corpus, and small ones of our own.
public final class Bundles {
  public static final List<String> CORPUS =
      List.of(
          "Cathryn_Windler_5b477e00-ba36-4786-b672-a2816b3b9149",
          "Chad_Quigley_b9737c68-296c-46fa-9a3c-aca513681a73",
          "Gayla_Ferry_259bc6c6-9c1d-43e9-bd25-7539cf07f8ac",
          "Odilia_Feeney_fe743225-b81a-4d0a-acdb-bf9110dd83d9",
          "Rodrigo_Mesa_4555b4f2-6976-487f-9bdc-d2083a6274cb",
          "Sina_Yundt_9907f1bc-0884-4be2-b3d2-57602e4aaf42",
          "Tamatha_Witting_55a37df6-b780-4272-8d51-499be0e7df86",
          "Willia_Runolfsdottir_074c3873-c476-40e3-8046-f67372eb5e05");

  static final String PATIENT =
      """
      {"fullUrl": "urn:uuid:7d1f4a52-0000-4000-8000-000000000001",
       "resource": {"resourceType": "Patient", "id": "p1", "birthDate": "1970-03-05", "gender": "female",
         "identifier": [{"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
                         "system": "urn:mrn", "value": "M1"}],
         "name": [{"family": "Quackenbush", "given": ["Griselda"]}]},
       "request": {"method": "POST", "url": "Patient"}}""";

  private Bundles() {}

  public static String corpus(String name) {
    try (InputStream packed = Bundles.class.getResourceAsStream("/fhir-r4/" + name + ".json.gz");
        InputStream bundle = new GZIPInputStream(packed)) {
      return new String(bundle.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(String... entries) {
    return """
    {"resourceType": "Bundle", "type": "transaction", "entry": [%s]}"""
        .formatted(String.join(",\n", entries));
  }

  /// A CTX result of the patient above, with more elements or other ones at its end.
  static String ctx(String id, String value, String unit, String more) {
    return """
    {"resource": {"resourceType": "Observation", "id": "%s", "status": "final",
       "code": {"coding": [{"system": "http://loinc.org", "code": "41171-0"}]},
       "subject": {"reference": "urn:uuid:7d1f4a52-0000-4000-8000-000000000001"},
       "effectiveDateTime": "2026-01-05T08:10:00+01:00",
       "valueQuantity": {"value": %s, "system": "http://unitsofmeasure.org", "code": "%s"}%s},
     "request": {"method": "POST", "url": "Observation"}}"""
        .formatted(id, value, unit, more);
  }
}
