package org.trabecula.patient.hl7v2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;

/// A message in ER7, the encoding with bars, as text that is cut into its segments and no further.
///
/// Everything that could make reading it costly is bounded here, before a parser sees it: one
/// repetition sign is one byte to a sender and some kilobytes of objects to a parser.
///
/// @param segments without their terminators; the first is MSH
record Er7(List<String> segments) {
  private static final int MOST_SEGMENTS = 10_000;

  /// Fields, repetitions, components and subcomponents of one segment together.
  private static final int MOST_PARTS = 5_000;

  /// Its name and its separators.
  private static final int SHORTEST_HEADER = 8;

  private static final byte VERTICAL_TAB = 0x0B;
  private static final byte FILE_SEPARATOR = 0x1C;
  private static final Pattern TERMINATOR = Pattern.compile("\\r\\n|\\r|\\n");

  Er7 {
    segments = List.copyOf(segments);
  }

  /// @param charset of the Content-Type; null when it names none
  /// @throws Hl7Problem when it is no message
  static Er7 of(byte[] body, @Nullable String charset) {
    byte[] bytes = withoutFrame(body);
    requireHeader(bytes);
    return of(decode(bytes, charset));
  }

  static Er7 of(String text) {
    requirePrintable(text);
    List<String> segments =
        TERMINATOR.splitAsStream(text).filter(segment -> !segment.isBlank()).toList();
    if (segments.size() > MOST_SEGMENTS) {
      throw Hl7Problem.rejected(
          413,
          Location.MESSAGE,
          Condition.REFUSED,
          "A message has at most " + MOST_SEGMENTS + " segments.");
    }
    String delimiters = delimiters(segments.getFirst());
    for (int i = 0; i < segments.size(); i++) {
      requireFewParts(segments.get(i), i + 1, delimiters);
    }
    return new Er7(segments);
  }

  /// As it can be kept and read again.
  String text() {
    return String.join("\r", segments) + "\r";
  }

