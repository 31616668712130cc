package org.trabecula.protocol.cds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;

/// What a client asks. Members that are not read here, such as `prefetch`, may be anything.
///
/// @param patient as the client names them
/// @param orders resources of the draft orders that are asked about, in their order
/// @param others what stands beside them in the Bundle, such as a Medication
record HookRequest(UUID hookInstance, String patient, List<Drafted> orders, List<JsonNode> others) {
  private static final int MOST_ORDERS = 50;
  private static final String ORDER = "MedicationRequest";

  /// @param reference such as `MedicationRequest/draft-1`, or the place in the Bundle where it has
  /// no id
  record Drafted(String reference, JsonNode resource) {}

  /// @throws io.quarkiverse.resteasy.problem.HttpProblem naming each field that will not do
  static HookRequest of(@Nullable JsonNode body, Service service) {
    if (body == null || !body.isObject()) {
      throw Problems.invalid("", "The body is no JSON object, or none at all.");
    }
    return new Reading(body, service).read();
  }

  private static final class Reading {
    private final JsonNode body;
    private final Service service;
    private final List<Violation> violations = new ArrayList<>();

    private Reading(JsonNode body, Service service) {
      this.body = body;
      this.service = service;
    }

    private HookRequest read() {
      if (!service.hook().equals(body.path("hook").asText())) {
        refuse("hook", "must be " + service.hook() + " for this service");
      }
      UUID instance = uuid();
      JsonNode context = object(body, "context", "context");
      text(context, "userId");
      String patient = text(context, "patientId");
      var orders = new ArrayList<Drafted>();
      var others = new ArrayList<JsonNode>();
      entries(context, orders, others);
      List<Drafted> asked =
          service == Service.ORDER_SELECT ? selected(context, orders) : List.copyOf(orders);
      if (!violations.isEmpty() || instance == null) {
        throw Problems.invalid(violations);
      }
      return new HookRequest(instance, patient, asked, List.copyOf(others));
    }

    private void refuse(String field, String message) {
      violations.add(Violation.body(field, message));
    }

    private @Nullable UUID uuid() {
      String text = body.path("hookInstance").asText();
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        refuse("hookInstance", "must be a UUID");
        return null;
      }
    }

    private JsonNode object(JsonNode parent, String field, String path) {
      JsonNode value = parent.path(field);
      if (!value.isObject()) {
        refuse(path, "must be an object");
      }
      return value;
    }

    private String text(JsonNode context, String field) {
      JsonNode value = context.path(field);
      if (!value.isTextual() || value.asText().isBlank()) {
        refuse("context." + field, "must be a text");
      }
      return value.asText();
    }

    private void entries(JsonNode context, List<Drafted> orders, List<JsonNode> others) {
      String path = "context.draftOrders";
      JsonNode bundle = object(context, "draftOrders", path);
      if (bundle.isObject() && !"Bundle".equals(bundle.path("resourceType").asText())) {
        refuse(path + ".resourceType", "must be Bundle");
      }
      JsonNode entries = bundle.path("entry");
      if (!entries.isMissingNode() && !entries.isArray()) {
        refuse(path + ".entry", "must be an array");
        return;
      }
      for (int i = 0; i < entries.size(); i++) {
        String place = path + ".entry[" + i + "]";
        JsonNode resource = object(entries.get(i), "resource", place + ".resource");
        if (ORDER.equals(resource.path("resourceType").asText())) {
          String id = resource.path("id").asText();
          orders.add(new Drafted(id.isEmpty() ? place : ORDER + "/" + id, resource));
        } else {
          others.add(resource);
        }
      }
      if (orders.size() > MOST_ORDERS) {
        refuse(path + ".entry", "must have at most " + MOST_ORDERS + " orders of medication");
      }
    }

    /// Selections of other kinds of orders are somebody else's to check.
    private List<Drafted> selected(JsonNode context, List<Drafted> orders) {
      JsonNode selections = context.path("selections");
      if (!selections.isArray()) {
        refuse("context.selections", "must be an array");
        return List.of();
      }
      var selected = new ArrayList<Drafted>();
      for (int i = 0; i < selections.size(); i++) {
        String reference = selections.get(i).asText();
        List<Drafted> found =
            orders.stream().filter(order -> order.reference().equals(reference)).toList();
        if (!selections.get(i).isTextual()
            || (found.isEmpty() && reference.startsWith(ORDER + "/"))) {
          refuse("context.selections[" + i + "]", "is no order of context.draftOrders");
        }
        selected.addAll(found);
      }
      return selected.stream().distinct().toList();
    }
  }
}
