package org.trabecula.patient.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who a patient is to the people of the clinic. None of it ever leaves this service in an event.
///
/// @param identifiers numbers of the clinic's own record systems; no social security number, no
/// passport
public record Person(List<Identifier> identifiers, @Nullable Name name) {
  public Person {
    identifiers = List.copyOf(identifiers);
  }

  /// @param system who gives the number, a URI
  public record Identifier(String system, String value) {}

  /// The name to show.
  public record Name(@Nullable String given, @Nullable String family) {}
}
