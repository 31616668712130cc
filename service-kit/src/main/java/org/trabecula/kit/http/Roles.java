package org.trabecula.kit.http;

/// Who may do what; a token names them in its `groups`.
public final class Roles {
  /// Treats patients: reads and writes.
  public static final String CLINICIAN = "clinician";

  /// May set a blocking rule aside with a reason; a clinician's token names this role besides.
  public static final String PRESCRIBER = "prescriber";

  /// A system of the clinic or a laboratory: writes patients and results, reads.
  public static final String INTEGRATION = "integration";

  /// Reads only.
  public static final String VIEWER = "viewer";

  /// Sets a clinic up and erases patients at their wish; treats nobody.
  public static final String ADMINISTRATOR = "administrator";

  private Roles() {}
}
