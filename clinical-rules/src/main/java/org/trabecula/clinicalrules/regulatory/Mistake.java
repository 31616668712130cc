package org.trabecula.clinicalrules.regulatory;

/// Something in a table that cannot be read.
///
/// @param line of the file, the header being 1
/// @param column as the header names it; `row` when it is the row as a whole
public record Mistake(int line, String column, String reason) {

  @Override
  public String toString() {
    return "line " + line + ", " + column + ": " + reason;
  }
}
