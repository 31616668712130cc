package org.trabecula.patient.profile;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Quantity;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.Ucum;

/// What can be said of something that a patient takes, whichever way it is said.
public final class Medicine {
  private static final Pattern AGENT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int LONGEST = 200;

  private Medicine() {}

  public static void checkAgent(String field, String agent, Refusals refusals) {
    if (agent.length() > LONGEST || !AGENT.matcher(agent).matches()) {
      refusals.add(field, "Is no agent code, such as prednisolone.");
    }
  }

  /// @param prefix of the dose's own fields, such as `dailyDose.`
  public static void checkDailyDose(
      String prefix, @Nullable Quantity dose, Ucum ucum, Refusals refusals) {
    if (dose == null) {
      return;
    }
    if (dose.value() == null) {
      refusals.add(prefix + "value", "Is required.");
    } else if (dose.value().signum() <= 0 || Ucum.isUnwieldy(dose.value())) {
      refusals.add(prefix + "value", "Is no dose.");
    }
    if (dose.unit() == null) {
      refusals.add(prefix + "unit", "Is required.");
    } else if (!ucum.isCommensurable(dose.unit(), "mg/d")) {
      refusals.add(prefix + "unit", "Is no UCUM unit of mass a day, such as mg/d.");
    }
  }
}
