package org.trabecula.clinicalrules.safety;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.RegimenAssigned.Basis;

/// What one rule asked for while it was evaluated: what it was told, and what nobody could tell.
final class Log {
  private final Map<String, Basis> told = new LinkedHashMap<>();
  private final Set<String> missing = new TreeSet<>();

  void tell(String fact, String stated, @Nullable LocalDate on) {
    told.putIfAbsent(fact, new Basis(fact, stated, on));
  }

  Unknown unknown(String fact) {
    missing.add(fact);
    return new Unknown(fact);
  }

  List<Basis> told() {
    return List.copyOf(told.values());
  }

  Set<String> missing() {
    return missing;
  }
}
