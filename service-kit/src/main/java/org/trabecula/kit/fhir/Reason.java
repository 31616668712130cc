package org.trabecula.kit.fhir;

import java.util.Locale;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/// Why something was not done, for programs: the codes of our own code system, which never change
/// their meaning.
public enum Reason {
  /// No JSON, no FHIR, or an element that FHIR does not know.
  MALFORMED(IssueType.STRUCTURE),
  /// An element's value cannot be right.
  INVALID_VALUE(IssueType.VALUE),
  /// Something is missing that must be there.
  REQUIRED(IssueType.REQUIRED),
  /// It may be right, but is nothing that is done here.
  NOT_SUPPORTED(IssueType.NOTSUPPORTED),
  /// What was sent is right, and is nothing that is kept here.
  NOT_STORED(IssueType.NOTSUPPORTED),
  /// A search parameter that is not known here, or a value that it cannot have.
  SEARCH_PARAMETER(IssueType.INVALID),
  /// A reference leads nowhere.
  UNKNOWN_REFERENCE(IssueType.NOTFOUND),
  /// There is no such resource.
  NOT_FOUND(IssueType.NOTFOUND),
  /// It contradicts what is stored.
  CONFLICT(IssueType.CONFLICT),
  /// More than one resource meets the criteria.
  MULTIPLE_MATCHES(IssueType.MULTIPLEMATCHES),
  /// An update that does not say which version it changes.
  VERSION_REQUIRED(IssueType.REQUIRED),
  /// An update of a version that is not the present one.
  VERSION_CONFLICT(IssueType.CONFLICT),
  TOO_LARGE(IssueType.TOOLONG),
  NOT_AUTHENTICATED(IssueType.LOGIN),
  FORBIDDEN(IssueType.FORBIDDEN),
  /// The fault is ours.
  INTERNAL(IssueType.EXCEPTION),
  /// Nothing is wrong; it is only said.
  NOTE(IssueType.INFORMATIONAL);

  public static final String SYSTEM = "urn:trabecula:fhir:reason";

  private final IssueType type;

  Reason(IssueType type) {
    this.type = type;
  }

  IssueType type() {
    return type;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  CodeableConcept details() {
    var details = new CodeableConcept();
    details.addCoding().setSystem(SYSTEM).setCode(code());
    return details;
  }

  public static Reason ofStatus(int status) {
    return switch (status) {
      case 401 -> NOT_AUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405, 406, 415 -> NOT_SUPPORTED;
      case 409 -> CONFLICT;
      case 412 -> VERSION_CONFLICT;
      case 413 -> TOO_LARGE;
      case 428 -> VERSION_REQUIRED;
      default -> status < 500 ? MALFORMED : INTERNAL;
    };
  }
}
