package org.trabecula.patient.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.model.v251.segment.NTE;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.model.v251.segment.ORC;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.model.v251.segment.SPM;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.ModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;

/// Parses single segments, by the structures of version 2.5.1, whichever version they come in: the
/// fields that are read here have kept their places since 2.3.
///
/// A message is not parsed as a whole. Laboratories order segments as they like, and a parser that
/// knows the groups puts a segment it does not expect where nobody looks for it; here each one is
/// seen, in the order of the message, and forgotten when it has been read.
@Singleton
class Segments {
  private static final String VERSION = "2.5.1";

  /// Those that say something here; all others are passed over.
  static final Set<String> READ = Set.of("PID", "ORC", "OBR", "OBX", "NTE", "SPM");

  private final ModelClassFactory models = new CanonicalModelClassFactory(VERSION);
  private final PipeParser parser;

  Segments() {
    HapiContext context = new DefaultHapiContext(models);
    context.setValidationContext(ValidationContextFactory.noValidation());
    // A value of an unknown type is a text: what becomes of it is decided where it is read.
    context.getParserConfiguration().setDefaultObx2Type("ST");
    context.getParserConfiguration().setInvalidObx2Type("ST");
    parser = context.getPipeParser();
  }

  /// @param sequence which of the segments of this name, from 1
  /// @throws Hl7Problem when the parser makes nothing of it
  Part parse(String name, int sequence, String text, EncodingCharacters separators) {
    try {
      var message = new ORU_R01(models);
      message.setParser(parser);
      Segment segment = empty(name, message);
      parser.parse(segment, text, separators);
      return new Part(segment, name, sequence);
    } catch (HL7Exception | RuntimeException e) {
      throw Hl7Problem.rejected(
          Location.of(name, sequence, 0), Condition.DATA_TYPE, "The segment cannot be read.");
    }
  }

  String write(Message message) throws HL7Exception {
    return parser.encode(message);
  }

  private Segment empty(String name, ORU_R01 message) {
    return switch (name) {
      case "MSH" -> new MSH(message, models);
      case "PID" -> new PID(message, models);
      case "ORC" -> new ORC(message, models);
      case "OBR" -> new OBR(message, models);
      case "OBX" -> new OBX(message, models);
      case "NTE" -> new NTE(message, models);
      case "SPM" -> new SPM(message, models);
      default -> throw new IllegalArgumentException("No segment that is read here: " + name);
    };
  }

  /// A parsed segment. Positions count from 1, as HL7 counts them: `get(3, 1, 4)` is the fourth
  /// component of the first repetition of the third field.
  record Part(Segment segment, String name, int sequence) {
    /// Empty when nothing was sent, or the sender says that there is nothing (`""`).
    String get(int field, int repetition, int component, int subcomponent) {
      try {
        if (repetition > segment.getField(field).length) {
          return "";
        }
        String value = Terser.get(segment, field, repetition - 1, component, subcomponent);
        return value == null || value.equals("\"\"") ? "" : value.strip();
      } catch (HL7Exception e) {
        return "";
      }
    }

    String get(int field, int repetition, int component) {
      return get(field, repetition, component, 1);
    }

    String get(int field) {
      return get(field, 1, 1, 1);
    }

    int repetitions(int field) {
      try {
        return segment.getField(field).length;
      } catch (HL7Exception e) {
        return 0;
      }
    }

    /// The components of a field, such as an entity identifier, as one text.
    String joined(int field) {
      var components = new ArrayList<String>();
      for (int component = 1; component <= 4; component++) {
        components.add(get(field, 1, component));
      }
      return String.join("^", trimmed(components));
    }

    Location at(int field) {
      return Location.of(name, sequence, field);
    }

    Location at(int field, int repetition) {
      return new Location(name, sequence, field, repetition, 0);
    }

    private static List<String> trimmed(List<String> components) {
      int size = components.size();
      while (size > 0 && components.get(size - 1).isEmpty()) {
        size--;
      }
      return components.subList(0, size);
    }
  }
}
