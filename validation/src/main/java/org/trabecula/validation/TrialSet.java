package org.trabecula.validation;

import java.util.ArrayList;
import java.util.List;
import org.trabecula.engine.Agents;
import org.trabecula.validation.TrialFile.Rejected;

/// The rows of a file as questions, and those that are none, with the reason.
record TrialSet(List<Question> questions, List<Rejected> skipped) {

  static TrialSet of(TrialFile file) {
    Questions reader = new Questions(Agents.shipped());
    List<Question> questions = new ArrayList<>();
    List<Rejected> skipped = new ArrayList<>(file.rejected());
    for (TrialRow row : file.rows()) {
      try {
        questions.add(reader.of(row));
      } catch (Questions.Unrepresentable e) {
        skipped.add(new Rejected(row.line(), row.trial(), String.valueOf(e.getMessage())));
      }
    }
    return new TrialSet(questions, skipped);
  }

  /// What the calibration fits: trials and anchors.
  static List<Question> forCalibration() {
    List<Question> all = new ArrayList<>(of(TrialFile.trials()).questions());
    all.addAll(of(TrialFile.anchors()).questions());
    return all;
  }
}
