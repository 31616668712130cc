package org.trabecula.clinicalrules.safety;

/// A condition asked for something that nobody has stated, or that was stated too long ago.
///
/// CEL's `||` and `&&` absorb it when the other side decides, so conditions follow Kleene's logic:
/// what remains unknown is unknown as a whole.
final class Unknown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unknown(String what) {
    super(what, null, false, false);
  }
}
