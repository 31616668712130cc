package org.trabecula.patient.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
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

  private final Fhir fhir;
  private final ObjectMapper json =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
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
    for (int i = 0; i < cut.entries().size(); i++) {
      entries.add(entry(i, cut.entries().get(i), issues));
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

  private Entry entry(int position, CutEntry cut, List<Issue> issues) {
    String path = "Bundle.entry[" + position + "]";
    ObjectNode alone = json.createObjectNode().put("resourceType", "Bundle");
    alone.putArray("entry").add(cut.envelope());
    Bundle envelope = parse(Bundle.class, alone.toString(), path, issues);
    Resource resource =
        cut.resource() == null
            ? null
            : parse(Resource.class, cut.resource(), path + ".resource", issues);
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

  private record CutEntry(ObjectNode envelope, @Nullable String resource) {}

  private Cut cut(byte[] body) {
    try (JsonParser parser = json.getFactory().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new FhirProblem(400, List.of(Issue.invalid("", "The body is no JSON object.")));
      }
      ObjectNode envelope = json.createObjectNode();
      var entries = new ArrayList<CutEntry>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("entry") && parser.currentToken() == JsonToken.START_ARRAY) {
          entries(parser, body, entries);
        } else {
          envelope.set(name, json.readTree(parser));
        }
      }
      if (parser.nextToken() != null) {
        throw new FhirProblem(
            400, List.of(Issue.invalid("", "Something follows the JSON object.")));
      }
      return new Cut(envelope, entries);
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

  private void entries(JsonParser parser, byte[] body, List<CutEntry> entries) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String path = "Bundle.entry[" + entries.size() + "]";
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new FhirProblem(400, List.of(Issue.invalid(path, "Is no JSON object.")));
      }
      if (entries.size() == MOST_ENTRIES) {
        throw new FhirProblem(
            413,
            List.of(
                new Issue(
                    Reason.TOO_LARGE,
                    "Bundle.entry",
                    "A Bundle has at most " + MOST_ENTRIES + " entries.")));
      }
      entries.add(entry(parser, body));
    }
  }

  private CutEntry entry(JsonParser parser, byte[] body) throws IOException {
    ObjectNode envelope = json.createObjectNode();
    String resource = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("resource") && value == JsonToken.START_OBJECT) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        resource = new String(body, from, to - from, UTF_8);
      } else {
        envelope.set(name, json.readTree(parser));
      }
    }
    return new CutEntry(envelope, resource);
  }
}
