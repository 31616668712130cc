package org.trabecula.patient;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.trabecula.localstack.TestStack;

/// A clinic of its own for each test.
public record Clinic(TestStack stack, String name) {
  public static Clinic of(TestStack stack) {
    RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    return new Clinic(stack, "clinic-" + UUID.randomUUID());
  }

  public RequestSpecification clinician() {
    return as("clinician");
  }

  public RequestSpecification as(String role) {
    return given().auth().oauth2(stack.token(role, name));
  }

  public RequestSpecification json(String body) {
    return clinician().contentType(ContentType.JSON).body(body);
  }

  /// A patient registered with this body, or with nothing known.
  public String patient(String body) {
    return json(body).post("/v1/patients").then().statusCode(201).extract().path("id");
  }

  public String patient() {
    return patient("{}");
  }

  public RequestSpecification fhir(String bundle) {
    return clinician().contentType("application/fhir+json").body(bundle);
  }

  public int rows(String table) {
    return count("select count(*) from " + table + " where clinic = ?");
  }

  /// Nothing is stored for this clinic, and nothing waits to be published.
  public int stored() {
    return rows("patient") + rows("patient_identifier") + rows("measurement") + rows("outbox");
  }

  private int count(String sql) {
    var config = ConfigProvider.getConfig();
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
