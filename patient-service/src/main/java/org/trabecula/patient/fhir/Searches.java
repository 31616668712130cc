package org.trabecula.patient.fhir;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Resource;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.fhir.FhirProblem.Issue;
import org.trabecula.kit.fhir.Outcomes;
import org.trabecula.kit.fhir.UrlQuery;

/// Reads resources and searches for them: one statement for each question.
@Singleton
class Searches {
  private final EntityManager entities;
  private final CurrentClinic clinic;

  Searches(EntityManager entities, CurrentClinic clinic) {
    this.entities = entities;
    this.clinic = clinic;
  }

  <E, R> Optional<Resource> read(Searchable<E, R> kind, String id) {
    Clause wanted = Clause.ALWAYS.and(kind.identified().of(id));
    return rows(kind, wanted, "").stream().findFirst().map(kind.view());
  }

  /// @param base the URL of the FHIR door
  <E, R> Bundle search(Searchable<E, R> kind, Search<R> search, String base) {
    var bundle = new Bundle().setType(BundleType.SEARCHSET);
    String self = base + "/" + kind.type();
    bundle.addLink().setRelation("self").setUrl(self + UrlQuery.write(search.asked()));
    if (search.counted()) {
      bundle.setTotal(count(kind, search.where()));
    } else {
      List<R> found = page(kind, search);
      boolean more = found.size() > search.size();
      List<R> shown = more ? found.subList(0, search.size()) : found;
      for (R one : shown) {
        addMatch(bundle, kind.view().apply(one), base);
      }
      if (more) {
        bundle
            .addLink()
            .setRelation("next")
            .setUrl(self + UrlQuery.write(behind(kind, search, shown)));
      } else if (search.after() == null) {
        bundle.setTotal(shown.size());
      }
    }
    addIgnored(bundle, search.ignored(), base);
    return bundle;
  }

  static void addMatch(Bundle bundle, Resource resource, String base) {
    add(bundle, resource, SearchEntryMode.MATCH, base);
  }

  /// What was passed over, if anything was.
  static void addIgnored(Bundle bundle, List<Issue> ignored, String base) {
    if (!ignored.isEmpty()) {
      add(bundle, Outcomes.ignored(ignored), SearchEntryMode.OUTCOME, base);
    }
  }

  private static void add(Bundle bundle, Resource resource, SearchEntryMode mode, String base) {
    bundle
        .addEntry()
        .setFullUrl(Answers.fullUrl(resource, base))
        .setResource(resource)
        .getSearch()
        .setMode(mode);
  }

  /// @return one more than was asked for, if there is one
  <E, R> List<R> page(Searchable<E, R> kind, Search<R> search) {
    Clause where = search.where();
    String column = search.sort().column();
    String id = kind.idColumn();
    Place after = search.after();
    if (after != null) {
      where =
          where.and(
              Clause.of(
                  "(%s, %s) %s (?, ?)".formatted(column, id, search.descending() ? "<" : ">"),
                  after.at(),
                  after.id()));
    }
    return rows(
        kind,
        where,
        " order by %1$s %3$s, %2$s %3$s limit %4$d"
            .formatted(column, id, search.descending() ? "desc" : "asc", search.size() + 1));
  }

  private <E, R> List<R> rows(Searchable<E, R> kind, Clause where, String rest) {
    Clause wanted = kind.rows().and(where);
    String sql = "select * from " + kind.table() + " where clinic = ? and " + wanted.sql() + rest;
    List<?> rows =
        bound(entities.createNativeQuery(sql, kind.entity()), wanted.values()).getResultList();
    return rows.stream().map(row -> kind.record().apply(kind.entity().cast(row))).toList();
  }

  int count(Searchable<?, ?> kind, Clause where) {
    Clause wanted = kind.rows().and(where);
    String sql = "select count(*) from " + kind.table() + " where clinic = ? and " + wanted.sql();
    return ((Number) bound(entities.createNativeQuery(sql), wanted.values()).getSingleResult())
        .intValue();
  }

  private Query bound(Query query, List<Object> values) {
    query.setParameter(1, clinic.id());
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 2, values.get(i));
    }
    return query;
  }

  private static <R> List<Map.Entry<String, String>> behind(
      Searchable<?, R> kind, Search<R> search, List<R> shown) {
    var parameters = new ArrayList<>(search.asked());
    R last = shown.getLast();
    var place = new Place(search.sort().at().apply(last), kind.id().apply(last));
    parameters.add(Map.entry(Search.CURSOR, place.cursor()));
    return parameters;
  }
}
