package org.trabecula.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// One synthetic patient of the demo clinic, with every date worked out; see `demo/README.md`.
///
/// @param code the file's number and story, such as `04-early-menopause-untreated`
/// @param profile body of `POST /v1/patients`
/// @param facts bodies of `PUT /v1/patients/{id}/facts/{code}`, by code
/// @param events bodies of `POST /v1/patients/{id}/facts/{code}/occurrences`, by code
/// @param medications bodies of `POST /v1/patients/{id}/medications`
/// @param measurements bodies of `POST /v1/patients/{id}/measurements`
/// @param regimens bodies of `POST /v1/patients/{id}/regimens`, oldest first
record DemoPatient(
    String code,
    JsonNode profile,
    Map<String, JsonNode> facts,
    Map<String, JsonNode> events,
    List<JsonNode> medications,
    List<JsonNode> measurements,
    List<JsonNode> regimens) {
  private static final String FOLDER = "/demo/patients";
  private static final LocalTime MORNING = LocalTime.of(8, 0);
  private static final String SYSTEM = "urn:trabecula:demo-clinic";

  /// The whole clinic as of a day, in the files' order.
  static List<DemoPatient> all(LocalDate day) throws IOException {
    var resource = DemoPatient.class.getResource(FOLDER);
    if (resource == null) {
      throw new StackFailure("The demo clinic is not in this build; run mvn package.");
    }
    try {
      var uri = resource.toURI();
      if (uri.getScheme().equals("file")) {
        return read(Path.of(uri), day);
      }
      try (var jar = FileSystems.newFileSystem(jarOf(uri), Map.of())) {
        return read(jar.getPath(FOLDER), day);
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The patient of `./trabecula demo`: new with every run, and so are her results.
  ///
  /// @param run tells the runs apart
  static DemoPatient ofTheStory(LocalDate day, String run) throws IOException {
    try (var story = DemoPatient.class.getResourceAsStream("/demo/story.json")) {
      if (story == null) {
        throw new StackFailure("The demo's story is not in this build; run mvn package.");
      }
      var patient = parse("story-" + run, ClinicApi.JSON.readTree(story), day);
      ((ObjectNode) patient.profile().required("identifiers").required(0)).put("value", run);
      return patient;
    }
  }

  private static URI jarOf(URI uri) {
    return URI.create(uri.toString().substring(0, uri.toString().indexOf('!')));
  }

  private static List<DemoPatient> read(Path folder, LocalDate day) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().map(file -> parse(file, day)).toList();
    }
  }

  private static DemoPatient parse(Path file, LocalDate day) {
    try {
      var code = file.getFileName().toString().replace(".json", "");
      return parse(code, ClinicApi.JSON.readTree(Files.readString(file)), day);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DemoPatient parse(String code, JsonNode patient, LocalDate day) {
    nameSources(code, patient.required("measurements"));
    setDates(patient, day);
    return new DemoPatient(
        code,
        patient.required("profile"),
        byCode(patient.path("facts")),
        byCode(patient.path("events")),
        list(patient.path("medications")),
        list(patient.required("measurements")),
        list(patient.required("regimens")));
  }

  /// What the demo's laboratory calls a result: the same on every load, and never its value.
  private static void nameSources(String code, JsonNode measurements) {
    for (JsonNode measurement : measurements) {
      var id =
          "%s/%s/%s"
              .formatted(
                  code,
                  measurement.required("effectiveAt").asText(),
                  measurement.required("analyte").asText());
      ((ObjectNode) measurement).putObject("source").put("system", SYSTEM).put("id", id);
    }
  }

  static String sourceId(JsonNode measurement) {
    return measurement.required("source").required("id").asText();
  }

  /// Turns every period before the day of loading into the date, month or instant it stands for.
  private static void setDates(JsonNode node, LocalDate day) {
    if (node instanceof ObjectNode object) {
      for (String field : List.copyOf(fieldNames(object))) {
        switch (field) {
          case "birth", "finalPeriod", "since" ->
              object.put(field, YearMonth.from(before(day, object, field)).toString());
          case "start", "stop", "stoppedOn" ->
              object.put(field, before(day, object, field).toString());
          case "effectiveAt" ->
              object.put(
                  field,
                  before(day, object, field).atTime(MORNING).toInstant(ZoneOffset.UTC).toString());
          default -> setDates(object.required(field), day);
        }
      }
    } else {
      node.forEach(child -> setDates(child, day));
    }
  }

  private static List<String> fieldNames(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static LocalDate before(LocalDate day, ObjectNode object, String field) {
    return day.minus(Period.parse(object.required(field).asText()));
  }

  private static Map<String, JsonNode> byCode(JsonNode object) {
    return object.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
