package org.trabecula.protocol.fhir;

import static java.util.Comparator.comparing;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.Outcomes;
import org.trabecula.kit.fhir.Reason;
import org.trabecula.kit.fhir.UrlQuery;

/// Reads resources and searches for them.
@Singleton
class Reads {
  private final SequencedMap<String, Kept> kinds = new LinkedHashMap<>();

  Reads(MedicationRequests requests, DetectedIssues issues) {
    kinds.put(requests.type(), requests);
    kinds.put(issues.type(), issues);
  }

  List<Kept> kinds() {
    return List.copyOf(kinds.values());
  }

  /// @throws FhirProblem when there is none
  Resource read(String type, String id) {
    Kept kind = kind(type);
    return Search.group(id).stream()
        .flatMap(group -> kind.within(group).stream())
        .filter(resource -> resource.getIdPart().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new FhirProblem(404, Reason.NOT_FOUND, "", "The clinic has no such " + type + "."));
  }

  /// A page in the order of the ids, so that it goes on where it ended while others come and go.
  ///
  /// @param base the URL of the FHIR door
  /// @throws FhirProblem naming each parameter that will not do
  Bundle search(
      String type, List<Map.Entry<String, String>> parameters, boolean lenient, String base) {
    Kept kind = kind(type);
    Search search = Search.of(kind, parameters, lenient);
    List<Resource> found = found(kind, search);
    String after = search.after();
    List<Resource> left =
        after == null
            ? found
            : found.stream().filter(one -> one.getIdPart().compareTo(after) > 0).toList();
    List<Resource> page = left.subList(0, Math.min(search.size(), left.size()));
    String self = base + "/" + type;
    var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(found.size());
    bundle.addLink().setRelation("self").setUrl(self + UrlQuery.write(search.asked()));
    if (!page.isEmpty() && page.size() < left.size()) {
      var next = new ArrayList<>(search.asked());
      next.add(Map.entry(Search.CURSOR, Search.cursor(page.getLast())));
      bundle.addLink().setRelation("next").setUrl(self + UrlQuery.write(next));
    }
    page.forEach(one -> add(bundle, one, self + "/" + one.getIdPart(), SearchEntryMode.MATCH));
    if (!search.ignored().isEmpty()) {
      add(
          bundle,
          Outcomes.ignored(search.ignored()),
          "urn:uuid:" + UUID.randomUUID(),
          SearchEntryMode.OUTCOME);
    }
    return bundle;
  }

  private static List<Resource> found(Kept kind, Search search) {
    return Stream.<Resource>concat(
            search.where().patients().stream().flatMap(id -> kind.ofPatient(id).stream()),
            search.where().within().stream().flatMap(id -> kind.within(id).stream()))
        .filter(search.fits())
        .sorted(comparing(Resource::getIdPart))
        .toList();
  }

  private static void add(Bundle bundle, Resource resource, String url, SearchEntryMode mode) {
    bundle.addEntry().setFullUrl(url).setResource(resource).getSearch().setMode(mode);
  }

  private Kept kind(String type) {
    Kept kind = kinds.get(type);
    if (kind == null) {
      throw new FhirProblem(
          404, Reason.NOT_SUPPORTED, "", "Resources of type %s are not kept here.".formatted(type));
    }
    return kind;
  }
}
