package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.patient.provenance.Provenances.Message;

/// Reads Bundles of requests, and resources by themselves.
///
/// A Bundle is cut into its entries first and each resource is parsed by itself, so that a fault is
/// reported with the entry that it is in: the parser alone names the element, not the entry.
@Singleton
class SubmittedBundles {
  /// The largest of the public test corpus has a few thousand.
  private static final int MOST_ENTRIES = 20_000;

  /// FHIR resources nest about ten deep.
  private static final int DEEPEST = 100;

  /// A value of a few bytes, such as `{}`, becomes an object of a hundred and more. The Bundles of
  /// the corpus have about fifty thousand values to the mebibyte.
  private static final int MOST_VALUES = 2_000_000;

  private static final int MOST_VALUES_OF_A_RESOURCE = 200_000;
  private static final int MOST_VALUES_OF_AN_ENVELOPE = 1_000;

  /// Attachments are the longest texts; most servers take none of more than some mebibytes.
  private static final int LONGEST_RESOURCE = 8 << 20;

  private static final int LONGEST_ENVELOPE = 1 << 18;

  /// Whoever has so many faults needs no list of all.
  private static final int MOST_ISSUES = 100;

  /// An exponent of more than two digits: no measurement has one.
  private static final Pattern HUGE = Pattern.compile("[^eE]*[eE][+-]?\\d{3,}");

