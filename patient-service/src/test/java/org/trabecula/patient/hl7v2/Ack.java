package org.trabecula.patient.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.message.ACK;
import ca.uhn.hl7v2.model.v251.segment.ERR;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.parser.Parser;
import java.util.List;
import java.util.Objects;

/// An acknowledgment as its receiver reads it.
///
/// @param errors such as `OBX[2]-5 102 E Is no number ...`
record Ack(int status, String code, String controlId, List<String> errors, String text) {
  private static final Parser PARSER =
      new DefaultHapiContext(new CanonicalModelClassFactory("2.5.1")).getPipeParser();

  static Ack of(int status, String text) {
    try {
      var ack = (ACK) PARSER.parse(text);
      return new Ack(
          status,
          ack.getMSA().getMsa1_AcknowledgmentCode().getValue(),
          Objects.requireNonNullElse(ack.getMSA().getMsa2_MessageControlID().getValue(), ""),
          ack.getERRAll().stream().map(Ack::error).toList(),
          text);
    } catch (HL7Exception e) {
      throw new AssertionError("No acknowledgment: " + text, e);
    }
  }

  private static String error(ERR err) {
    var at = err.getErr2_ErrorLocation(0);
    String field = at.getErl3_FieldPosition().getValue();
    return "%s[%s]%s %s %s %s"
        .formatted(
            at.getErl1_SegmentID().getValue(),
            at.getErl2_SegmentSequence().getValue(),
            field == null ? "" : "-" + field,
            err.getErr3_HL7ErrorCode().getCwe1_Identifier().getValue(),
            err.getErr4_Severity().getValue(),
            err.getErr8_UserMessage().getValue());
  }
}
