package org.trabecula.clinicalrules.regulatory;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;

/// A table that is refused, with all that is wrong in it, by line.
public final class UnreadableTable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  UnreadableTable(List<Mistake> mistakes) {
    super(
        "The regulatory table cannot be read: "
            + mistakes.stream().map(Mistake::toString).collect(joining("; ")));
    this.mistakes = mistakes.stream().sorted(Comparator.comparingInt(Mistake::line)).toList();
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