  private final Fhir fhir;
  /// FHIR is UTF-8: nothing else is guessed, since resources are cut out by byte.
  private final ObjectMapper json =
      new ObjectMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.CHARSET_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxStringLength(LONGEST_ENVELOPE)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build());

  SubmittedBundles(Fhir fhir) {
    this.fhir = fhir;
  }

  /// A Bundle whose envelope is sound. Entries may have faults.
  ///
  /// @throws FhirProblem naming what is wrong with the envelope
  Submitted bundle(byte[] sent) {
    byte[] body = unmarked(sent);
    Cut cut = cut(body);
    var issues = new ArrayList<Issue>();
    if (!"Bundle".equals(cut.envelope().path("resourceType").asText(null))) {
      throw new FhirProblem(400, Reason.MALFORMED, "Bundle", "The body is no FHIR Bundle.");
    }
    Bundle envelope = parse(Bundle.class, cut.envelope().toString(), "Bundle", issues);
    Submitted.Kind kind = envelope == null ? null : kind(envelope);
    if (kind == null && issues.isEmpty()) {
      issues.add(
          new Issue(
              Reason.NOT_SUPPORTED,
              "Bundle.type",
              "Only Bundles of type transaction or batch are taken."));
    }
    var entries = new ArrayList<Entry>();
    var faults = new HashMap<Integer, List<Issue>>();
    for (int i = 0; i < cut.entries().size() && issues.size() < MOST_ISSUES; i++) {
      var own = new ArrayList<Issue>();
      entries.add(entry(i, cut.entries().get(i), body, own));
      if (kind != Submitted.Kind.BATCH) {
        issues.addAll(own);
      } else if (!own.isEmpty()) {
        faults.put(i, own);
      }
    }
    if (envelope == null || kind == null || !issues.isEmpty()) {
      throw new FhirProblem(400, issues);
    }
    return new Submitted(kind, source(envelope), message(envelope), entries, faults);
  }

  /// A resource by itself. FHIR's parser reads it once.
  ///
  /// @throws FhirProblem naming every fault
  Resource resource(byte[] sent, String type) {
    byte[] body = unmarked(sent);
    check(body, type);
    var issues = new ArrayList<Issue>();
    Resource resource = parse(Resource.class, new String(body, UTF_8), type, issues);
    if (resource == null || !issues.isEmpty()) {
      throw new FhirProblem(400, issues);
    }
    if (!resource.fhirType().equals(type)) {
      throw new FhirProblem(
          400,
          Reason.MALFORMED,
          type,
          "The body is of type %s, the URL of type %s.".formatted(resource.fhirType(), type));
    }
    return resource;
  }

  /// FHIR's parser takes an element that is given twice, and works for minutes on a number such as
  /// 1e999999999: neither reaches it.
  private void check(byte[] body, String type) {
    read(body, cutting -> cutting.skip(type, MOST_VALUES_OF_A_RESOURCE, LONGEST_RESOURCE));
  }

  /// Without the byte order mark that some editors put before UTF-8.
  private static byte[] unmarked(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  private static Submitted.@Nullable Kind kind(Bundle envelope) {
    return switch (envelope.getType()) {
      case TRANSACTION -> Submitted.Kind.TRANSACTION;
      case BATCH -> Submitted.Kind.BATCH;
      case null, default -> null;
    };
  }

  private static String source(Bundle envelope) {
    if (envelope.getMeta().hasSource()) {
      return envelope.getMeta().getSource();
    }
    return envelope.getIdentifier().hasSystem()
        ? envelope.getIdentifier().getSystem()
        : Submitted.UNNAMED;
  }

  private static Message message(Bundle envelope) {
    var identifier = envelope.getIdentifier();
    return identifier.hasValue()
        ? new Message(identifier.getSystem(), identifier.getValue())
        : new Message(envelope.getMeta().getSource(), envelope.getIdElement().getIdPart());
  }

  private Entry entry(int position, CutEntry cut, byte[] body, List<Issue> issues) {
    String path = "Bundle.entry[" + position + "]";
    var envelope = new Envelope(path, issues);
    Request request = envelope.request(cut.envelope());
    String fullUrl = envelope.text(cut.envelope(), "fullUrl", path);
    Resource resource =
        cut.resource() == null
            ? null
            : kept(parse(Resource.class, cut.resource().text(body), path + ".resource", issues));
    return new Entry(position, path, fullUrl, request, resource);
  }

  /// Most of a record is claims and encounters: of what nothing is stored, the type is enough once
  /// it was found sound.
  private static @Nullable Resource kept(@Nullable Resource resource) {
    return resource == null || TransactionPlan.isWritten(resource.fhirType())
        ? resource
        : ResourceFactory.createResource(resource.fhirType());
  }

  /// Reads what stands around a resource. It is so little, and so often there, that FHIR's parser
  /// would be a detour.
  private record Envelope(String path, List<Issue> issues) {
    private static final Set<String> ENTRY =
        Set.of("id", "extension", "link", "fullUrl", "search", "request", "response");
    private static final Set<String> REQUEST =
        Set.of(
            "id",
            "extension",
            "method",
            "url",
            "ifNoneMatch",
            "ifModifiedSince",
            "ifMatch",
            "ifNoneExist");

    private Request request(ObjectNode entry) {
      checkNames(entry, ENTRY, path);
      JsonNode request = entry.path("request");
      String at = path + ".request";
      if (!request.isObject()) {
        issues.add(
            request.isMissingNode()
                ? Issue.required(at + ".method", "Is required.")
                : new Issue(Reason.MALFORMED, at, "Is no JSON object."));
        return Request.of(null, "", null, null);
      }
      checkNames(request, REQUEST, at);
      String method = text(request, "method", at);
      String url = text(request, "url", at);
      if (method == null) {
        issues.add(Issue.required(at + ".method", "Is required."));
      }
      if (url == null) {
        issues.add(Issue.required(at + ".url", "Is required."));
      }
      return Request.of(
          verb(method, at),
          url == null ? "" : url,
          text(request, "ifNoneExist", at),
          text(request, "ifMatch", at));
    }

    private @Nullable HTTPVerb verb(@Nullable String method, String at) {
      try {
        return method == null ? null : HTTPVerb.fromCode(method);
      } catch (FHIRException e) {
        issues.add(Issue.invalid(at + ".method", "Is no method of HTTP that FHIR knows."));
        return null;
      }
    }

    private @Nullable String text(JsonNode node, String name, String at) {
      JsonNode text = node.path(name);
      if (text.isMissingNode()) {
        return null;
      }
      if (!text.isTextual() || text.textValue().isBlank()) {
        issues.add(new Issue(Reason.MALFORMED, at + "." + name, "Is no text."));
        return null;
      }
      return text.textValue();
    }

    private void checkNames(JsonNode node, Set<String> known, String at) {
      node.fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name.startsWith("_") ? name.substring(1) : name)) {
                  issues.add(new Issue(Reason.MALFORMED, at, "Element '" + name + "' is unknown."));
                }
              });
    }
  }

  /// Whatever the parser throws, it is the text that is at fault: there is nothing else that it
  /// looks at.
  private <T extends Resource> @Nullable T parse(
      Class<T> type, String text, String path, List<Issue> issues) {
    var faults = new Faults();
    try {
      T resource = type.cast(fhir.parser(faults).parseResource(text));
      faults.found().forEach(fault -> issues.add(new Issue(Reason.MALFORMED, path, fault)));
      return resource;
    } catch (RuntimeException e) {
      faults.found().forEach(fault -> issues.add(new Issue(Reason.MALFORMED, path, fault)));
      issues.add(new Issue(Reason.MALFORMED, path, Faults.describe(e)));
      return null;
    }
  }

  private record Cut(ObjectNode envelope, List<CutEntry> entries) {}

  private record CutEntry(ObjectNode envelope, @Nullable Part resource) {}

  /// A piece of the body that is not read into objects yet.
  private record Part(int from, int to) {
    String text(byte[] body) {
      return new String(body, from, to - from, UTF_8);
    }
  }

  private Cut cut(byte[] body) {
    return read(body, Cutting::cut);
  }

  private interface Reading<T> {
    T from(Cutting cutting) throws IOException;
  }

  /// Reads a body that is one JSON object and nothing else.
  private <T> T read(byte[] body, Reading<T> reading) {
    try (JsonParser parser = json.getFactory().createParser(body)) {
      try {
        JsonToken first = parser.nextToken();
        if (first == null) {
          throw new FhirProblem(400, Reason.MALFORMED, "", "The body is empty.");
        }
        if (first != JsonToken.START_OBJECT) {
          throw malformed("The body is no JSON object.", parser.currentTokenLocation());
        }
        T result = reading.from(new Cutting(parser, body));
        if (parser.nextToken() != null) {
          throw malformed("Something follows the JSON object.", parser.currentTokenLocation());
        }
        return result;
      } catch (StreamConstraintsException e) {
        throw malformed(
            "The body nests deeper than %d, or a number or text in it is too long."
                .formatted(DEEPEST),
            parser.currentLocation());
      } catch (JsonProcessingException e) {
        throw malformed("The body is no valid JSON.", e.getLocation());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory cannot be read", e);
    }
  }

  private static FhirProblem malformed(String reason, JsonLocation location) {
    return new FhirProblem(
        400,
        Reason.MALFORMED,
        "",
        "%s See line %d, column %d."
            .formatted(reason, location.getLineNr(), location.getColumnNr()));
  }

  /// Moves over the body and takes down where its parts are. Only what is small is read into
  /// objects here: the Bundle and its entries without their resources.
  private final class Cutting {
    private final JsonParser parser;
    private final byte[] body;
    private final List<CutEntry> entries = new ArrayList<>();
    private int values;

    private Cutting(JsonParser parser, byte[] body) {
      this.parser = parser;
      this.body = body;
    }

    private Cut cut() throws IOException {
      ObjectNode envelope = json.createObjectNode();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("entry")) {
          entries();
        } else {
          envelope.set(name, small("Bundle." + name));
        }
        requireFew(envelope.size(), MOST_VALUES_OF_AN_ENVELOPE, "Bundle");
      }
      return new Cut(envelope, entries);
    }

    private void entries() throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String path = "Bundle.entry[" + entries.size() + "]";
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw new FhirProblem(400, Reason.MALFORMED, path, "Is no JSON object.");
        }
        requireFew(entries.size() + 1, MOST_ENTRIES, "Bundle.entry");
        entries.add(entry(path));
      }
    }

    private CutEntry entry(String path) throws IOException {
      ObjectNode envelope = json.createObjectNode();
      Part resource = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("resource") && value == JsonToken.START_OBJECT) {
          resource = skip(path + ".resource", MOST_VALUES_OF_A_RESOURCE, LONGEST_RESOURCE);
        } else {
          envelope.set(name, small(path + "." + name));
        }
        requireFew(envelope.size(), MOST_VALUES_OF_AN_ENVELOPE, path);
      }
      return new CutEntry(envelope, resource);
    }

    private JsonNode small(String path) throws IOException {
      if (!parser.currentToken().isStructStart()) {
        requireFew(++values, MOST_VALUES, "Bundle");
        return json.readTree(parser);
      }
      return json.readTree(skip(path, MOST_VALUES_OF_AN_ENVELOPE, LONGEST_ENVELOPE).text(body));
    }

    private void requireUsable(JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NUMBER_FLOAT && HUGE.matcher(parser.getText()).matches()) {
        throw new JsonParseException(parser, "The number is of no use");
      }
    }

    /// @return the object or array at which the parser stands, which it has then left behind
    private Part skip(String path, int mostValues, int longest) throws IOException {
      int from = (int) parser.currentTokenLocation().getByteOffset();
      int own = 0;
      for (int depth = 1; depth > 0; ) {
        JsonToken token = parser.nextToken();
        if (token.isStructEnd()) {
          depth--;
        } else {
          depth += token.isStructStart() ? 1 : 0;
          requireUsable(token);
          requireFew(++own, mostValues, path);
          requireFew(++values, MOST_VALUES, "Bundle");
        }
      }
      int to = (int) parser.currentLocation().getByteOffset();
      if (to - from > longest) {
        throw tooLong(path, "Is longer than " + longest + " bytes.");
      }
      return new Part(from, to);
    }
  }

  private static void requireFew(int count, int most, String path) {
    if (count > most) {
      throw tooLong(
          path,
          path.equals("Bundle.entry")
              ? "A Bundle has at most " + most + " entries."
              : "Has more than " + most + " values.");
    }
  }

  private static FhirProblem tooLong(String path, String reason) {
    return new FhirProblem(413, List.of(new Issue(Reason.TOO_LARGE, path, reason)));
  }
}
