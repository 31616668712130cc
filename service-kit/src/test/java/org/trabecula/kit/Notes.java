package org.trabecula.kit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.MeasurementWithdrawn;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.kit.http.IdempotentRequests;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Roles;

@Path("/notes")
@RunOnVirtualThread
@Transactional
public class Notes {
  private final EntityManager entities;
  private final Outbox outbox;
  private final CurrentClinic clinic;
  private final IdempotentRequests requests;

  Notes(EntityManager entities, Outbox outbox, CurrentClinic clinic, IdempotentRequests requests) {
    this.entities = entities;
    this.outbox = outbox;
    this.clinic = clinic;
    this.requests = requests;
  }

  public record Text(UUID patient, String text) {}

  /// `fail` rolls back after the event was appended; `erase` publishes a tombstone.
  @POST
  @RolesAllowed(Roles.CLINICIAN)
  public Response write(@HeaderParam("Idempotency-Key") String key, Text text) {
    return requests.once(
        key,
        "POST /notes",
        text,
        () -> {
          var note = new Note(UUID.randomUUID(), text.patient(), text.text());
          entities.persist(note);
          outbox.append(event(note, next(text.patient())));
          if (text.text().equals("fail")) {
            throw Problems.invalid("text", "must not be 'fail'");
          }
          return Response.created(URI.create("/notes/" + note.id)).entity(text).build();
        });
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({Roles.CLINICIAN, Roles.VIEWER})
  public String read(@PathParam("id") UUID id) {
    Note note = entities.find(Note.class, id);
    if (note == null) {
      throw Problems.notFound("id", "There is no such note.");
    }
    return note.text;
  }

  @GET
  @Path("/unannotated")
  public String unannotated() {
    return "nobody may read this";
  }

  private int next(UUID patient) {
    return (int)
        entities
            .createNativeQuery(
                "insert into turn values (?1, 1) on conflict (patient) do update set number = turn.number + 1"
                    + " returning number")
            .setParameter(1, patient)
            .getSingleResult();
  }

  private OutgoingEvent event(Note note, int turn) {
    var body = new MeasurementWithdrawn(note.id, note.patient, turn, note.text, Instant.EPOCH);
    return note.text.equals("erase")
        ? OutgoingEvent.tombstoneOfItem(
            EventType.MEASUREMENT_WITHDRAWN, clinic.id(), note.patient, "note", note.id)
        : OutgoingEvent.ofPatientItem(clinic.id(), note.patient, "note", note.id, body);
  }
}
