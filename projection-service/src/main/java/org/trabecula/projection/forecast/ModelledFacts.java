package org.trabecula.projection.forecast;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.engine.ForecastEngine;
import org.trabecula.engine.Person.CortisolDiagnosis;
import org.trabecula.engine.Person.Factor;

/// What of the known clinical facts the model reads, in its own words. What is unknown, absent or
/// over shifts nothing.
record ModelledFacts(ProfileRecorded profile) {

  /// In one order, whatever the order in which they were stated.
  List<Factor> factors() {
    Stream<Factor> stated =
        facts()
            .filter(fact -> !fact.code().equals("smoking"))
            .flatMap(fact -> factor(fact).stream());
    return Stream.concat(stated, smoking().stream())
        .filter(ForecastEngine.factors()::contains)
        .distinct()
        .sorted(Comparator.comparing(Factor::code).thenComparing(Factor::value))
        .toList();
  }

  /// Only a diagnosis moves the model. Two that contradict each other are none.
  @Nullable CortisolDiagnosis cortisol() {
    boolean high = isPresent("hypercortisolism");
    boolean low = isPresent("adrenal-insufficiency");
    if (high == low) {
      return null;
    }
    return high ? CortisolDiagnosis.HYPERCORTISOLISM : CortisolDiagnosis.HYPOCORTISOLISM;
  }

  /// The profile's own field, which a stated fact has answered already where the clinic has not.
  private Optional<Factor> smoking() {
    return switch (profile.smoking()) {
      case NEVER -> Optional.of(new Factor("smoking", "never"));
      case CURRENT -> Optional.of(new Factor("smoking", "current"));
      case FORMER, UNKNOWN -> Optional.empty();
    };
  }

  private static Optional<Factor> factor(Fact fact) {
    if (fact.coded() != null) {
      return Optional.of(new Factor(fact.code(), fact.coded()));
    }
    return isPresent(fact) ? Optional.of(new Factor(fact.code(), "yes")) : Optional.empty();
  }

  private boolean isPresent(String code) {
    return facts().anyMatch(fact -> fact.code().equals(code) && isPresent(fact));
  }

  private static boolean isPresent(Fact fact) {
    return fact.presence() == Presence.PRESENT && fact.until() == null;
  }

  private Stream<Fact> facts() {
    return Objects.requireNonNullElse(profile.facts(), List.<Fact>of()).stream();
  }
}
