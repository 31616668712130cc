package org.trabecula.kit.fhir;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The `Prefer` header, as far as it is understood here.
///
/// @param handling what is to become of what we do not support; null when the caller leaves it to
/// us
/// @param returned what an answer to a write holds; null when the caller leaves it to us
public record Preferences(@Nullable Handling handling, @Nullable Returned returned) {
  public enum Handling {
    STRICT,
    LENIENT
  }

  public enum Returned {
    MINIMAL,
    REPRESENTATION,
    OPERATIONOUTCOME
  }

  public static Preferences of(@Nullable String header) {
    List<String> stated =
        header == null
            ? List.of()
            : Arrays.stream(header.split("[,;]"))
                .map(preference -> preference.strip().toUpperCase(Locale.ROOT))
                .toList();
    return new Preferences(
        stated("HANDLING=", Handling.values(), stated),
        stated("RETURN=", Returned.values(), stated));
  }

  public boolean isStrict() {
    return handling == Handling.STRICT;
  }

  public boolean isLenient() {
    return handling == Handling.LENIENT;
  }

  private static <E extends Enum<E>> @Nullable E stated(
      String name, E[] values, List<String> stated) {
    for (E value : values) {
      if (stated.contains(name + value.name())) {
        return value;
      }
    }
    return null;
  }
}
