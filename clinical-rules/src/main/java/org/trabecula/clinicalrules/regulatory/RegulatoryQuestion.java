package org.trabecula.clinicalrules.regulatory;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Region;

/// What is asked of the table.
///
/// @param forms any of these forms; every form when empty
/// @param indication code; every indication when null
public record RegulatoryQuestion(
    Region region,
    String agent,
    Set<String> forms,
    Population population,
    @Nullable String indication) {

  public RegulatoryQuestion {
    forms = Set.copyOf(forms);
  }

  public static RegulatoryQuestion of(Region region, String agent) {
    return new RegulatoryQuestion(region, agent, Set.of(), Population.ANYONE, null);
  }
}
