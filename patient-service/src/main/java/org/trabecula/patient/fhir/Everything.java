package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.fhir.UrlQuery;
import org.trabecula.patient.fhir.Searchable.Parameter;
import org.trabecula.patient.fhir.Searchable.Sort;

/// FHIR's operation `$everything`: all that this door shows of one patient, the patient first, then
/// type by type in the order of change. Its pages stay right while rows come and go.
@Singleton
class Everything {
  static final String NAME = "$everything";
  static final String DEFINITION = "http://hl7.org/fhir/OperationDefinition/Patient-everything";

  private final Reads reads;
  private final Searches searches;

  Everything(Reads reads, Searches searches) {
    this.reads = reads;
    this.searches = searches;
  }

  /// What is asked of one type.
  private record Part<E, R>(Searchable<E, R> kind, Search<R> search) {
    List<Shown> shown(Searches searches, @Nullable Place after, int size) {
      return searches.page(kind, search.behind(after, size)).stream().map(this::shown).toList();
    }

    private Shown shown(R row) {
      var place = new Place(search.sort().at().apply(row), kind.id().apply(row));
      return new Shown(kind.view().apply(row), kind.type() + "." + place.cursor());
    }

    int count(Searches searches) {
      return searches.count(kind, search.where());
    }
  }

  /// @param cursor of what is behind it
  private record Shown(Resource resource, String cursor) {}

  /// @param id of the patient
  /// @param base the URL of the FHIR door
  /// @throws FhirProblem when there is no such patient, or naming each parameter that will not do
  Bundle of(String id, List<Map.Entry<String, String>> parameters, boolean lenient, String base) {
    var asked = new ArrayList<>(parameters);
    asked.removeIf(parameter -> parameter.getKey().equals(Search.CURSOR));
    List<Part<?, ?>> parts = new ArrayList<>();
    for (Searchable<?, ?> kind : reads.kinds()) {
      parts.add(part(kind, id, asked, lenient));
    }
    reads.read("Patient", id);
    String cursor =
        parameters.stream()
            .filter(parameter -> parameter.getKey().equals(Search.CURSOR))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    return bundle(base + "/Patient/" + id + "/" + NAME, parts, cursor, base);
  }

  private <E, R> Part<E, R> part(
      Searchable<E, R> kind, String id, List<Map.Entry<String, String>> asked, boolean lenient) {
    Map<String, Parameter> known = kind.parameters();
    // All but the patient are found by the patient.
    Parameter owner =
        Objects.requireNonNull(known.get(known.containsKey("patient") ? "patient" : "_id"));
    Sort<R> byChange = kind.sorts().getFirst();
    Searchable<E, R> held =
        new Searchable<>(
            kind.type(),
            kind.table(),
            kind.rows().and(owner.reading().of(id)),
            kind.identified(),
            kind.idColumn(),
            kind.entity(),
            kind.record(),
            kind.id(),
            kind.view(),
            // Without a name, so that nobody can ask for another order.
            List.of(new Sort<>("", byChange.column(), byChange.at())),
            Map.of(
                "_since",
                new Parameter(
                    SearchParamType.DATE,
                    "Only what was recorded then or later.",
                    since -> SearchDate.since(since).at(byChange.column())),
                "_type",
                new Parameter(
                    SearchParamType.TOKEN,
                    "Only these types of resources.",
                    type -> reads.kept(type) == kind ? Clause.ALWAYS : Clause.NEVER)));
    return new Part<>(held, Search.of(held, asked, lenient));
  }

  private Bundle bundle(String url, List<Part<?, ?>> parts, @Nullable String cursor, String base) {
    Search<?> search = parts.getFirst().search();
    var bundle = new Bundle().setType(BundleType.SEARCHSET);
    bundle.addLink().setRelation("self").setUrl(url + UrlQuery.write(search.asked()));
    if (search.counted()) {
      bundle.setTotal(parts.stream().mapToInt(part -> part.count(searches)).sum());
    } else {
      List<Shown> found = page(parts, search.size(), cursor);
      boolean more = found.size() > search.size();
      List<Shown> shown = more ? found.subList(0, search.size()) : found;
      shown.forEach(one -> Searches.addMatch(bundle, one.resource(), base));
      if (more) {
        var next = new ArrayList<>(search.asked());
        next.add(Map.entry(Search.CURSOR, shown.getLast().cursor()));
        bundle.addLink().setRelation("next").setUrl(url + UrlQuery.write(next));
      } else if (cursor == null) {
        bundle.setTotal(shown.size());
      }
    }
    Searches.addIgnored(bundle, search.ignored(), base);
    return bundle;
  }

  /// @return one more than was asked for, if there is one
  private List<Shown> page(List<Part<?, ?>> parts, int size, @Nullable String cursor) {
    int dot = cursor == null ? -1 : cursor.indexOf('.');
    String first = cursor == null ? "Patient" : cursor.substring(0, Math.max(dot, 0));
    Place after = cursor == null ? null : Search.place(cursor.substring(dot + 1));
    var found = new ArrayList<Shown>();
    boolean isBehind = true;
    for (Part<?, ?> part : parts) {
      boolean isFirst = part.kind().type().equals(first);
      isBehind &= !isFirst;
      if (!isBehind && found.size() <= size) {
        found.addAll(part.shown(searches, isFirst ? after : null, size - found.size()));
      }
    }
    if (isBehind) {
      throw Search.noCursor();
    }
    return found;
  }
}
