package org.trabecula.protocol.regimen;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.patient.KnownPatient;
import org.trabecula.protocol.template.Protocol;
import org.trabecula.protocol.template.Protocols;

/// Turns what was sent into an order, or says everything that is wrong with it.
@ApplicationScoped
class RegimenOrders {
  private static final int MOST_STEPS = 50;

  private final Agents agents;
  private final Protocols protocols;

  RegimenOrders(Agents agents, Protocols protocols) {
    this.agents = agents;
    this.protocols = protocols;
  }

  /// @param today the latest date that it is anywhere
  RegimenOrder accept(@Nullable RegimenRequest request, KnownPatient patient, LocalDate today) {
    if (request == null) {
      throw Problems.invalid("", "The request has no body.");
    }
    Protocol protocol = protocol(request.protocol());
    List<Violation> violations = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    List<StepReading> readings = readings(request, protocol, violations);
    for (StepReading reading : readings) {
      Step step = reading.read(agents, patient, today, violations);
      if (step != null) {
        steps.add(step);
      }
    }
    if (!violations.isEmpty()) {
      throw Problems.invalid(violations);
    }
    return new RegimenOrder(
        protocol == null ? null : new RegimenAssigned.Protocol(protocol.code(), protocol.version()),
        List.copyOf(steps));
  }

  private @Nullable Protocol protocol(RegimenRequest.@Nullable Template template) {
    if (template == null) {
      return null;
    }
    String code = template.code();
    if (code == null || protocols.find(code, null).isEmpty()) {
      throw Problems.invalid(
          "protocol.code", "is no published protocol; GET /v1/protocols lists them");
    }
    return protocols
        .find(code, template.version())
        .orElseThrow(
            () -> Problems.invalid("protocol.version", "is no published version of " + code));
  }

  private static List<StepReading> readings(
      RegimenRequest request, @Nullable Protocol protocol, List<Violation> violations) {
    List<RegimenRequest.@Nullable Step> sent = request.steps();
    if (sent == null && protocol != null) {
      return ofTemplate(protocol, request.start(), violations);
    }
    if (sent == null || sent.isEmpty() || sent.size() > MOST_STEPS) {
      violations.add(
          Violation.body("steps", "must be 1 to " + MOST_STEPS + ", unless a protocol gives them"));
      return List.of();
    }
    if (request.start() != null) {
      violations.add(
          Violation.body("start", "is for the steps of a protocol; each step sent has its own"));
    }
    var readings = new ArrayList<StepReading>();
    for (int i = 0; i < sent.size(); i++) {
      readings.add(new StepReading("steps[" + i + "]", sent.get(i)));
    }
    return readings;
  }

  private static List<StepReading> ofTemplate(
      Protocol protocol, @Nullable LocalDate start, List<Violation> violations) {
    if (start == null) {
      violations.add(Violation.body("start", "is needed when the protocol gives the steps"));
      return List.of();
    }
    return protocol.steps().stream()
        .map(
            step ->
                new StepReading(
                    "",
                    new RegimenRequest.Step(
                        step.agent(),
                        new RegimenRequest.Dose(step.dose().value(), step.dose().unit()),
                        step.route(),
                        step.intervalDays(),
                        step.asNeededPerWeek(),
                        start,
                        null)))
        .toList();
  }
}
