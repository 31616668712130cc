package org.trabecula.protocol;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The protocol templates as files: shape, names, and that what is published stays.
class DataFilesTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path PINS = Path.of("src/test/resources/published-protocols.sha256");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema PROTOCOL = schema("protocol");

  static List<Path> protocols() throws IOException {
    return files("protocols");
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void aProtocolFileHasTheShapeOfItsSchemaAndTheNameOfItsVersion(Path file) throws IOException {
    JsonNode protocol = JSON.readTree(file.toFile());

    assertThat(PROTOCOL.validate(protocol)).isEmpty();
    assertThat(file.getFileName())
        .hasToString(
            protocol.path("code").asText() + ".v" + protocol.path("version").asInt() + ".json");
  }

  @Test
  void aPublishedProtocolNeverChanges() throws IOException {
    Map<String, String> present =
        protocols().stream().collect(toMap(file -> file.getFileName().toString(), this::sha256));
    Map<String, String> published =
        Files.readAllLines(PINS).stream()
            .map(line -> line.split(" +"))
            .collect(toMap(columns -> columns[1], columns -> columns[0]));

    assertThat(present)
        .as("a change is a new version in a new file, pinned in %s", PINS)
        .isEqualTo(published);
  }

  private String sha256(Path file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
      return files.sorted().toList();
    }
  }

  private static Schema schema(String name) {
    try {
      return SCHEMAS.getSchema(
          Files.readString(RESOURCES.resolve("schemas/" + name + ".schema.json")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
