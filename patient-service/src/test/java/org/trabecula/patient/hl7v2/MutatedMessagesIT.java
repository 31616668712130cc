package org.trabecula.patient.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trabecula.localstack.TestStack;
import org.trabecula.localstack.TestStackResource;
import org.trabecula.patient.Clinic;

/// Whatever is done to a message: an acknowledgment, never a fault of ours, and nothing in part.
@QuarkusTest
@QuarkusTestResource(
    value = TestStackResource.class,
    initArgs = @ResourceArg(name = "database", value = "patient"))
class MutatedMessagesIT {
  private static final int MUTATIONS = 60;
  private static final String[] SNIPPETS = {
    "|",
    "^",
    "~",
    "\\",
    "&",
    "\r",
    "\n",
    "\u0000",
    "\u000b",
    "\u001c",
    "\"\"",
    "<",
    "^^^^",
    "||||||||",
    "\\X00\\",
    "\\X0D\\",
    "\\F\\",
    "\\.br\\",
    "\\Z",
    "-1",
    "1e400",
    "9".repeat(400),
    "~".repeat(300),
    "&".repeat(300),
    "ä",
    "\ufffe",
    "20261399",
    "19000101",
    "NaN",
    "'; drop table patient; --",
    "OBX|",
    "MSH|^~\\&|"
  };

  TestStack stack;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void getAnAcknowledgmentAndLeaveNothingInPart(long seed) {
    var random = new Random(seed);
    Clinic clinic = Clinic.of(stack);
    clinic.patient(Oru.PATIENT);
    var door = new Hl7Door(clinic);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] message = Oru.corpus(Oru.CORPUS.get(random.nextInt(Oru.CORPUS.size())));
      for (int j = random.nextInt(1, 4); j > 0; j--) {
        message = mutated(message, random);
      }
      String as = "seed %d, message %d".formatted(seed, i);
      int before = clinic.rows("measurement") + clinic.rows("measurement_superseded");
      Ack ack = door.send("application/hl7-v2", message);
      assertThat(ack.status()).as(as).isIn(200, 400, 404, 409, 413, 415, 422);
      assertThat(ack.code()).as(as).isEqualTo(code(ack.status()));
      if (ack.status() != 200) {
        assertThat(ack.errors()).as(as).isNotEmpty();
        assertThat(clinic.rows("measurement") + clinic.rows("measurement_superseded"))
            .as(as)
            .isEqualTo(before);
      }
    }
  }

  private static String code(int status) {
    return switch (status) {
      case 200 -> "AA";
      case 404, 409, 422 -> "AE";
      default -> "AR";
    };
  }

  private static byte[] mutated(byte[] message, RandomGenerator random) {
    if (message.length < 2) {
      return message;
    }
    int at = random.nextInt(message.length);
    int to = Math.min(message.length, at + random.nextInt(1, 40));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(message, at);
      case 1 -> spliced(message, at, to, new byte[0]);
      case 2 -> spliced(message, at, at, Oru.bytes(SNIPPETS[random.nextInt(SNIPPETS.length)]));
      case 3 -> spliced(message, at, to, Oru.bytes(SNIPPETS[random.nextInt(SNIPPETS.length)]));
      case 4 -> spliced(message, at, at, Arrays.copyOfRange(message, at, to));
      default -> spliced(message, at, at + 1, new byte[] {(byte) random.nextInt(256)});
    };
  }

  private static byte[] spliced(byte[] message, int from, int to, byte[] with) {
    byte[] spliced = new byte[from + with.length + message.length - to];
    System.arraycopy(message, 0, spliced, 0, from);
    System.arraycopy(with, 0, spliced, from, with.length);
    System.arraycopy(message, to, spliced, from + with.length, message.length - to);
    return spliced;
  }
}
