package org.trabecula.patient.hl7v2;

import static org.trabecula.kit.http.Roles.CLINICIAN;
import static org.trabecula.kit.http.Roles.INTEGRATION;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.patient.Change;
import org.trabecula.patient.Page;
import org.trabecula.patient.Page.Place;
import org.trabecula.patient.Refused;
import org.trabecula.patient.hl7v2.ResultMessages.Decision;
import org.trabecula.patient.profile.Person.Identifier;
import org.trabecula.patient.profile.Person.Name;

/// Messages about patients whom the clinic does not know, and what becomes of them.
@Path("/v1/parked-messages")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ParkedMessageResource {
  private final ParkedMessages parkedMessages;
  private final ResultMessages messages;
  private final Change change;

  ParkedMessageResource(ParkedMessages parkedMessages, ResultMessages messages, Change change) {
    this.parkedMessages = parkedMessages;
    this.messages = messages;
    this.change = change;
  }

  /// Who sent it, when, and why it waits; nothing of the patient.
  record Parked(
      UUID id,
      String sender,
      String controlId,
      String reason,
      String receivedBy,
      Instant receivedAt) {
    static Parked of(ParkedMessage message) {
      return new Parked(
          message.id,
          message.sender,
          message.controlId,
          message.reason,
          message.receivedBy,
          message.receivedAt);
    }
  }

  /// What someone needs to say who it is. The values are shown once they are a patient's.
  ///
  /// @param birth as exactly as it was stated
  /// @param sex administrative sex
  /// @param analytes what was measured
  record ParkedDetails(
      Parked message,
      List<Identifier> identifiers,
      @Nullable Name name,
      @Nullable String birth,
      @Nullable Sex sex,
      List<String> analytes) {}

  /// Either `patientId` or `register`.
  ///
  /// @param claim whether the message's identifiers become the patient's, so that the next message
  /// finds them
  record Resolution(@Nullable UUID patientId, @Nullable Boolean claim, @Nullable Boolean register) {
    Decision decision() {
      boolean isNew = Boolean.TRUE.equals(register);
      if (isNew == (patientId != null)) {
        throw new Refused(
            Refused.Kind.INVALID, "patientId", "Is required, or register: true in its place.");
      }
      if (isNew && claim != null) {
        throw new Refused(
            Refused.Kind.INVALID, "claim", "Goes with patientId: a new patient has them anyway.");
      }
      return patientId == null
          ? new Decision.New()
          : new Decision.Known(patientId, Boolean.TRUE.equals(claim));
    }
  }

  /// @param acknowledgment as the sender would have got it
  record Resolved(String acknowledgment) {}

  @GET
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Page<Parked> list(@RestQuery @Nullable String cursor, @RestQuery @Nullable String limit) {
    var ask = Page.Ask.of(cursor, limit);
    return Page.of(
        parkedMessages.page(ask),
        ask,
        message -> new Place(message.receivedAt, message.id),
        Parked::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public ParkedDetails get(@RestPath UUID id) {
    ParkedMessage message = find(id);
    ResultPlan plan = messages.plan(message);
    Subject subject = plan.subject();
    return new ParkedDetails(
        Parked.of(message),
        message.identifiers,
        subject == null ? null : subject.name(),
        subject == null ? null : subject.birth(),
        subject == null ? null : subject.sex(),
        plan.stated().stream()
            .map(one -> String.valueOf(one.measurement().analyte()))
            .distinct()
            .toList());
  }

  @POST
  @Path("/{id}/resolution")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public Resolved resolve(@RestPath UUID id, @Nullable Resolution resolution) {
    Decision decision = Refused.required(resolution).decision();
    ParkedMessage message = find(id);
    try {
      return new Resolved(messages.resolve(message, decision));
    } catch (Hl7Problem problem) {
      throw problem(problem);
    }
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed({CLINICIAN, INTEGRATION})
  public void discard(@RestPath UUID id) {
    if (!change.make(tell -> parkedMessages.discard(id))) {
      throw unknown();
    }
  }

  private ParkedMessage find(UUID id) {
    return parkedMessages.findByIdOptional(id).orElseThrow(ParkedMessageResource::unknown);
  }

  private static HttpProblem unknown() {
    return Problems.notFound("id", "The clinic has no such parked message.");
  }

  private static HttpProblem problem(Hl7Problem problem) {
    return HttpProblem.builder()
        .withStatus(problem.status())
        .withTitle("The message stays parked.")
        .with(
            "violations",
            problem.remarks().stream()
                .filter(remark -> remark.severity() == Remark.Severity.ERROR)
                .map(remark -> new Violation(remark.at().toString(), "message", remark.text()))
                .toList())
        .build();
  }
}
