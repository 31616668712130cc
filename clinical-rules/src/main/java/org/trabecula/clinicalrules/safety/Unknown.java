package org.trabecula.clinicalrules.safety;

/// A condition asked for something that nobody has stated, or that was stated too long ago.
///
/// The language turns it into CEL's unknown, which `||` and `&&` absorb when the other side
/// decides: conditions follow Kleene's logic, and what remains unknown is unknown as a whole.
final class Unknown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unknown(String what) {
    super(what, null, false, false);
  }
}
