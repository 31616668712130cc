package org.trabecula.patient.hl7v2;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.datatype.HD;
import ca.uhn.hl7v2.model.v251.message.ACK;
import ca.uhn.hl7v2.model.v251.segment.ERR;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.DeepCopy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.hl7v2.Hl7Problem.Verdict;
import org.trabecula.patient.hl7v2.Remark.Location;
import org.trabecula.patient.hl7v2.Remark.Severity;

/// Writes acknowledgments: ACK^R01 in ER7 and UTF-8, each remark an ERR segment of version 2.5.1.
@Singleton
class Acknowledgments {
  static final String MEDIA_TYPE = "application/hl7-v2";

  /// More than that are counted, not listed.
  private static final int MOST_REMARKS = 500;

  private static final int LONGEST_TEXT = 300;
  /// A name that is longer is not said back: common parsers refuse such an acknowledgment.
  private static final int LONGEST_NAME = 199;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");

  private final Segments segments;
  private final Clock clock = Clock.systemUTC();

  Acknowledgments(Segments segments) {
    this.segments = segments;
  }

  /// @param header of the message; null when even that could not be read
  String write(@Nullable Header header, Verdict verdict, List<Remark> remarks) {
    try {
      var ack = new ACK();
      header(ack.getMSH(), header);
      ack.getMSA().getMsa1_AcknowledgmentCode().setValue(verdict.name());
      if (header != null) {
        ack.getMSA().getMsa2_MessageControlID().setValue(header.controlId());
      }
      if (verdict != Verdict.AA) {
        // Deprecated since 2.4, and what interface engines still show.
        ack.getMSA().getMsa3_TextMessage().setValue(summary(remarks));
      }
      List<Remark> listed = listed(remarks);
      for (int i = 0; i < listed.size(); i++) {
        error(ack.getERR(i), listed.get(i));
      }
      return segments.write(ack);
    } catch (HL7Exception e) {
      throw new IllegalStateException("An acknowledgment cannot be written", e);
    }
  }

  private void header(MSH msh, @Nullable Header of) throws HL7Exception {
    msh.getMsh1_FieldSeparator().setValue("|");
    msh.getMsh2_EncodingCharacters().setValue("^~\\&");
    if (of != null && of.msh().segment() instanceof MSH theirs) {
      repeat(theirs.getMsh5_ReceivingApplication(), msh.getMsh3_SendingApplication());
      repeat(theirs.getMsh6_ReceivingFacility(), msh.getMsh4_SendingFacility());
      repeat(theirs.getMsh3_SendingApplication(), msh.getMsh5_ReceivingApplication());
      repeat(theirs.getMsh4_SendingFacility(), msh.getMsh6_ReceivingFacility());
    }
    msh.getMsh7_DateTimeOfMessage()
        .getTs1_Time()
        .setValue(TIME.format(Instant.now(clock).atOffset(ZoneOffset.UTC)));
    msh.getMsh9_MessageType().getMsg1_MessageCode().setValue("ACK");
    msh.getMsh9_MessageType().getMsg2_TriggerEvent().setValue("R01");
    msh.getMsh9_MessageType().getMsg3_MessageStructure().setValue("ACK");
    // The field has 20 characters up to version 2.5.
    msh.getMsh10_MessageControlID()
        .setValue(UUID.randomUUID().toString().replace("-", "").substring(0, 20));
    msh.getMsh11_ProcessingID().getPt1_ProcessingID().setValue("P");
    msh.getMsh12_VersionID()
        .getVid1_VersionID()
        .setValue(of == null || !of.isOfKnownVersion() ? "2.5.1" : of.version());
    msh.getMsh18_CharacterSet(0).setValue("UNICODE UTF-8");
  }

  private static void repeat(HD theirs, HD ours) throws HL7Exception {
    if (PipeParser.encode(theirs, EncodingCharacters.defaultInstance()).length() <= LONGEST_NAME) {
      DeepCopy.copy(theirs, ours);
    }
  }

  private static List<Remark> listed(List<Remark> remarks) {
    if (remarks.size() <= MOST_REMARKS) {
      return remarks;
    }
    var listed = new ArrayList<>(remarks.subList(0, MOST_REMARKS));
    listed.add(
        Remark.information(
            Location.MESSAGE, (remarks.size() - MOST_REMARKS) + " more are not listed."));
    return listed;
  }

  private static String summary(List<Remark> remarks) {
    List<Remark> errors =
        remarks.stream().filter(remark -> remark.severity() == Severity.ERROR).toList();
    Remark first = errors.getFirst();
    String text = first.at() + ": " + first.text();
    // The field has 80 characters.
    String more = errors.size() == 1 ? "" : " (+" + (errors.size() - 1) + ")";
    return (text.length() > 70 ? text.substring(0, 67) + "..." : text) + more;
  }

  private static void error(ERR err, Remark remark) throws HL7Exception {
    Location at = remark.at();
    var location = err.getErr2_ErrorLocation(0);
    location.getErl1_SegmentID().setValue(at.segment());
    location.getErl2_SegmentSequence().setValue(Integer.toString(at.sequence()));
    if (at.field() > 0) {
      location.getErl3_FieldPosition().setValue(Integer.toString(at.field()));
    }
    if (at.repetition() > 0) {
      location.getErl4_FieldRepetition().setValue(Integer.toString(at.repetition()));
    }
    if (at.component() > 0) {
      location.getErl5_ComponentNumber().setValue(Integer.toString(at.component()));
    }
    err.getErr3_HL7ErrorCode().getCwe1_Identifier().setValue(remark.condition().code);
    err.getErr3_HL7ErrorCode().getCwe2_Text().setValue(remark.condition().display);
    err.getErr3_HL7ErrorCode().getCwe3_NameOfCodingSystem().setValue("HL70357");
    err.getErr4_Severity().setValue(remark.severity().code);
    err.getErr8_UserMessage().setValue(shortened(remark.text()));
  }

  private static String shortened(String text) {
    String printable =
        text.codePoints()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .limit(LONGEST_TEXT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return printable;
  }
}
