package org.trabecula.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a file of trials: an outcome of an arm at one time. `trials.md` explains the columns.
///
/// @param line in the file, for messages
/// @param meanAge y
/// @param menopauseYears years since the final menstrual period, negative before it
/// @param window years from the final menstrual period, when the outcome spans them
/// @param testosterone mean baseline level, ng/dL
/// @param estradiol mean baseline level, pg/mL
/// @param prednisone mg/d on study, the same exposure as a prednisone entry among the agents
/// @param adherence 0 to 1
/// @param monthsBefore on the agents before baseline; null when unknown
/// @param withdrawal whether the agents were stopped at baseline
/// @param months from baseline
/// @param change per cent from baseline, or difference from placebo of it; null when the row has
/// none
record TrialRow(
    int line,
    String trial,
    Sex sex,
    @Nullable Double meanAge,
    Menopause menopause,
    @Nullable Double menopauseYears,
    @Nullable Window window,
    String hypogonadism,
    @Nullable Double testosterone,
    @Nullable Double estradiol,
    boolean growthHormoneDeficiency,
    @Nullable Double prednisone,
    @Nullable Double bmi,
    @Nullable Double adherence,
    List<Dose> agents,
    @Nullable Double monthsBefore,
    boolean withdrawal,
    String usable,
    String usableNote,
    @Nullable Double number,
    String arm,
    boolean control,
    String phase,
    String outcome,
    double months,
    @Nullable Double change,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable Double sd,
    @Nullable Double se,
    String estimate,
    boolean versusPlacebo,
    String provenance,
    String confidence,
    String notes) {

  enum Sex {
    F,
    M,
    MF
  }

  enum Menopause {
    PRE,
    PERI,
    POST,
    SURGICAL,
    NA
  }

  record Window(double from, double to) {}

  /// One entry of `agents_norm`.
  record Dose(
      String code, double amount, String unit, String route, double intervalDays, String form) {

    boolean isNothing() {
      return code.equals("none")
          || code.equals("placebo")
          || amount == 0 && !code.endsWith("ectomy");
    }
  }

  boolean recalled() {
    return provenance.startsWith("recalled");
  }

  boolean perYear() {
    return estimate.equals("percent_per_year");
  }
}
