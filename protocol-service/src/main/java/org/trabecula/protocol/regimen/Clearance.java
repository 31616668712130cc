package org.trabecula.protocol.regimen;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.kit.http.Roles;

/// Whether an order may become active although rules block it: only what a prescriber sets aside,
/// with a reason, and only rules that can be set aside.
final class Clearance {
  private static final int UNPROCESSABLE = 422;

  private Clearance() {}

  /// Who orders.
  ///
  /// @param subject of the token
  /// @param prescriber whether the token lets them set rules aside
  record Orderer(String subject, boolean prescriber) {}

  /// The rules that are set aside by this order.
  ///
  /// @param blocking what keeps it from becoming active
  /// @param found everything that rules found
  /// @throws HttpProblem naming each rule that still blocks, and each override that is none
  static List<SetAside> clear(
      List<Ruling> blocking,
      List<Finding> found,
      List<RegimenOrder.Override> overrides,
      Orderer orderer,
      Instant now) {
    var violations = new ArrayList<Violation>();
    Set<String> blocked = new TreeSet<>();
    Set<String> hard = new TreeSet<>();
    for (Ruling ruling : blocking) {
      blocked.add(ruling.finding().rule());
      if (ruling.rule() != null && ruling.rule().hard()) {
        hard.add(ruling.finding().rule());
      }
    }
    Set<String> aside = new TreeSet<>();
    IntStream.range(0, overrides.size())
        .forEach(
            i -> {
              String rule = overrides.get(i).rule();
              String refusal = refusal(rule, blocked, hard, orderer);
              if (refusal != null) {
                violations.add(Violation.body("overrides[" + i + "].rule", rule, refusal));
              } else {
                aside.add(rule);
              }
            });
    blocking.stream()
        .map(Ruling::finding)
        .filter(finding -> !aside.contains(finding.rule()))
        .forEach(
            finding -> violations.add(Violation.body("steps", finding.rule(), finding.message())));
    if (!violations.isEmpty()) {
      throw blocked(violations, found);
    }
    return overrides.stream()
        .map(
            override ->
                new SetAside(
                    override.rule(), override.reason(), orderer.subject(), Roles.PRESCRIBER, now))
        .toList();
  }

  private static @Nullable String refusal(
      String rule, Set<String> blocked, Set<String> hard, Orderer orderer) {
    if (!blocked.contains(rule)) {
      return "blocks nothing here, so there is nothing to set aside";
    }
    if (hard.contains(rule)) {
      return "cannot be set aside";
    }
    return orderer.prescriber() ? null : "is set aside by a prescriber only";
  }

  private static HttpProblem blocked(List<Violation> violations, List<Finding> found) {
    return HttpProblem.builder()
        .withStatus(UNPROCESSABLE)
        .withTitle("Blocked by safety rules")
        .withDetail(
            "The order is not stored. A prescriber may set a rule aside with a reason, in `overrides`.")
        .with("violations", violations)
        .with("findings", found)
        .build();
  }
}
