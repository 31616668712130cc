package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.fhir.FhirProblem.Issue;
import org.trabecula.patient.fhir.TransactionBundle.Entry;

/// Reads transaction Bundles.
///
/// A Bundle is cut into its entries first and each resource is parsed by itself, so that a fault is
/// reported with the entry that it is in: the parser alone names the element, not the entry.
@Singleton
class TransactionBundles {
  /// The largest of the public test corpus has a few thousand.
  private static final int MOST_ENTRIES = 10_000;

  /// FHIR resources nest about ten deep.
  private static final int DEEPEST = 100;

  /// A value of a few bytes, such as `{}`, becomes an object of a hundred and more. The Bundles of
  /// the corpus have about fifty thousand values to the mebibyte.
  private static final int MOST_VALUES = 1_000_000;

  private static final int MOST_VALUES_OF_A_RESOURCE = 200_000;
  private static final int MOST_VALUES_OF_AN_ENVELOPE = 1_000;

  /// Attachments are the longest texts; most servers take none of more than some mebibytes.
  private static final int LONGEST_RESOURCE = 8 << 20;

  private static final int LONGEST_ENVELOPE = 1 << 18;

  /// Whoever has so many faults needs no list of all.
  private static final int MOST_ISSUES = 100;

  private final Fhir fhir;
  private final ObjectMapper json =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxStringLength(LONGEST_ENVELOPE)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build());

  TransactionBundles(Fhir fhir) {
    this.fhir = fhir;
  }

  /// @throws FhirProblem naming every fault
  TransactionBundle parse(byte[] body) {
    Cut cut = cut(body);
    var issues = new ArrayList<Issue>();
    Bundle envelope = envelope(cut.envelope(), issues);
    if (envelope != null && envelope.getType() != BundleType.TRANSACTION) {
      issues.add(
          new Issue(
              Reason.NOT_SUPPORTED, "Bundle.type", "Only Bundles of type transaction are taken."));
    }
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < cut.entries().size() && issues.size() < MOST_ISSUES; i++) {
      entries.add(entry(i, cut.entries().get(i), body, issues));
    }
    if (envelope == null || !issues.isEmpty()) {
      throw new FhirProblem(400, issues);
    }
    return new TransactionBundle(source(envelope), entries);
  }

  private static String source(Bundle envelope) {
    if (envelope.getMeta().hasSource()) {
      return envelope.getMeta().getSource();
    }
    return envelope.getIdentifier().hasSystem()
        ? envelope.getIdentifier().getSystem()
        : "urn:trabecula:source:fhir";
  }

  private @Nullable Bundle envelope(ObjectNode envelope, List<Issue> issues) {
    if (!"Bundle".equals(envelope.path("resourceType").asText(null))) {
      issues.add(Issue.invalid("", "The body is no FHIR Bundle."));
      return null;
    }
    return parse(Bundle.class, envelope.toString(), "Bundle", issues);
  }

  private Entry entry(int position, CutEntry cut, byte[] body, List<Issue> issues) {
    String path = "Bundle.entry[" + position + "]";
    ObjectNode alone = json.createObjectNode().put("resourceType", "Bundle");
    alone.putArray("entry").add(cut.envelope());
    Bundle envelope = parse(Bundle.class, alone.toString(), path, issues);
    Resource resource =
        cut.resource() == null
            ? null
            : parse(Resource.class, cut.resource().text(body), path + ".resource", issues);
    return new Entry(
        position,
        envelope == null || !envelope.hasEntry()
            ? new BundleEntryComponent()
            : envelope.getEntryFirstRep(),
        resource);
  }

  private <T extends Resource> @Nullable T parse(
      Class<T> type, String text, String path, List<Issue> issues) {
    var faults = new Faults();
    try {
      T resource = type.cast(fhir.parser(faults).parseResource(text));
      faults.found().forEach(fault -> issues.add(Issue.invalid(path, fault)));
      return resource;
    } catch (DataFormatException | ClassCastException | IllegalArgumentException e) {
      faults.found().forEach(fault -> issues.add(Issue.invalid(path, fault)));
      issues.add(Issue.invalid(path, Faults.describe(e)));
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
    try (JsonParser parser = json.getFactory().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new FhirProblem(400, List.of(Issue.invalid("", "The body is no JSON object.")));
      }
      return new Cutting(parser, body).cut();
    } catch (IOException e) {
      throw new FhirProblem(400, List.of(Issue.invalid("", "The body is no valid JSON." + at(e))));
    }
  }

  private static String at(IOException e) {
    JsonLocation location =
        e instanceof com.fasterxml.jackson.core.JacksonException fault ? fault.getLocation() : null;
    return location == null
        ? ""
        : " See line %d, column %d.".formatted(location.getLineNr(), location.getColumnNr());
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
      if (parser.nextToken() != null) {
        throw new FhirProblem(
            400, List.of(Issue.invalid("", "Something follows the JSON object.")));
      }
      return new Cut(envelope, entries);
    }

    private void entries() throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String path = "Bundle.entry[" + entries.size() + "]";
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw new FhirProblem(400, List.of(Issue.invalid(path, "Is no JSON object.")));
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
