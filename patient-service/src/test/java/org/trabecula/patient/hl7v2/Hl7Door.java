package org.trabecula.patient.hl7v2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.trabecula.patient.Clinic;

/// A laboratory's side of the door: bytes in, an acknowledgment out.
record Hl7Door(Clinic clinic) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Ack send(String message) {
    return send("application/hl7-v2", Oru.bytes(message));
  }

  Ack send(String contentType, byte[] body) {
    return send("integration", contentType, body);
  }

  Ack send(String role, String contentType, byte[] body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/hl7v2"))
            .header("Authorization", "Bearer " + clinic.stack().token(role, clinic.name()))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString(UTF_8));
      return Ack.of(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new AssertionError("No answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("No answer", e);
    }
  }
}
