package org.trabecula.localstack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the bearer of a demo token may do. The services read it from the token's `groups`.
public enum Role {
  /// Reads and writes patients, results and regimens of one clinic.
  CLINICIAN,

  /// A clinician who may set safety rules aside with a reason.
  PRESCRIBER,

  /// A system that writes results, such as a laboratory's interface engine.
  INTEGRATION,
  /// Reads only.
  VIEWER,

  /// Sets a clinic up and erases patients.
  ADMINISTRATOR;

  /// What the token names as `groups`.
  public List<String> groups() {
    return this == PRESCRIBER ? List.of(CLINICIAN.word(), word()) : List.of(word());
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws StackFailure naming the roles there are
  public static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new StackFailure(
        "There is no role '%s'; the roles are %s."
            .formatted(
                word, Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "))));
  }
}
