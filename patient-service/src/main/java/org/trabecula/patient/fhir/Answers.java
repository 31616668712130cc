package org.trabecula.patient.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.trabecula.patient.fhir.TransactionPlan.PlannedMeasurements;
import org.trabecula.patient.fhir.TransactionPlan.PlannedPatient;
import org.trabecula.patient.fhir.TransactionPlan.PlannedWithdrawal;
import org.trabecula.patient.measurement.Measurement;
import org.trabecula.patient.measurement.RecordMeasurements.Effect;
import org.trabecula.patient.measurement.RecordMeasurements.Recorded;
import org.trabecula.patient.profile.RegisterPatient.Registered;

/// The answer to a transaction: one entry for each entry, in its order.
class Answers {
  private static final String CREATED = "201 Created";
  private static final String OK = "200 OK";

  private final List<BundleEntryResponseComponent> responses = new ArrayList<>();

  Answers(int entries) {
    for (int i = 0; i < entries; i++) {
      responses.add(new BundleEntryResponseComponent().setStatus(OK));
    }
  }

  void notStored(int position, String reason) {
    responses.get(position).setOutcome(Outcomes.notStored(reason));
  }

  void registered(PlannedPatient planned, Registered registered) {
    var notes = new ArrayList<>(planned.notes());
    if (!registered.isNew()) {
      notes.add("The patient is known already; nothing of the profile was changed.");
    }
    var response =
        responses
            .get(planned.entry().position())
            .setStatus(registered.isNew() ? CREATED : OK)
            .setLocation("Patient/" + registered.patient().id())
            .setEtag(etag(registered.patient().version()));
    note(response, notes);
  }

  void recorded(PlannedMeasurements planned, List<Recorded> recorded) {
    Measurement first = recorded.getFirst().measurement();
    var notes = new ArrayList<>(planned.notes());
    if (recorded.size() > 1) {
      recorded.forEach(one -> notes.add("Stored as Observation/" + one.measurement().id()));
    }
    boolean isNew = recorded.stream().anyMatch(one -> one.effect() == Effect.NEW);
    var response =
        responses
            .get(planned.entry().position())
            .setStatus(isNew ? CREATED : OK)
            .setLocation("Observation/" + first.id())
            .setEtag(etag(first.version()));
    note(response, notes);
  }

  void withdrawn(PlannedWithdrawal planned, List<Optional<UUID>> withdrawn) {
    List<UUID> found = withdrawn.stream().flatMap(Optional::stream).toList();
    if (found.isEmpty()) {
      notStored(planned.entry().position(), "there is nothing to withdraw.");
    } else {
      responses.get(planned.entry().position()).setLocation("Observation/" + found.getFirst());
    }
  }

  Bundle bundle() {
    var bundle = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
    responses.forEach(response -> bundle.addEntry().setResponse(response));
    return bundle;
  }

  private static void note(BundleEntryResponseComponent response, List<String> notes) {
    if (!notes.isEmpty()) {
      response.setOutcome(Outcomes.notes(notes));
    }
  }

  private static String etag(int version) {
    return "W/\"" + version + "\"";
  }
}
