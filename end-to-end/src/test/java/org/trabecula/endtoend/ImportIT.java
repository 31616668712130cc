package org.trabecula.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trabecula.endtoend.SharedStack.ROOT;
import static org.trabecula.endtoend.SharedStack.STACK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./trabecula import`, killed in the middle and called again.
class ImportIT {
  private static final int PATIENTS = 40;
  private static final String BUNDLE =
      """
      {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": "urn:uuid:p%1$d", "resource": {"resourceType": "Patient", "id": "p%1$d", "birthDate": "1970-03-05"},
         "request": {"method": "POST", "url": "Patient"}},
        {"resource": {"resourceType": "Observation", "id": "o%1$d", "status": "final",
          "code": {"coding": [{"system": "http://loinc.org", "code": "41171-0"}]}, "subject": {"reference": "urn:uuid:p%1$d"},
          "effectiveDateTime": "2026-01-05T08:10:00+01:00",
          "valueQuantity": {"value": 412, "system": "http://unitsofmeasure.org", "code": "ng/L"}},
         "request": {"method": "POST", "url": "Observation"}}]}""";

  @TempDir Path home;
  private final Clinic clinic = new Clinic();
  private Path folder;

  @BeforeEach
  void fill() throws IOException {
    folder = Files.createDirectory(home.resolve("bundles"));
    for (int i = 0; i < PATIENTS; i++) {
      Files.writeString(folder.resolve(i + ".json"), BUNDLE.formatted(i));
    }
    Files.writeString(folder.resolve("broken.json"), BUNDLE.formatted(0).replace("ng/L", "drops"));
    Files.writeString(home.resolve("token"), STACK.token("integration", clinic.name()));
  }

  @Test
  void goesOnAfterAKillAndStoresEveryPatientOnce() throws Exception {
    var first = start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> linesOfTheJournal() >= 3);
    first.destroyForcibly().waitFor();

    assertThat(start().waitFor()).as(output()).isEqualTo(2);
    assertThat(output()).contains("41/41 files, 1 rejected");
    assertThat(Files.readAllLines(home.resolve("rejects.ndjson")))
        .singleElement()
        .asString()
        .contains("broken.json", "\"status\":400", "Bundle.entry[1].resource.value.code");
    assertThat(patients()).hasSize(PATIENTS).doesNotHaveDuplicates();

    assertThat(start().waitFor()).isEqualTo(2);
    assertThat(output()).containsPattern("Patient +40  known before");
    assertThat(patients()).hasSize(PATIENTS);
  }

  private Process start() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var built = ROOT.resolve("local-stack/target");
    var command =
        new ArrayList<>(
            List.of(
                java,
                "-cp",
                built.resolve("classes") + ":" + built.resolve("lib") + "/*",
                "org.trabecula.localstack.Import",
                ROOT.toString(),
                folder.toString()));
    command.addAll(List.of("--url", STACK.service("patient-service").toString()));
    command.addAll(List.of("--token-file", home.resolve("token").toString(), "--parallel", "1"));
    command.addAll(List.of("--rejects", home.resolve("rejects.ndjson").toString()));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile());
    builder.environment().put("TRABECULA_DATA", home.resolve("data").toString());
    return builder.start();
  }

  private String output() throws IOException {
    return Files.readString(home.resolve("output"), UTF_8);
  }

  private long linesOfTheJournal() throws IOException {
    var journals = home.resolve("data/import");
    if (!Files.isDirectory(journals)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(journals)) {
      var journal = files.filter(file -> file.toString().endsWith(".journal")).findFirst();
      return journal.isEmpty() ? 0 : Files.readAllLines(journal.get()).size();
    }
  }

  private List<String> patients() {
    return clinic
        .as("viewer", "patient-service")
        .get("/v1/patients?limit=200")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.id", String.class);
  }
}
