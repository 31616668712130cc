package org.trabecula.projection.forecast;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ForecastComputed;
import org.trabecula.contracts.ForecastRefused;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Roles;
import org.trabecula.projection.dossier.Dossiers;

/// Forecasts as they stand: nothing is computed on request.
@Path("/v1/patients/{patient}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER})
@RunOnVirtualThread
class ForecastResource {
  /// Seconds after which it is worth asking again for what is on its way.
  private static final int SOON = 1;

  private final Dossiers dossiers;
  private final Forecasts forecasts;
  private final ObjectMapper json;

  ForecastResource(Dossiers dossiers, Forecasts forecasts, ObjectMapper json) {
    this.dossiers = dossiers;
    this.forecasts = forecasts;
    this.json = json;
  }

  /// @param status `pending`: the first forecast is on its way
  record Pending(UUID patientId, String status) {}

  /// @param next cursor of the page behind; absent at the end
  record Page(List<Summary> items, @Nullable String next) {}

  /// @param status `computed` or `refused`
  record Summary(
      UUID forecastId,
      String status,
      Instant asOf,
      Instant computedAt,
      String modelVersion,
      String parameterHash,
      String inputsHash) {}

  /// The current forecast: the body of its event, and when it was computed. 202 while the first one
  /// of a known patient is on its way; 404 with `Retry-After` when no such patient has arrived.
  @GET
  @Path("forecast")
  public Response current(@PathParam("patient") UUID patient, @Context Request request) {
    Optional<StoredForecast> current = forecasts.current(patient);
    if (current.isPresent()) {
      return answer(current.get(), request);
    }
    requireKnown(patient);
    return Response.accepted(new Pending(patient, "pending"))
        .header(HttpHeaders.RETRY_AFTER, SOON)
        .build();
  }

  /// Every forecast in the order in which it became current, the latest first.
  @GET
  @Path("forecasts")
  public Page history(
      @PathParam("patient") UUID patient,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    requireKnown(patient);
    List<StoredForecast> found =
        forecasts.before(patient, cursor == null ? Long.MAX_VALUE : position(cursor), limit + 1);
    List<StoredForecast> page = found.subList(0, Math.min(limit, found.size()));
    return new Page(
        page.stream().map(ForecastResource::summary).toList(),
        found.size() > limit ? cursor(page.getLast().sequence) : null);
  }

  /// One forecast of the history, whole.
  @GET
  @Path("forecasts/{forecast}")
  public Response past(
      @PathParam("patient") UUID patient,
      @PathParam("forecast") UUID forecast,
      @Context Request request) {
    return forecasts
        .find(patient, forecast)
        .map(found -> answer(found, request))
        .orElseThrow(() -> Problems.notFound("forecast", "The patient has no such forecast."));
  }

  private void requireKnown(UUID patient) {
    if (!dossiers.knows(patient)) {
      HttpProblem problem =
          Problems.notFound("patient", "No such patient has arrived here, or not yet.");
      throw HttpProblem.builder(problem).withHeader(HttpHeaders.RETRY_AFTER, SOON).build();
    }
  }

  private Response answer(StoredForecast forecast, Request request) {
    var tag = new EntityTag(forecast.forecastId.toString());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return unchanged != null ? unchanged.build() : Response.ok(body(forecast)).tag(tag).build();
  }

  private ObjectNode body(StoredForecast forecast) {
    try {
      Class<?> type =
          forecast.status.equals("computed") ? ForecastComputed.class : ForecastRefused.class;
      ObjectNode body = json.createObjectNode();
      body.put("status", forecast.status);
      body.put("computedAt", forecast.computedAt.toString());
      return body.setAll((ObjectNode) json.valueToTree(json.readValue(forecast.body, type)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored forecast cannot be read", e);
    }
  }

  private static Summary summary(StoredForecast forecast) {
    return new Summary(
        forecast.forecastId,
        forecast.status,
        forecast.asOf,
        forecast.computedAt,
        forecast.modelVersion,
        forecast.parameterHash,
        forecast.inputsHash);
  }

  private static String cursor(long sequence) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Long.toString(sequence).getBytes(UTF_8));
  }

  private static long position(String cursor) {
    try {
      return Long.parseLong(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
    } catch (IllegalArgumentException e) {
      throw Problems.invalid(
          List.of(
              new Problems.Violation(
                  "cursor", "query", "This is no cursor that an earlier page gave.")));
    }
  }
}
