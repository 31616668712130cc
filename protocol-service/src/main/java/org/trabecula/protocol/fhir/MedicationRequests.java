package org.trabecula.protocol.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.protocol.patient.KnownPatients;
import org.trabecula.protocol.regimen.Proposal;
import org.trabecula.protocol.regimen.Proposals;
import org.trabecula.protocol.regimen.Regimen;
import org.trabecula.protocol.regimen.Regimens;

/// Each step of the regimens that are and were ordered, as an order; each step of what is only
/// proposed, as a draft with the intent of a proposal.
@Singleton
class MedicationRequests implements Kept {
  static final String TYPE = "MedicationRequest";

  private final Regimens regimens;
  private final Proposals proposals;
  private final KnownPatients patients;
  private final Prescriptions prescriptions;
  private final Clock clock = Clock.systemUTC();

  MedicationRequests(
      Regimens regimens, Proposals proposals, KnownPatients patients, Prescriptions prescriptions) {
    this.regimens = regimens;
    this.proposals = proposals;
    this.patients = patients;
    this.prescriptions = prescriptions;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    var parameters = new LinkedHashMap<String, Parameter>();
    parameters.put("_id", Parameter.id());
    parameters.put(
        "patient",
        new Parameter(
            SearchParamType.REFERENCE,
            "The patient, as Patient/{id} or {id}.",
            (resource, value) ->
                References.leadsTo(((MedicationRequest) resource).getSubject(), "Patient", value)));
    parameters.put(
        "status",
        code(
            "active, completed, cancelled, stopped; draft of proposals.",
            it -> it.getStatus().toCode()));
    parameters.put("intent", code("order or proposal.", it -> it.getIntent().toCode()));
    return parameters;
  }

  private static Parameter code(String documentation, Function<MedicationRequest, String> code) {
    return new Parameter(
        SearchParamType.TOKEN,
        documentation,
        (resource, value) ->
            value
                .substring(value.indexOf('|') + 1)
                .equals(code.apply((MedicationRequest) resource)));
  }

  @Override
  public List<MedicationRequest> ofPatient(UUID patient) {
    LocalDate today = today();
    return Stream.concat(
            regimens.all(patient).stream().flatMap(regimen -> orders(regimen, today).stream()),
            proposals.open(patient).stream().flatMap(proposal -> drafts(proposal).stream()))
        .toList();
  }

  @Override
  public List<MedicationRequest> within(UUID id) {
    LocalDate today = today();
    return Stream.concat(
            regimens.findByIdOptional(id).stream()
                .flatMap(regimen -> orders(regimen, today).stream()),
            proposals.findByIdOptional(id).stream()
                .filter(Proposal::open)
                .flatMap(proposal -> drafts(proposal).stream()))
        .toList();
  }

  /// What a step's order is called.
  static String id(UUID regimen, int step) {
    return regimen + "-" + step;
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(patients.zone()));
  }

  private List<MedicationRequest> orders(Regimen regimen, LocalDate today) {
    List<MedicationRequest> requests =
        requests(
            regimen.id(),
            regimen.patientId(),
            regimen.steps(),
            regimen.assignedAt(),
            Codes.REGIMEN);
    for (int i = 0; i < requests.size(); i++) {
      requests
          .get(i)
          .setIntent(MedicationRequestIntent.ORDER)
          .setStatus(status(regimen.steps().get(i), regimen.endedOn(), today));
    }
    return requests;
  }

  private List<MedicationRequest> drafts(Proposal proposal) {
    List<MedicationRequest> requests =
        requests(
            proposal.id(),
            proposal.patientId(),
            proposal.steps(),
            proposal.proposedAt(),
            Codes.PROPOSAL);
    requests.forEach(
        request ->
            request
                .setIntent(MedicationRequestIntent.PROPOSAL)
                .setStatus(MedicationRequestStatus.DRAFT));
    return requests;
  }

  private List<MedicationRequest> requests(
      UUID id, UUID patient, List<Step> steps, Instant authored, String group) {
    var requests = new ArrayList<MedicationRequest>();
    for (int i = 0; i < steps.size(); i++) {
      MedicationRequest request = prescriptions.of(steps.get(i), patient);
      request.setId(id(id, i));
      requests.add(
          request
              .setAuthoredOnElement(instant(authored))
              .setGroupIdentifier(new Identifier().setSystem(group).setValue(id.toString())));
    }
    return requests;
  }

  static DateTimeType instant(Instant at) {
    return new DateTimeType(
        Date.from(at), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
  }

  /// @param endedOn of the regimen
  static MedicationRequestStatus status(Step step, @Nullable LocalDate endedOn, LocalDate today) {
    LocalDate stop = step.stop();
    if (endedOn == null) {
      return stop != null && !stop.isAfter(today)
          ? MedicationRequestStatus.COMPLETED
          : MedicationRequestStatus.ACTIVE;
    }
    if (!step.start().isBefore(endedOn)) {
      return MedicationRequestStatus.CANCELLED;
    }
    return stop != null && !stop.isAfter(endedOn)
        ? MedicationRequestStatus.COMPLETED
        : MedicationRequestStatus.STOPPED;
  }
}
