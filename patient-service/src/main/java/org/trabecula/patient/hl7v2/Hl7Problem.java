package org.trabecula.patient.hl7v2;

import java.util.List;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;

/// A message is not taken. The whole of it is refused, and nothing has happened.
class Hl7Problem extends RuntimeException {
  private final Verdict verdict;
  private final int status;
  private final transient List<Remark> remarks;

  Hl7Problem(Verdict verdict, int status, List<Remark> remarks) {
    super("refused with " + verdict + " and status " + status);
    this.verdict = verdict;
    this.status = status;
    this.remarks = List.copyOf(remarks);
  }

  /// HL7 table 0008, in original mode.
  enum Verdict {
    /// Taken.
    AA,
    /// What it says cannot be taken.
    AE,
    /// It is no message that is read here.
    AR
  }

  static Hl7Problem rejected(int status, Location at, Condition condition, String text) {
    return new Hl7Problem(Verdict.AR, status, List.of(Remark.error(at, condition, text)));
  }

  static Hl7Problem rejected(Location at, Condition condition, String text) {
    return rejected(400, at, condition, text);
  }

  Verdict verdict() {
    return verdict;
  }

  int status() {
    return status;
  }

  List<Remark> remarks() {
    return remarks;
  }
}
