package org.trabecula.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.trabecula.bench.ingest.Wire.Request;

/// What the clients send: the patients and results that a clinic has, in FHIR R4.
final class Requests {
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /// A bone clinic's follow-up. Values vary by up to a tenth.
  private static final List<Lab> LABS =
      List.of(
          new Lab("41171-0", 400, "ng/L"),
          new Lab("77370-5", 50, "ug/L"),
          new Lab("62292-8", 75, "nmol/L"),
          new Lab("17861-6", 2.4, "mmol/L"),
          new Lab("2160-0", 70, "umol/L"));

  private static final int RESULTS_OF_EACH = 10;
  private static final Instant LONG_AGO = Instant.parse("2020-01-06T08:00:00Z");

  /// Half a million results come before the year 2026 does.
  private static final Duration BETWEEN_RESULTS = Duration.ofSeconds(360);

  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger results = new AtomicInteger();

  private record Lab(String loinc, double value, String unit) {}

  /// A new patient without results.
  Request patient() {
    return transaction(List.of(patientEntry(number.incrementAndGet())));
  }

  /// A new patient with fifty results.
  Request patientWithResults() {
    int patient = number.incrementAndGet();
    var entries = new ArrayList<String>();
    entries.add(patientEntry(patient));
    for (Lab lab : LABS) {
      for (int i = 0; i < RESULTS_OF_EACH; i++) {
        entries.add(
            """
            {"resource": %s, "request": {"method": "POST", "url": "Observation"}}"""
                .formatted(observation("urn:uuid:" + name(patient), lab, semester(i))));
      }
    }
    return transaction(entries);
  }

  /// The next result of one of the patients; results come in the order in which they were measured.
  Request observation(List<String> patients) {
    var random = ThreadLocalRandom.current();
    String patient = patients.get(random.nextInt(patients.size()));
    Instant at = LONG_AGO.plus(BETWEEN_RESULTS.multipliedBy(results.getAndIncrement()));
    return Request.post(
        "/fhir/Observation",
        observation("Patient/" + patient, LABS.get(random.nextInt(LABS.size())), at));
  }

  /// The CTX results of one of the patients.
  Request search(List<String> patients) {
    String patient = patients.get(ThreadLocalRandom.current().nextInt(patients.size()));
    return Request.get(
        "/fhir/Observation?patient=%s&code=http://loinc.org%%7C41171-0".formatted(patient));
  }

  /// A real Bundle of the public corpus, unpacked.
  static String corpus(Path root, String name) throws IOException {
    var file = root.resolve("patient-service/src/test/resources/fhir-r4/" + name + ".json.gz");
    try (var unpacked = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(unpacked.readAllBytes(), UTF_8);
    }
  }

  /// The same Bundle of another patient: every identifier in it is a new one.
  static Request renamed(String bundle) {
    Map<String, String> names = new HashMap<>();
    return Request.post(
        "/fhir",
        UUIDS
            .matcher(bundle)
            .replaceAll(
                known ->
                    names.computeIfAbsent(known.group(), old -> UUID.randomUUID().toString())));
  }

  private static Request transaction(List<String> entries) {
    return Request.post(
        "/fhir",
        """
        {"resourceType": "Bundle", "type": "transaction", "entry": [%s]}"""
            .formatted(String.join(",", entries)));
  }

  private static String patientEntry(int number) {
    return """
    {"fullUrl": "urn:uuid:%s",
     "resource": {"resourceType": "Patient", "birthDate": "1958-04-11", "gender": "female",
       "identifier": [{"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
                       "system": "urn:trabecula:bench:mrn", "value": "%d"}],
       "name": [{"family": "Bench", "given": ["Patient"]}]},
     "request": {"method": "POST", "url": "Patient"}}"""
        .formatted(name(number), number);
  }

  private static UUID name(int number) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L + number);
  }

  private static Instant semester(int number) {
    return LONG_AGO.plus(182L * number, ChronoUnit.DAYS);
  }

  private static String observation(String subject, Lab lab, Instant at) {
    var random = ThreadLocalRandom.current();
    return """
    {"resourceType": "Observation", "status": "final",
     "identifier": [{"system": "urn:trabecula:bench", "value": "%s"}],
     "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
     "code": {"coding": [{"system": "http://loinc.org", "code": "%s"}]},
     "subject": {"reference": "%s"}, "effectiveDateTime": "%s",
     "valueQuantity": {"value": %.4f, "unit": "%s", "system": "http://unitsofmeasure.org", "code": "%s"}}"""
        .formatted(
            new UUID(random.nextLong(), random.nextLong()),
            lab.loinc(),
            subject,
            at,
            lab.value() * random.nextDouble(0.9, 1.1),
            lab.unit(),
            lab.unit());
  }
}
