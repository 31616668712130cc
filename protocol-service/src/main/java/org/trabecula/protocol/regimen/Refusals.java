package org.trabecula.protocol.regimen;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.trabecula.kit.http.Problems.Violation;

/// Everything that is wrong with what was sent, each by its field and the rule that it breaks.
final class Refusals {
  static final String AGENT = "AGENT-UNKNOWN";
  static final String ROUTE = "ROUTE-UNKNOWN";
  static final String UNIT = "UNIT-UNKNOWN";
  static final String DOSE_UNIT = "DOSE-UNIT";
  static final String DATES = "DATES-ORDER";
  static final String OVERLAP = "STEP-OVERLAP";
  static final String REGION = "REGION-UNKNOWN";
  static final String INTENT = "PROPOSAL-ORDER";
  static final String INDICATION = "INDICATION-UNKNOWN";
  static final String PROTOCOL = "PROTOCOL-UNKNOWN";

  private final Set<Violation> violations = new LinkedHashSet<>();

  /// Something without which nothing can be read.
  void add(String field, String message) {
    violations.add(Violation.body(field, message));
  }

  void add(String field, String rule, String message) {
    violations.add(Violation.body(field, rule, message));
  }

  int count() {
    return violations.size();
  }

  List<Violation> all() {
    return List.copyOf(violations);
  }

  static String list(Collection<?> allowed) {
    return String.join(", ", allowed.stream().map(Object::toString).toList());
  }
}