  /// What two sendings of one message have in common: all but the header, in which an engine that
  /// sends again may stamp a new time.
  ///
  /// @param offset of the header's time, which tells what the other times mean
  String fingerprint(@Nullable ZoneOffset offset) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.valueOf(offset).getBytes(UTF_8));
      for (String segment : segments.subList(1, segments.size())) {
        digest.update((byte) '\r');
        digest.update(segment.getBytes(UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /// The frame of MLLP has no meaning over HTTP; bridges leave it on, and it does no harm.
  private static byte[] withoutFrame(byte[] body) {
    int from = 0;
    int to = body.length;
    if (to > 2
        && body[0] == (byte) 0xEF
        && body[1] == (byte) 0xBB
        && body[2] == (byte) 0xBF) { // a byte order mark
      from = 3;
    }
    if (from < to && body[from] == VERTICAL_TAB) {
      from++;
      while (to > from && (body[to - 1] == '\r' || body[to - 1] == '\n')) {
        to--;
      }
      if (to == from || body[to - 1] != FILE_SEPARATOR) {
        throw Hl7Problem.rejected(
            Location.MESSAGE,
            Condition.REFUSED,
            "The MLLP frame is begun and not ended: the message may be cut short.");
      }
      to--;
    }
    return Arrays.copyOfRange(body, from, to);
  }

  private static void requireHeader(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, 3), ISO_8859_1);
    if (head.equals("MSH") && lineEnd(bytes) >= SHORTEST_HEADER) {
      return;
    }
    String reason =
        switch (head) {
          case "FHS", "BHS" ->
              "Batches (FHS, BHS) are not read: send each message by itself, so that each has its acknowledgment.";
          case "<?x", "<OR" -> "Only ER7, the encoding with bars, is read, not XML.";
          case "" -> "The body is empty.";
          default -> "The body is no HL7 v2 message: it does not begin with an MSH segment.";
        };
    throw Hl7Problem.rejected(Location.MESSAGE, Condition.SEQUENCE, reason);
  }

  /// A byte that is none of the stated character set is never replaced by a guess.
  private static String decode(byte[] bytes, @Nullable String contentType) {
    Charset http = contentType == null ? null : named("Content-Type", contentType, 0);
    String stated = characterSet(bytes);
    Charset own = stated.isEmpty() ? null : named("MSH-18", stated, 18);
    if (http == null && own == null) {
      return decode(bytes, UTF_8, "Neither Content-Type nor MSH-18 names a character set");
    }
    String text = http == null ? null : decode(bytes, http, "Content-Type names " + http);
    if (own == null || own.equals(http)) {
      return text == null ? "" : text;
    }
    String again = decode(bytes, own, "MSH-18 names " + own);
    if (text != null && !text.equals(again)) {
      throw Hl7Problem.rejected(
          Location.of("MSH", 1, 18),
          Condition.TABLE_VALUE,
          "Content-Type names the character set %s and MSH-18 %s, and the message differs between them."
              .formatted(http, own));
    }
    return again;
  }

  private static String decode(byte[] bytes, Charset charset, String because) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(buffer)
          .toString();
    } catch (CharacterCodingException e) {
      throw Hl7Problem.rejected(
          Location.of("MSH", 1, 18),
          Condition.DATA_TYPE,
          "Byte %d is no %s. %s.".formatted(buffer.position() + 1, charset, because));
    }
  }

  /// MSH-18, the first of it: the others are for escapes that are not read here.
  private static String characterSet(byte[] bytes) {
    String header = new String(bytes, 0, lineEnd(bytes), ISO_8859_1);
    String[] fields = header.split(Pattern.quote(header.substring(3, 4)), 20);
    if (fields.length < 18 || fields[1].length() < 2) {
      return "";
    }
    return fields[17].split(Pattern.quote(fields[1].substring(1, 2)), 2)[0].strip();
  }

  private static int lineEnd(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\r' && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static Charset named(String where, String name, int field) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UTF-8", "UTF8", "UNICODE UTF-8" -> UTF_8;
      case "ISO-8859-1", "ISO8859-1", "8859/1" -> ISO_8859_1;
      case "ASCII", "US-ASCII" -> US_ASCII;
      default ->
          throw Hl7Problem.rejected(
              415,
              Location.of("MSH", 1, field),
              Condition.TABLE_VALUE,
              "%s names the character set '%s'; read are UTF-8 (UNICODE UTF-8), ISO-8859-1 (8859/1) and ASCII."
                  .formatted(where, name.length() > 40 ? name.substring(0, 40) : name));
    };
  }

  private static void requirePrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\r' && c != '\n' && c != '\t') {
        throw Hl7Problem.rejected(
            Location.MESSAGE,
            Condition.DATA_TYPE,
            "Character %d is the control character %02X%s."
                .formatted(
                    i + 1,
                    (int) c,
                    c == FILE_SEPARATOR || c == VERTICAL_TAB
                        ? ", as in an MLLP frame: a request holds one message"
                        : ""));
      }
    }
  }

  private static String delimiters(String header) {
    int end = header.indexOf(header.charAt(3), 4);
    String encoding = end < 0 ? header.substring(4) : header.substring(4, end);
    if (encoding.length() < 4
        || encoding.length() > 5
        || !areDistinct(header.charAt(3) + encoding)) {
      throw Hl7Problem.rejected(
          Location.of("MSH", 1, 2),
          Condition.DATA_TYPE,
          "MSH-1 and MSH-2 are the five separators, all different and neither letters nor digits, such as |^~\\&.");
    }
    return header.charAt(3) + encoding;
  }

  private static boolean areDistinct(String separators) {
    return separators.chars().distinct().count() == separators.length()
        && separators.chars().allMatch(c -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c));
  }

  private static void requireFewParts(String segment, int position, String delimiters) {
    long parts =
        segment
            .chars()
            .filter(c -> delimiters.indexOf(c) >= 0 && c != delimiters.charAt(3))
            .limit(MOST_PARTS + 1L)
            .count();
    if (parts > MOST_PARTS) {
      throw Hl7Problem.rejected(
          413,
          Location.MESSAGE,
          Condition.REFUSED,
          "Segment %d of the message has more than %d fields, repetitions and components."
              .formatted(position, MOST_PARTS));
    }
  }
}
