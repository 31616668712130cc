package org.trabecula.localstack.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where bodies go in.
///
/// @param path with `{patient}` where the patient's identifier stands, `{parked}` where that of a
/// message about somebody unknown does
/// @param seeds right bodies, or such as the service describes
record Door(String method, String path, Language language, List<byte[]> seeds) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEEPEST = 6;

  private static final byte[] ORU =
      """
      MSH|^~\\&|LAB|NORTH|TRABECULA|DEMO|20260105101500+0100||ORU^R01^ORU_R01|MSG00001|P|2.5.1
      PID|1||M1^^^FUZZ^MR||Exemplar^Ada||19690505|F
      ORC|RE|P100|F100
      OBR|1|P100|F100|BTM^Bone turnover^L|||20260105081000+0100
      OBX|1|NM|41171-0^Collagen crosslinked C-telopeptide^LN^CTX^B-CTX^L||412|pg/mL^picogram per milliliter^UCUM|177-1015||||F|||20260105081000+0100
      OBX|2|SN|2243-4^Estradiol^LN||<^10|pg/mL^^UCUM|||||F
      """
          .replace("\n", "\r")
          .getBytes(UTF_8);

  /// About somebody whom nobody knows.
  static final byte[] STRANGER =
      new String(ORU, UTF_8)
          .replace("|MSG00001|", "|MSG00000|")
          .replace("|M1^", "|M2^")
          .getBytes(UTF_8);

  private static final List<String> PATIENTS =
      List.of(
          """
          {"identifiers": [{"system": "urn:fuzz", "value": "%s"}], "name": {"given": "Ada", "family": "Exemplar"},
           "sexForClinicalUse": "FEMALE", "birth": "1969-05", "region": "EU", "deceased": false, "uterus": "PRESENT",
           "menopause": {"status": "POSTMENOPAUSAL", "finalPeriod": "2022-01"}, "hypogonadism": {"kind": "NONE"},
           "growthHormoneDeficiency": {"presence": "ABSENT"}, "smoking": "NEVER", "heightCm": 164, "weightKg": 63.5,
           "medications": [{"agent": "prednisolone", "dailyDose": {"value": 5, "unit": "mg/d"}, "start": "2020-01-01"}]}""",
          "{}");

  private static final String MEASUREMENT =
      """
      {"analyte": "ctx", "value": 412, "unit": "ng/L", "comparator": "LESS_THAN", "effectiveAt": "2026-01-05T08:10:00+01:00",
       "fasting": "YES", "method": "ECLIA", "laboratory": "North", "device": "cobas", "status": "FINAL",
       "source": {"system": "urn:fuzz:lab", "id": "r1"}}""";

  private static final String FACT =
      """
      {"presence": "PRESENT", "since": "2019-06", "statedOn": "2025-11-20"}""";

  private static final String FHIR_PATIENT =
      """
      {"resourceType": "Patient", "identifier": [{"type": {"coding": [{"system":
       "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}, "system": "urn:fuzz:fhir", "value": "F1"}],
       "name": [{"use": "official", "family": "Exemplar", "given": ["Ada"]}], "gender": "female",
       "birthDate": "1969-05-05"}""";

  private static final String FHIR_OBSERVATION =
      """
      {"resourceType": "Observation", "identifier": [{"system": "urn:fuzz:lab", "value": "o1"}], "status": "final",
       "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
       "code": "laboratory"}]}], "code": {"coding": [{"system": "http://loinc.org", "code": "41171-0"}]},
       "subject": {"reference": "Patient?identifier=urn:id:FUZZ|M1"}, "effectiveDateTime": "2026-01-05T08:10:00+01:00",
       "valueQuantity": {"value": 412, "unit": "ng/L", "system": "http://unitsofmeasure.org", "code": "ng/L"},
       "method": {"text": "ECLIA"}}""";

  private static final String FHIR_CONDITION =
      """
      {"resourceType": "Condition", "identifier": [{"system": "urn:fuzz:ehr", "value": "c1"}],
       "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
       "code": "active"}]}, "code": {"coding": [{"system": "http://snomed.info/sct", "code": "64859006"}]},
       "subject": {"reference": "Patient?identifier=urn:id:FUZZ|M1"}, "onsetDateTime": "2019-04"}""";

  private static final String FHIR_MEDICATION =
      """
      {"resourceType": "MedicationStatement", "identifier": [{"system": "urn:fuzz:ehr", "value": "m1"}],
       "status": "completed", "medicationCodeableConcept": {"coding": [{"system": "http://www.whocc.no/atc",
       "code": "H02AB06"}]}, "subject": {"reference": "Patient?identifier=urn:id:FUZZ|M1"},
       "effectivePeriod": {"start": "2021-02-01", "end": "2021-05-10"}}""";

  private static final String FHIR_SMOKING =
      """
      {"resourceType": "Observation", "identifier": [{"system": "urn:fuzz:ehr", "value": "s1"}], "status": "final",
       "code": {"coding": [{"system": "http://loinc.org", "code": "72166-2"}]},
       "subject": {"reference": "Patient?identifier=urn:id:FUZZ|M1"}, "effectiveDateTime": "2018-03-29",
       "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "8517006"}]}}""";

  private static final String FHIR_ORDER =
      """
      {"resourceType": "MedicationRequest", "identifier": [{"system": "urn:fuzz:ehr", "value": "r1"}],
       "status": "stopped", "intent": "order", "medicationCodeableConcept": {"coding": [{"system":
       "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "904419"}]},
       "subject": {"reference": "Patient?identifier=urn:id:FUZZ|M1"}, "authoredOn": "2013-10-20",
       "dispenseRequest": {"validityPeriod": {"end": "2016-05-31"}}}""";

  enum Language {
    JSON("application/json"),
    FHIR("application/fhir+json"),
    HL7("application/hl7-v2");

    final String contentType;

    Language(String contentType) {
      this.contentType = contentType;
    }
  }

  String name() {
    return method + " " + path;
  }

  static Door fhir(List<byte[]> bundles) {
    return new Door("POST", "/fhir", Language.FHIR, bundles);
  }

  /// The doors that take one resource of a kind.
  static List<Door> fhirResources() {
    return List.of(
        new Door("POST", "/fhir/Patient", Language.FHIR, bytes(FHIR_PATIENT)),
        new Door("PUT", "/fhir/Patient/{patient}", Language.FHIR, bytes(FHIR_PATIENT)),
        new Door("POST", "/fhir/Observation", Language.FHIR, bytes(FHIR_OBSERVATION, FHIR_SMOKING)),
        new Door("POST", "/fhir/Condition", Language.FHIR, bytes(FHIR_CONDITION)),
        new Door("POST", "/fhir/MedicationStatement", Language.FHIR, bytes(FHIR_MEDICATION)),
        new Door("POST", "/fhir/MedicationRequest", Language.FHIR, bytes(FHIR_ORDER)));
  }

  private static List<byte[]> bytes(String... resources) {
    return Stream.of(resources).map(one -> one.getBytes(UTF_8)).toList();
  }

  static Door hl7() {
    return new Door("POST", "/hl7v2", Language.HL7, List.of(ORU));
  }

  /// Every operation that the service's OpenAPI document says takes JSON.
  static List<Door> ofOpenApi(JsonNode document) {
    var doors = new ArrayList<Door>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          JsonNode body = operation.getValue().path("requestBody").path("content");
                          if (body.has("application/json") && !path.getKey().startsWith("/fhir")) {
                            var schema = body.path("application/json").path("schema");
                            doors.add(door(operation.getKey(), path.getKey(), schema, document));
                          }
                        }));
    return doors;
  }

  private static Door door(String method, String path, JsonNode schema, JsonNode document) {
    var seeds = new ArrayList<byte[]>();
    if (path.equals("/v1/patients") || path.equals("/v1/patients/{id}")) {
      PATIENTS.forEach(one -> seeds.add(one.getBytes(UTF_8)));
    } else if (path.endsWith("/measurements")) {
      seeds.add(MEASUREMENT.getBytes(UTF_8));
    } else if (path.endsWith("/facts/{code}") || path.endsWith("/occurrences")) {
      seeds.add(FACT.getBytes(UTF_8));
    } else if (path.endsWith("/resolution")) {
      seeds.add("{\"register\": true}".getBytes(UTF_8));
    }
    seeds.add(example(schema, document, 0).toString().getBytes(UTF_8));
    var named =
        path.replaceFirst("/v1/patients/\\{\\w+}", "/v1/patients/{patient}")
            .replaceFirst("/v1/parked-messages/\\{\\w+}", "/v1/parked-messages/{parked}")
            .replaceFirst("/facts/\\{\\w+}/", "/facts/fracture/")
            .replaceFirst("/facts/\\{\\w+}", "/facts/type-2-diabetes")
            .replaceAll("\\{(?!patient}|parked})\\w+}", "x");
    return new Door(method.toUpperCase(java.util.Locale.ROOT), named, Language.JSON, seeds);
  }

  /// Something of the described form, though hardly of a sensible content.
  private static JsonNode example(JsonNode schema, JsonNode document, int depth) {
    var nodes = JsonNodeFactory.instance;
    if (schema.has("$ref")) {
      return example(document.at(schema.path("$ref").asText().substring(1)), document, depth);
    }
    for (String choice : List.of("anyOf", "oneOf", "allOf")) {
      if (schema.has(choice)) {
        return example(schema.path(choice).path(0), document, depth);
      }
    }
    if (schema.has("enum")) {
      return schema.path("enum").path(0);
    }
    JsonNode type = schema.path("type");
    return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
      case "string" -> nodes.textNode(text(schema.path("format").asText()));
      case "number", "integer" -> nodes.numberNode(1);
      case "boolean" -> nodes.booleanNode(true);
      case "array" ->
          depth > DEEPEST
              ? nodes.arrayNode()
              : nodes.arrayNode().add(example(schema.path("items"), document, depth + 1));
      default -> {
        ObjectNode object = nodes.objectNode();
        if (depth <= DEEPEST) {
          schema
              .path("properties")
              .properties()
              .forEach(
                  one -> object.set(one.getKey(), example(one.getValue(), document, depth + 1)));
        }
        yield object;
      }
    };
  }

  private static String text(String format) {
    return switch (format) {
      case "date" -> "2025-01-05";
      case "date-time" -> "2025-01-05T08:10:00Z";
      case "uuid" -> "7d1f4a52-0000-4000-8000-000000000001";
      default -> "2025-01";
    };
  }

  /// Small Bundles that hold the patient and some entries of a large one each, and the large one.
  static List<byte[]> pieces(byte[] bundle, int entries) throws IOException {
    var whole = (ObjectNode) JSON.readTree(bundle);
    var all = whole.path("entry");
    var pieces = new ArrayList<byte[]>();
    for (int from = 1; from < all.size(); from += entries) {
      var piece = whole.deepCopy();
      var some = piece.putArray("entry").add(all.get(0));
      for (int i = from; i < Math.min(all.size(), from + entries); i++) {
        some.add(all.get(i));
      }
      pieces.add(JSON.writeValueAsBytes(piece));
    }
    return pieces;
  }

  Map<String, String> headers() {
    if (!method.equals("PUT") || path.contains("/facts/")) {
      return Map.of();
    }
    return path.endsWith("/settings") ? Map.of("If-None-Match", "*") : Map.of("If-Match", "\"1\"");
  }
}
