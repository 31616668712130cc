package org.trabecula.localstack.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Damages right input. The same random numbers do the same damage.
final class Damage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONG_BODY = (50 << 20) - 4096;

  /// Where a text that JSON's writer would not write goes in.
  private static final String MARK = "@@here@@";

  /// JSON that is not what stands there: other types, impossible numbers, texts that break things.
  private static final List<String> STRANGE =
      List.of(
          "1e999",
          "-1e999",
          "1e-999",
          "9".repeat(400),
          "0." + "0".repeat(400) + "1",
          "1" + "0".repeat(40),
          "-0",
          "2147483648",
          "9223372036854775808",
          "NaN",
          "Infinity",
          "0x10",
          "01",
          "1.",
          "null",
          "true",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "{\"\": null}",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u202e\\u200b\\ufeff\"",
          "\"\\uffff\"",
          "\"\uD83D\uDE00\u0301\u0301\u0301\"",
          "\"\u0130\u0131\u00df\ufb03\"",
          "\"'; drop table patient; --\"",
          "\"${jndi:ldap://127.0.0.1/x} %s%n {0} <script>\"",
          "\"../../etc/passwd\"",
          "\"9999-12-31T23:59:59.999999999+14:00\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"+999999999-12-31\"",
          "\"0000-00-00\"",
          "\"2024-02-30\"",
          "\"2023-02-29T25:61:61Z\"",
          "\"0001-01-01\"",
          "\"10*999999999\"",
          "\"urn:uuid:" + "f".repeat(36) + "\"",
          "\"Patient?identifier=|\"",
          "\"Patient/" + "a".repeat(300) + "\"",
          "\"" + "x".repeat(100_000) + "\"",
          "\"" + "\\\\".repeat(1_000) + "\"",
          "[".repeat(300) + "]".repeat(300),
          "{\"a\":".repeat(300) + "1" + "}".repeat(300),
          "[" + "0,".repeat(20_000) + "0]",
          "[" + "{},".repeat(20_000) + "{}]");

  private static final List<String> CONTENT_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/fhir+xml",
          "application/json; charset=utf-16",
          "application/json; charset=nonsense",
          "multipart/form-data; boundary=x",
          "application/x-www-form-urlencoded",
          "application/octet-stream",
          "*/*",
          "nonsense",
          "application/json;;;",
          "application/fhir+json",
          "application/json",
          "application/hl7-v2");

  private final Random random;

  Damage(Random random) {
    this.random = random;
  }

  /// @param seed a right body
  Input of(byte[] seed, Door.Language language) {
    Input damaged =
        switch (random.nextInt(10)) {
          case 0, 1 -> bytes(seed);
          case 2 -> envelope(seed);
          default -> language == Door.Language.HL7 ? message(seed) : tree(seed);
        };
    return random.nextInt(12) == 0 ? damaged.inChunks() : damaged;
  }

  private Input bytes(byte[] seed) {
    int at = random.nextInt(seed.length);
    int length = Math.min(seed.length - at, 1 + random.nextInt(40));
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> Input.of("cut off", Arrays.copyOf(seed, at));
      case 3 -> Input.of("a hole", splice(seed, at, length, new byte[0]));
      case 4 ->
          Input.of("a byte changed", splice(seed, at, 1, new byte[] {(byte) random.nextInt()}));
      case 5 -> {
        var noise = new byte[length];
        random.nextBytes(noise);
        yield Input.of("noise", splice(seed, at, length, noise));
      }
      case 6 -> Input.of("invalid UTF-8", splice(seed, at, 0, invalidUtf8()));
      case 7 -> Input.of("NUL", splice(seed, at, 0, new byte[] {0}));
      case 8 ->
          Input.of(
              "control character", splice(seed, at, 0, new byte[] {(byte) random.nextInt(32)}));
      case 9 ->
          Input.of("a piece twice", splice(seed, at, 0, Arrays.copyOfRange(seed, at, at + length)));
      case 10 -> Input.of("more behind it", splice(seed, seed.length, 0, seed));
      default -> Input.of("a byte order mark", splice(seed, 0, 0, bytes(0xEF, 0xBB, 0xBF)));
    };
  }

  private byte[] invalidUtf8() {
    return switch (random.nextInt(5)) {
      case 0 -> bytes(0xC0, 0x80);
      case 1 -> bytes(0xED, 0xA0, 0x80);
      case 2 -> bytes(0xFF);
      case 3 -> bytes(0xF8, 0x88, 0x80, 0x80, 0x80);
      default -> bytes(0xE2, 0x82);
    };
  }

  private Input envelope(byte[] seed) {
    return switch (random.nextInt(9)) {
      case 0 -> Input.of("nothing", new byte[0]);
      case 1 -> Input.of("blanks", " \r\n\t".repeat(random.nextInt(1, 99)).getBytes(UTF_8));
      case 2 -> Input.of("UTF-16", new String(seed, UTF_8).getBytes(UTF_16));
      case 3 -> Input.of("packed", gzip(seed)).with("Content-Encoding", "gzip");
      case 4 -> Input.of("said to be packed", seed).with("Content-Encoding", "gzip");
      case 5, 6 ->
          Input.of("another type of content", seed)
              .with("Content-Type", CONTENT_TYPES.get(random.nextInt(CONTENT_TYPES.size())));
      case 7 -> Input.of("strange preference", seed).with("Prefer", "handling=strict,,;=\t\"");
      default ->
          Input.of("strange condition", seed)
              .with("If-Match", random.nextBoolean() ? "W/\"\"\"" : "9".repeat(5_000));
    };
  }

  private Input tree(byte[] seed) {
    try {
      JsonNode root = JSON.readTree(seed);
      var spots = new ArrayList<Spot>();
      collect(root, spots);
      if (spots.isEmpty()) {
        return bytes(seed);
      }
      Spot spot = spots.get(random.nextInt(spots.size()));
      return switch (random.nextInt(10)) {
        case 0 -> {
          spot.remove();
          yield Input.of("without " + spot.name(), JSON.writeValueAsBytes(root));
        }
        case 1 -> {
          Spot other = spots.get(random.nextInt(spots.size()));
          JsonNode mine = spot.value().deepCopy();
          spot.set(other.value().deepCopy());
          other.set(mine);
          yield Input.of(spot.name() + " and " + other.name() + " changed places", text(root, ""));
        }
        case 2 -> {
          spot.set(spot.value().isTextual() ? JSON.getNodeFactory().numberNode(7) : text(spot));
          yield Input.of(spot.name() + " of another type", text(root, ""));
        }
        case 3 -> {
          JsonNode value = spot.value().deepCopy();
          spot.set(JSON.createArrayNode().add(value));
          yield Input.of(spot.name() + " as a list", text(root, ""));
        }
        case 4 -> {
          String value = spot.value().toString();
          spot.mark();
          String name = spot.field() == null ? value : value + ",\"" + spot.field() + "\":" + value;
          yield Input.of(spot.name() + " twice", text(root, name));
        }
        case 5 -> {
          int deep = random.nextInt(4) == 0 ? 100_000 : 50 + random.nextInt(3_000);
          spot.mark();
          String nest =
              random.nextBoolean()
                  ? "[".repeat(deep) + "]".repeat(deep)
                  : "{\"a\":".repeat(deep) + "1" + "}".repeat(deep);
          yield Input.of(spot.name() + " deep", text(root, nest));
        }
        default -> {
          spot.mark();
          String strange = STRANGE.get(random.nextInt(STRANGE.size()));
          yield Input.of(spot.name() + " strange", text(root, strange));
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A place in a tree.
  private record Spot(JsonNode parent, @Nullable String field, int index) {
    JsonNode value() {
      return field == null ? parent.get(index) : parent.get(field);
    }

    String name() {
      return field == null ? "an item" : field;
    }

    void set(JsonNode value) {
      switch (parent) {
        case ObjectNode object -> object.set(Objects.requireNonNull(field), value);
        case ArrayNode array -> array.set(index, value);
        default -> throw new IllegalStateException();
      }
    }

    void mark() {
      set(JSON.getNodeFactory().textNode(MARK));
    }

    void remove() {
      switch (parent) {
        case ObjectNode object -> object.remove(Objects.requireNonNull(field));
        case ArrayNode array -> array.remove(index);
        default -> throw new IllegalStateException();
      }
    }
  }

  private static JsonNode text(Spot spot) {
    return JSON.getNodeFactory().textNode(spot.value().toString());
  }

  private static void collect(JsonNode node, List<Spot> spots) {
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(
                  one -> {
                    spots.add(new Spot(object, one.getKey(), 0));
                    collect(one.getValue(), spots);
                  });
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          spots.add(new Spot(array, null, i));
          collect(array.get(i), spots);
        }
      }
      default -> {}
    }
  }

  private static byte[] text(JsonNode root, String instead) throws IOException {
    return JSON.writeValueAsString(root).replace("\"" + MARK + "\"", instead).getBytes(UTF_8);
  }

  /// Segments and fields of HL7 v2.
  private Input message(byte[] seed) {
    var segments = new ArrayList<>(List.of(new String(seed, UTF_8).split("\r", -1)));
    segments.removeIf(String::isEmpty);
    int at = random.nextInt(segments.size());
    var fields = segments.get(at).split("\\|", -1);
    int field = random.nextInt(fields.length);
    String damage = fields[0] + "-" + field;
    switch (random.nextInt(8)) {
      case 0 -> segments.remove(at);
      case 1 -> segments.add(at, segments.get(at));
      case 2 -> segments.add(segments.remove(at));
      case 3 -> {
        return Input.of("other ends of lines", String.join("\n", segments).getBytes(UTF_8));
      }
      case 4 -> {
        return Input.of(
            "other separators",
            String.join("\r", segments)
                .replace('|', "#^|\r".charAt(random.nextInt(4)))
                .getBytes(UTF_8));
      }
      case 5 -> {
        for (int i = 0; i < 2_000; i++) {
          segments.add(segments.get(at));
        }
      }
      default -> {
        String strange = STRANGE.get(random.nextInt(STRANGE.size()));
        fields[field] = random.nextBoolean() ? strange : strange.replace("\"", "");
        segments.set(at, String.join("|", fields));
      }
    }
    return Input.of(damage, (String.join("\r", segments) + "\r").getBytes(UTF_8));
  }

  /// Fifty mebibytes: right at their beginning or throughout, or nonsense.
  Input huge(byte[] seed, Door.Language language) {
    Input huge =
        switch (language == Door.Language.HL7 ? random.nextInt(2) : random.nextInt(8)) {
          case 0 -> Input.filled("huge: blanks behind", seed, ascii(" "), LONG_BODY, ascii(""));
          case 1 -> Input.filled("huge: itself again and again", seed, seed, LONG_BODY, ascii(""));
          case 2 -> Input.filled("huge: depth", ascii(""), ascii("["), LONG_BODY, ascii(""));
          case 3 -> huge("one text", "{\"id\":\"", "x", "\"}");
          case 4 -> huge("small lists", "{\"resourceType\":\"Bundle\",\"a\":[", "[],", "[]]}");
          case 5 ->
              huge(
                  "small lists in a resource",
                  "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"name\":[",
                  "{},",
                  "{}]}}]}");
          case 6 ->
              huge(
                  "empty entries",
                  "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[",
                  "{},",
                  "{}]}");
          default -> huge("identifiers", "{\"identifiers\":[", "{},", "{}]}");
        };
    return random.nextInt(3) == 0 ? huge.inChunks() : huge;
  }

  private static Input huge(String what, String begin, String filler, String end) {
    return Input.filled("huge: " + what, ascii(begin), ascii(filler), LONG_BODY, ascii(end));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] splice(byte[] seed, int at, int length, byte[] instead) {
    var result = new byte[seed.length - length + instead.length];
    System.arraycopy(seed, 0, result, 0, at);
    System.arraycopy(instead, 0, result, at, instead.length);
    System.arraycopy(seed, at + length, result, at + instead.length, seed.length - at - length);
    return result;
  }

  private static byte[] gzip(byte[] seed) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
