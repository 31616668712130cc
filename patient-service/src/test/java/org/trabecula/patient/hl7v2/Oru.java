package org.trabecula.patient.hl7v2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Messages: those of the corpus, and small ones of our own.
final class Oru {
  static final List<String> CORPUS =
      List.of(
          "v251-markers",
          "v25-several-orders",
          "v24-statuses",
          "v231-local-codes",
          "v23-plain",
          "separators");

  static final String MSH =
      "MSH|^~\\&|LIS|NORTHLAB|EHR|CLINIC|20260105120000+0100||ORU^R01^ORU_R01|C1|P|2.5.1";
  static final String PID = "PID|1||M1^^^CLINIC&2.16.840.1.113883.19.5&ISO^MR||||19700305|F";
  static final String OBR = "OBR|1||F1|BTM|||20260105081000";

  /// A patient of the clinic who has the number that the messages name.
  static final String PATIENT =
      """
      {"identifiers": [{"system": "urn:oid:2.16.840.1.113883.19.5", "value": "M1"}],
       "sexForClinicalUse": "FEMALE", "birth": "1970-03"}""";

  private Oru() {}

  static byte[] corpus(String name) {
    try (InputStream message = Oru.class.getResourceAsStream("/hl7v2/" + name + ".hl7")) {
      return message.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(String... segments) {
    return String.join("\r", segments) + "\r";
  }

  static byte[] bytes(String message) {
    return message.getBytes(UTF_8);
  }

  /// A CTX result in an order.
  static String ctx(String controlId, String value, String status) {
    return of(MSH.replace("|C1|", "|" + controlId + "|"), PID, OBR, obx("NM", value, status));
  }

  static String obx(String type, String value, String status) {
    return "OBX|1|%s|41171-0^CTX^LN||%s|ng/L|||||%s".formatted(type, value, status);
  }
}
