package org.trabecula.patient.hl7v2;

/// One thing that an acknowledgment says about a message: an ERR segment.
record Remark(Location at, Condition condition, Severity severity, String text) {

  static Remark error(Location at, Condition condition, String text) {
    return new Remark(at, condition, Severity.ERROR, text);
  }

  static Remark warning(Location at, String text) {
    return new Remark(at, Condition.ACCEPTED, Severity.WARNING, text);
  }

  static Remark information(Location at, String text) {
    return new Remark(at, Condition.ACCEPTED, Severity.INFORMATION, text);
  }

  /// Where in the message, as ERL says it.
  ///
  /// @param sequence which of the segments of this name, from 1
  /// @param field 0 for the whole segment, as are the others for the whole of what holds them
  record Location(String segment, int sequence, int field, int repetition, int component) {
    static final Location MESSAGE = of("MSH", 1, 0);

    static Location of(String segment, int sequence, int field) {
      return new Location(segment, sequence, field, 0, 0);
    }

    /// `OBX[2]-5`: the fifth field of the second OBX.
    @Override
    public String toString() {
      return segment + "[" + sequence + "]" + (field == 0 ? "" : "-" + field);
    }
  }

  /// HL7 table 0357.
  enum Condition {
    ACCEPTED("0", "Message accepted"),
    SEQUENCE("100", "Segment sequence error"),
    REQUIRED("101", "Required field missing"),
    DATA_TYPE("102", "Data type error"),
    TABLE_VALUE("103", "Table value not found"),
    MESSAGE_TYPE("200", "Unsupported message type"),
    EVENT("201", "Unsupported event code"),
    PROCESSING("202", "Unsupported processing id"),
    VERSION("203", "Unsupported version id"),
    UNKNOWN_KEY("204", "Unknown key identifier"),
    DUPLICATE_KEY("205", "Duplicate key identifier"),
    REFUSED("207", "Application internal error");

    final String code;
    final String display;

    Condition(String code, String display) {
      this.code = code;
      this.display = display;
    }
  }

  /// HL7 table 0516.
  enum Severity {
    ERROR("E"),
    WARNING("W"),
    INFORMATION("I");

    final String code;

    Severity(String code) {
      this.code = code;
    }
  }
}
