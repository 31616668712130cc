package org.trabecula.patient.hl7v2;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.Refusals;
import org.trabecula.patient.hl7v2.Hl7Problem.Verdict;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;
import org.trabecula.patient.hl7v2.Segments.Part;

/// Who sends a message, what they call it, and of what kind it is: MSH.
record Header(Part msh, EncodingCharacters separators) {
  /// Later ones differ in nothing that is read here, earlier ones in what they call results.
  private static final Set<String> VERSIONS =
      Set.of(
          "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8", "2.8.1", "2.8.2",
          "2.9");

  private static final int LONGEST = 100;

  static Header of(Er7 message, Segments segments) {
    String text = message.segments().getFirst();
    int end = text.indexOf(text.charAt(3), 4);
    var separators =
        new EncodingCharacters(
            text.charAt(3), end < 0 ? text.substring(4) : text.substring(4, end));
    return new Header(segments.parse("MSH", 1, text, separators), separators);
  }

  String controlId() {
    return msh.get(10);
  }

  /// The source of what the message tells: facility and application.
  String sender() {
    return "urn:trabecula:source:hl7v2:"
        + URLEncoder.encode(msh.joined(4), UTF_8)
        + ":"
        + URLEncoder.encode(msh.joined(3), UTF_8);
  }

  /// The sending facility's name, else its identifier.
  String facility() {
    String name = msh.get(4, 1, 1);
    return name.isEmpty() ? msh.get(4, 1, 2) : name;
  }

  boolean isOfKnownVersion() {
    return VERSIONS.contains(version());
  }

  String version() {
    return msh.get(12);
  }

  /// What MSH-7 says of all times of the message that have no offset of their own.
  @Nullable ZoneOffset offset() {
    try {
      return Hl7Time.offsetOf(msh.get(7));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// @throws Hl7Problem unless this is the header of a message that is read here
  void check() {
    if (!msh.get(9, 1, 1).equals("ORU")) {
      throw Hl7Problem.rejected(
          Location.of("MSH", 1, 9), Condition.MESSAGE_TYPE, "Only ORU^R01 is read.");
    }
    if (!msh.get(9, 1, 2).equals("R01")) {
      throw Hl7Problem.rejected(Location.of("MSH", 1, 9), Condition.EVENT, "Only ORU^R01 is read.");
    }
    if (!isOfKnownVersion()) {
      throw Hl7Problem.rejected(
          Location.of("MSH", 1, 12), Condition.VERSION, "Versions 2.3 to 2.9 are read.");
    }
    if (!msh.get(11).equals("P")) {
      throw Hl7Problem.rejected(
          Location.of("MSH", 1, 11),
          Condition.PROCESSING,
          "Only P (production) is read: what is meant for training or debugging is about no patient.");
    }
    if (!msh.get(14).isEmpty()) {
      throw Hl7Problem.rejected(
          Location.of("MSH", 1, 14), Condition.REFUSED, "Continued messages are not read.");
    }
    requireNames();
  }

  private void requireNames() {
    var remarks = new ArrayList<Remark>();
    if (controlId().isEmpty()) {
      remarks.add(required(10, "Is required: a re-send is known by it."));
    }
    if (msh.joined(3).isEmpty() && msh.joined(4).isEmpty()) {
      remarks.add(required(4, "Is required, or MSH-3: results are known by who sends them."));
    }
    for (int field : new int[] {3, 4, 10}) {
      if (!isStorable(msh.joined(field))) {
        remarks.add(
            Remark.error(
                Location.of("MSH", 1, field),
                Condition.DATA_TYPE,
                "Has at most " + LONGEST + " characters, and no control characters."));
      }
    }
    if (!remarks.isEmpty()) {
      throw new Hl7Problem(Verdict.AR, 400, remarks);
    }
  }

  private static Remark required(int field, String text) {
    return Remark.error(Location.of("MSH", 1, field), Condition.REQUIRED, text);
  }

  private static boolean isStorable(String text) {
    var refusals = new Refusals();
    refusals.checkText("", text.isEmpty() ? null : text, LONGEST);
    return refusals.isEmpty();
  }
}
