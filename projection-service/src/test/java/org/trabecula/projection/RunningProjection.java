package org.trabecula.projection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.trabecula.contracts.EventType;
import org.trabecula.localstack.TestStack;

/// The service on a real database and broker, and one patient of its own for each test.
abstract class RunningProjection {
  static final Duration SOON = Duration.ofSeconds(30);

  TestStack stack;
  @Inject DataSource database;
  Wire wire;
  final TestPatient patient = TestPatient.random();
  final UUID ctx = UUID.randomUUID();
  final UUID regimen = UUID.randomUUID();

  @BeforeEach
  void connect() {
    wire = new Wire(stack.bootstrapServers());
  }

  @AfterEach
  void disconnect() {
    wire.close();
  }

  Response get(TestPatient of, String path) {
    return given()
        .auth()
        .oauth2(stack.token("viewer", "alder"))
        .get("/v1/patients/" + of.id() + path);
  }

  /// The current forecast, once it has this many inputs.
  JsonNode forecastOf(int inputs) {
    return forecastOf(patient, inputs);
  }

  JsonNode forecastOf(TestPatient of, int inputs) {
    return await()
        .atMost(SOON)
        .until(() -> current(of), forecast -> forecast.path("inputs").size() == inputs);
  }

  JsonNode forecastOf(String input) {
    return await()
        .atMost(SOON)
        .until(() -> current(patient), forecast -> inputs(forecast).contains(input));
  }

  JsonNode current(TestPatient of) throws IOException {
    return Wire.JSON.readTree(get(of, "/forecast").asString());
  }

  static List<String> inputs(JsonNode forecast) {
    return StreamSupport.stream(forecast.path("inputs").spliterator(), false)
        .map(
            input ->
                input.path("kind").asText()
                    + " "
                    + input.path("id").asText()
                    + " "
                    + input.path("version").asInt())
        .toList();
  }

  static JsonNode series(JsonNode forecast, String quantity, String site) {
    return StreamSupport.stream(forecast.path("series").spliterator(), false)
        .filter(series -> series.path("quantity").asText().equals(quantity))
        .filter(series -> series.path("site").asText().equals(site))
        .findFirst()
        .orElseThrow();
  }

  static void assertValid(EventType type, JsonNode body) throws IOException {
    try (var schema = EventType.class.getResourceAsStream(type.schemaResource())) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(Wire.JSON.readTree(schema))
                  .validate(body))
          .isEmpty();
    }
  }

  void insertDossier(String profile, String due) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into dossier (clinic, patient_id, profile, forecast_due) values ('alder', ?, ?::jsonb, "
                    + due
                    + ")")) {
      insert.setObject(1, patient.id());
      insert.setString(2, profile);
      insert.executeUpdate();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String condition) {
    return rows("select count(*) from dossier where patient_id = ? and " + condition);
  }

  long rows(String query) {
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(query)) {
      statement.setObject(1, patient.id());
      var answer = statement.executeQuery();
      answer.next();
      return answer.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
