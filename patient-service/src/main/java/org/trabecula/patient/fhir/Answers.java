package org.trabecula.patient.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Resource;
import org.trabecula.kit.fhir.FhirProblem;
import org.trabecula.kit.fhir.Outcomes;
import org.trabecula.patient.fhir.TransactionPlan.PlannedMeasurements;
import org.trabecula.patient.fhir.TransactionPlan.PlannedPatient;
import org.trabecula.patient.fhir.TransactionPlan.PlannedStatements;
import org.trabecula.patient.measurement.Measurement;
import org.trabecula.patient.measurement.RecordMeasurements;
import org.trabecula.patient.profile.RegisterPatient.Registered;
import org.trabecula.patient.statement.RecordStatements;
import org.trabecula.patient.statement.Statement;

/// The answers to what was sent: one for each entry, in its order.
class Answers {
  private static final String CREATED = "201 Created";
  private static final String OK = "200 OK";

  private final int first;
  private final List<BundleEntryComponent> entries = new ArrayList<>();

  /// @param asked a run of entries, in their order
  Answers(List<Entry> asked) {
    this.first = asked.isEmpty() ? 0 : asked.getFirst().position();
    asked.forEach(
        entry ->
            entries.add(
                new BundleEntryComponent()
                    .setResponse(new BundleEntryResponseComponent().setStatus(OK))));
  }

  List<BundleEntryComponent> entries() {
    return entries;
  }

  void notStored(int position, String reason) {
    response(position).setOutcome(Outcomes.notStored(reason));
  }

  void registered(PlannedPatient planned, Registered registered) {
    var notes = new ArrayList<>(planned.notes());
    if (!registered.isNew()) {
      notes.add("The patient is known already; nothing of the profile was changed.");
    }
    answer(
        planned.entry(),
        registered.isNew(),
        "Patient/" + registered.patient().id(),
        registered.patient().version(),
        notes);
  }

  void revised(Entry entry, UUID id, int version, List<String> notes) {
    answer(entry, false, "Patient/" + id, version, notes);
  }

  void recorded(PlannedMeasurements planned, List<RecordMeasurements.Recorded> recorded) {
    Measurement shown = recorded.getFirst().measurement();
    var notes = new ArrayList<>(planned.notes());
    if (recorded.size() > 1) {
      recorded.forEach(one -> notes.add("Stored as Observation/" + one.measurement().id()));
    }
    boolean isNew =
        recorded.stream().anyMatch(one -> one.effect() == RecordMeasurements.Effect.NEW);
    answer(planned.entry(), isNew, "Observation/" + shown.id(), shown.version(), notes);
  }

  void stated(PlannedStatements planned, List<RecordStatements.Recorded> recorded) {
    Statement shown = recorded.getFirst().statement();
    String type = shownAs(planned.entry());
    var notes = new ArrayList<>(planned.notes());
    if (recorded.size() > 1) {
      recorded.forEach(one -> notes.add("Stored as " + type + "/" + one.statement().id()));
    }
    boolean isNew = recorded.stream().anyMatch(one -> one.effect() == RecordStatements.Effect.NEW);
    answer(planned.entry(), isNew, type + "/" + shown.id(), shown.version(), notes);
  }

  /// What a conditional create was to create is there.
  void isThere(Entry entry, Stored.Row row) {
    answer(
        entry,
        false,
        shownAs(entry) + "/" + row.id(),
        row.version(),
        List.of("It is known already; nothing was changed."));
  }

  void withdrawn(Entry entry, List<Optional<UUID>> withdrawn) {
    List<UUID> found = withdrawn.stream().flatMap(Optional::stream).toList();
    if (found.isEmpty()) {
      notStored(entry.position(), "there is nothing to withdraw.");
    } else {
      response(entry.position()).setLocation(shownAs(entry) + "/" + found.getFirst());
    }
  }

  /// An order is kept as medication history.
  private static String shownAs(Entry entry) {
    String type = entry.request().type();
    return type.equals("MedicationRequest") ? "MedicationStatement" : type;
  }

  /// What was asked.
  ///
  /// @param base the URL of the FHIR door
  void answer(Entry entry, Resource resource, String base) {
    BundleEntryComponent answered =
        entries
            .get(entry.position() - first)
            .setFullUrl(fullUrl(resource, base))
            .setResource(resource);
    if (resource.getMeta().hasVersionId()) {
      answered
          .getResponse()
          .setEtag("W/\"" + resource.getMeta().getVersionId() + "\"")
          .setLastModified(resource.getMeta().getLastUpdated());
    }
  }

  static BundleEntryComponent refused(FhirProblem problem) {
    return new BundleEntryComponent()
        .setResponse(
            new BundleEntryResponseComponent()
                .setStatus(Integer.toString(problem.status()))
                .setOutcome(Outcomes.refusal(problem.issues())));
  }

  /// What is kept nowhere has a name all the same, since FHIR wants one.
  static String fullUrl(Resource resource, String base) {
    return resource.hasId()
        ? base + "/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart()
        : "urn:uuid:" + UUID.randomUUID();
  }

  static String etag(int version) {
    return "W/\"" + version + "\"";
  }

  private void answer(
      Entry entry, boolean isNew, String location, int version, List<String> notes) {
    BundleEntryResponseComponent response =
        response(entry.position())
            .setStatus(isNew ? CREATED : OK)
            .setLocation(location)
            .setEtag(etag(version));
    if (!notes.isEmpty()) {
      response.setOutcome(Outcomes.notes(notes));
    }
  }

  private BundleEntryResponseComponent response(int position) {
    return entries.get(position - first).getResponse();
  }
}
