package org.trabecula.patient.hl7v2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trabecula.patient.hl7v2.Hl7Problem.Verdict;

class Er7Test {
  private static final String NAMED = "MSH|^~\\&|L|F|||||ORU^R01|1|P|2.5||||||%s\rPID|1||Müller\r";

  @Test
  void readsAnyLineEndAndAnMllpFrame() {
    String message = Oru.of(Oru.MSH, Oru.PID);
    Er7 plain = Er7.of(Oru.bytes(message), null);
    assertThat(plain.segments()).containsExactly(Oru.MSH, Oru.PID);
    assertThat(Er7.of(Oru.bytes(message.replace("\r", "\n")), null)).isEqualTo(plain);
    assertThat(Er7.of(Oru.bytes(message.replace("\r", "\r\n")), null)).isEqualTo(plain);
    assertThat(Er7.of(Oru.bytes("\u000b" + message + "\u001c\r"), null)).isEqualTo(plain);
    assertThat(Er7.of(Oru.bytes("\ufeff" + message), null)).isEqualTo(plain);
    assertThat(Er7.of(plain.text())).isEqualTo(plain);
  }

  @Test
  void readsTheCharacterSetThatIsNamed() {
    assertThat(text(NAMED.formatted("8859/1").getBytes(ISO_8859_1), null)).contains("Müller");
    assertThat(text(NAMED.formatted("UNICODE UTF-8").getBytes(UTF_8), null)).contains("Müller");
    assertThat(text(NAMED.formatted("").getBytes(UTF_8), null)).contains("Müller");
    assertThat(text(NAMED.formatted("").getBytes(ISO_8859_1), "iso-8859-1")).contains("Müller");
    assertThat(text(NAMED.formatted("8859/1~ISO IR87").getBytes(ISO_8859_1), null))
        .contains("Müller");
  }

  @Test
  void replacesNoByteByAGuess() {
    assertThat(problem(NAMED.formatted("").getBytes(ISO_8859_1), null))
        .contains("Byte", "UTF-8", "Neither");
    assertThat(problem(NAMED.formatted("ASCII").getBytes(UTF_8), null))
        .contains("US-ASCII", "MSH-18");
    assertThat(problem(NAMED.formatted("8859/1").getBytes(UTF_8), "utf-8")).contains("differs");
    assertThat(problem(NAMED.formatted("8859/15").getBytes(UTF_8), null)).contains("'8859/15'");
    assertThat(problem(NAMED.formatted("").getBytes(UTF_8), "windows-1252"))
        .contains("'windows-1252'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "'' -> is empty",
        "hello -> does not begin with an MSH",
        "MSH -> does not begin with an MSH",
        "FHS|^~\\&|A -> Batches",
        "BHS|^~\\&|A -> Batches",
        "<?xml version=\"1.0\"?><ORU_R01/> -> not XML",
        "MSH|^~|L|F -> five separators",
        "MSH|^^\\&|L|F -> five separators",
        "MSH|AB\\&|L|F -> five separators",
      })
  void rejectsWhatIsNoMessage(String body, String reason) {
    assertThat(problem(Oru.bytes(body), null)).contains(reason);
  }

  @Test
  void rejectsControlCharactersAndHalfAFrame() {
    assertThat(problem(Oru.bytes(Oru.MSH + "\u0000"), null)).contains("control character 00");
    assertThat(problem(Oru.bytes("\u000b" + Oru.MSH), null)).contains("begun and not ended");
    assertThat(problem(Oru.bytes(("\u000b" + Oru.MSH + "\u001c\r").repeat(2)), null))
        .contains("one message");
  }

  @Test
  void rejectsAHeaderThatIsCutShort() {
    for (int end = 0; end < Oru.MSH.indexOf("|LIS"); end++) {
      assertThat(problem(Oru.bytes(Oru.MSH.substring(0, end) + "\rPID|1||M1\r"), null))
          .isNotEmpty();
    }
  }

  @Test
  void boundsWhatItReads() {
    assertThat(problem(Oru.bytes(Oru.MSH + "\rNTE|1".repeat(10_001)), null)).contains("segments");
    assertThat(problem(Oru.bytes(Oru.MSH + "\rOBX|1|ST|x||" + "~".repeat(6_000)), null))
        .contains("Segment 2", "5000");
  }

  @Test
  void knowsASendingAgainByAllButTheHeader() {
    Er7 first = Er7.of(Oru.ctx("C1", "412", "F"));
    assertThat(Er7.of(Oru.ctx("C2", "412", "F")).fingerprint(null))
        .isEqualTo(first.fingerprint(null));
    assertThat(Er7.of(Oru.ctx("C1", "413", "F")).fingerprint(null))
        .isNotEqualTo(first.fingerprint(null));
  }

  private static String text(byte[] body, @Nullable String charset) {
    return Er7.of(body, charset).text();
  }

  private static String problem(byte[] body, @Nullable String charset) {
    Hl7Problem problem = catchThrowableOfType(Hl7Problem.class, () -> Er7.of(body, charset));
    assertThat(problem.verdict()).isEqualTo(Verdict.AR);
    assertThat(problem.status()).isBetween(400, 415);
    return problem.remarks().getFirst().text();
  }
}
