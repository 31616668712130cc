package org.trabecula.patient.hl7v2;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Source;
import org.trabecula.contracts.MeasurementRecorded.Status;
import org.trabecula.patient.clinic.ClinicSettings;
import org.trabecula.patient.hl7v2.Remark.Condition;
import org.trabecula.patient.hl7v2.Remark.Location;
import org.trabecula.patient.hl7v2.ResultPlan.Stated;
import org.trabecula.patient.hl7v2.ResultPlan.TakenBack;
import org.trabecula.patient.hl7v2.Segments.Part;
import org.trabecula.patient.measurement.Catalogue;
import org.trabecula.patient.measurement.SubmittedMeasurement;
import org.trabecula.patient.measurement.SubmittedMeasurement.Interval;

/// Walks through a message, segment by segment.
///
/// What a result needs of segments that may come later, such as the time in SPM or that the patient
/// had fasted, is added at the end.
class ResultReader {
  private static final String LOINC = "LN";
  private static final String FASTING_STATUS = "49541-6";
  private static final Set<String> SNOMED = Set.of("SCT", "SNM", "http://snomed.info/sct");

  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");
  private static final int LONGEST_NOTE = 2_000;

  private final Header header;
  private final Segments segments;
  private final Catalogue catalogue;
  private final ClinicSettings settings;

  private final Map<String, Integer> sequences = new HashMap<>();
  private final List<Remark> faults = new ArrayList<>();
  private final List<Remark> notes = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private final List<TakenBack> takenBack = new ArrayList<>();
  private final Map<String, Fasting> fasting = new HashMap<>();
  private final List<FastingEvidence> evidence = new ArrayList<>();
  private String last = "MSH";
  private @Nullable Subject subject;
  private @Nullable Part orc;
  private @Nullable Order order;
  private List<String> words = new ArrayList<>();

  ResultReader(Header header, Segments segments, Catalogue catalogue, ClinicSettings settings) {
    this.header = header;
    this.segments = segments;
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /// An OBR and what belongs to it.
  private static final class Order {
    private final Location at;
    private final String number;
    private final @Nullable Dated time;
    private @Nullable Dated specimenTime;
    private @Nullable Location freeText;
    private String specimen = "";
    private final List<String> words = new ArrayList<>();

    private Order(Location at, String number, @Nullable Dated time) {
      this.at = at;
      this.number = number;
      this.time = time;
    }

    private @Nullable Dated when() {
      return time == null ? specimenTime : time;
    }
  }

  /// @param iso empty when what was written there is no time, which is a fault already
  private record Dated(Location at, String iso) {}

  /// A result whose time and fasting are open until the end.
  private record Result(
      int obx,
      Order order,
      @Nullable Dated time,
      Analyte analyte,
      @Nullable String loinc,
      ResultValue.Number value,
      String unit,
      Status status,
      Source source,
      Texts texts) {
    private @Nullable Dated when() {
      return time == null ? order.when() : time;
    }
  }

  /// @param words what the laboratory remarks on the result
  private record Texts(
      @Nullable String method,
      @Nullable String laboratory,
      @Nullable String device,
      @Nullable Interval referenceInterval,
      List<String> words) {}

  private record FastingEvidence(Location at, Order order, @Nullable Dated time, Fasting fasting) {}

  ResultPlan read(Er7 message) {
    for (String segment : message.segments().subList(1, message.segments().size())) {
      segment(segment);
    }
    if (subject == null) {
      faults.add(Remark.error(Location.of("PID", 1, 0), Condition.REQUIRED, "Is required."));
    }
    settleFasting();
    var stated = new ArrayList<Stated>();
    results.forEach(result -> stated(result).ifPresent(stated::add));
    refuseContradictions(stated);
    return new ResultPlan(subject, stated, takenBack, faults, notes);
  }

  private void segment(String text) {
    String name = text.substring(0, Math.min(3, text.length()));
    if (!name.matches("[A-Z][A-Z0-9]{2}")
        || (text.length() > 3 && text.charAt(3) != header.separators().getFieldSeparator())) {
      throw Hl7Problem.rejected(
          Location.MESSAGE,
          Condition.SEQUENCE,
          "A line begins with neither a segment's name nor its separator; the one before it is %s[%d]."
              .formatted(last, sequences.getOrDefault(last, 1)));
    }
    int sequence = sequences.merge(name, 1, Integer::sum);
    last = name;
    switch (name) {
      case "MSH", "FHS", "BHS", "BTS", "FTS" ->
          throw Hl7Problem.rejected(
              Location.of(name, sequence, 0),
              Condition.SEQUENCE,
              "A request holds one message; batches are not read.");
      case "ADD", "DSC" ->
          throw Hl7Problem.rejected(
              Location.of(name, sequence, 0),
              Condition.REFUSED,
              "Continued messages are not read.");
      default -> {
        if (Segments.READ.contains(name)) {
          read(segments.parse(name, sequence, text, header.separators()));
        }
      }
    }
  }

  private void read(Part part) {
    switch (part.name()) {
      case "PID" -> pid(part);
      case "ORC" -> orc = part;
      case "OBR" -> obr(part);
      case "OBX" -> obx(part);
      case "NTE" -> freeText(part, 3);
      case "SPM" -> spm(part);
      default -> throw new IllegalStateException("Nobody reads " + part.name());
    }
  }

  private void pid(Part pid) {
    if (subject != null) {
      faults.add(
          Remark.error(
              pid.at(0),
              Condition.SEQUENCE,
              "A message is about one patient: send one message for each."));
      return;
    }
    subject = Subject.of(pid, header.facility());
    if (subject.birth() == null && !pid.get(7).isEmpty()) {
      notes.add(Remark.warning(pid.at(7), "Is no date, and is not read."));
    }
  }

  private void obr(Part obr) {
    Part common = orc;
    orc = null;
    String number =
        Stream.of(
                obr.joined(3),
                common == null ? "" : common.joined(3),
                placer(obr.joined(2)),
                placer(common == null ? "" : common.joined(2)))
            .filter(one -> !one.isEmpty())
            .findFirst()
            .orElse("");
    order = new Order(obr.at(0), number, time(obr, 7));
    order.specimen = Objects.requireNonNullElse(first(obr.get(15, 1, 1, 2), obr.get(15)), "");
    words = order.words;
    if (obr.get(13, 1, 3).equals("HL70916")) {
      Fasting stated =
          switch (obr.get(13)) {
            case "F" -> Fasting.YES;
            case "NF" -> Fasting.NO;
            default -> Fasting.UNKNOWN;
          };
      evidence.add(new FastingEvidence(obr.at(13), order, null, stated));
    } else {
      freeText(obr, 13);
    }
  }

  private static String placer(String number) {
    return number.isEmpty() ? "" : "placer:" + number;
  }

  private void freeText(Part part, int field) {
    for (int i = 1; i <= part.repetitions(field); i++) {
      String text = UNPRINTABLE.matcher(part.get(field, i, 1)).replaceAll(" ").strip();
      if (!text.isEmpty()) {
        words.add(text);
        if (order != null && order.freeText == null) {
          order.freeText = part.at(field);
        }
      }
    }
  }

  private void spm(Part spm) {
    if (order != null) {
      order.specimenTime = time(spm, 17);
      order.specimen =
          Objects.requireNonNullElse(first(spm.get(4, 1, 2), spm.get(4)), order.specimen);
      words = order.words;
      freeText(spm, 14);
    }
  }

  private void obx(Part obx) {
    words = new ArrayList<>();
    Order order = this.order;
    if (order == null) {
      faults.add(
          Remark.error(
              obx.at(0), Condition.SEQUENCE, "Comes before any OBR: a result has an order."));
      return;
    }
    String loinc = loinc(obx);
    if (FASTING_STATUS.equals(loinc)) {
      fastingStatus(obx, order);
      return;
    }
    if (obx.get(3).isEmpty() && loinc == null) {
      faults.add(Remark.error(obx.at(3), Condition.REQUIRED, "Is required."));
      return;
    }
    Analyte analyte = analyte(obx, loinc).orElse(null);
    if (analyte == null) {
      notStored(obx, 3, "the code %s is not in the catalogue.".formatted(code(obx)));
      return;
    }
    var site = analyte.bodySite();
    if (site != null && site.required() && !isAt(obx, site.code())) {
      notStored(
          obx,
          20,
          "the code %s is that of %s only at the body site %s (SNOMED CT %s in OBX-20)."
              .formatted(code(obx), analyte.code(), site.display(), site.code()));
      return;
    }
    result(obx, order, analyte);
  }

  private void result(Part obx, Order order, Analyte analyte) {
    Source source = source(obx, order);
    String status = obx.get(11);
    switch (status) {
      case "F", "U" -> state(obx, order, analyte, Status.FINAL, source);
      case "C" -> state(obx, order, analyte, Status.CORRECTED, source);
      case "P", "R", "S" -> state(obx, order, analyte, Status.PRELIMINARY, source);
      case "D", "W" -> {
        if (source != null) {
          takenBack.add(new TakenBack(obx.sequence(), source, status));
        }
      }
      case "X", "I", "O", "N" ->
          notStored(obx, 11, "the result status is " + status + ": there is no result.");
      case "" -> faults.add(Remark.error(obx.at(11), Condition.REQUIRED, "Is required."));
      default ->
          faults.add(
              Remark.error(
                  obx.at(11),
                  Condition.TABLE_VALUE,
                  "Is none of F, C, P, R, S, U, D, W, X, I, O and N (HL7 table 0085)."));
    }
  }

  private void state(
      Part obx, Order order, Analyte analyte, Status status, @Nullable Source source) {
    switch (ResultValue.of(obx)) {
      case ResultValue.None(var reason) -> notStored(obx, 5, analyte.code() + " " + reason + ".");
      case ResultValue.Unreadable(var reason) ->
          faults.add(Remark.error(obx.at(5), Condition.DATA_TYPE, reason));
      case ResultValue.Number number -> {
        Dated time = time(obx, 14);
        if (source != null) {
          results.add(
              new Result(
                  obx.sequence(),
                  order,
                  time,
                  analyte,
                  Optional.ofNullable(loinc(obx))
                      .filter(code -> catalogue.byLoinc(code).isPresent())
                      .orElse(null),
                  number,
                  unit(obx, analyte),
                  status,
                  source,
                  texts(obx)));
        }
      }
    }
  }

  private @Nullable Source source(Part obx, Order order) {
    if (order.number.isEmpty()) {
      faults.add(
          Remark.error(
              Location.of("OBR", order.at.sequence(), 3),
              Condition.REQUIRED,
              "Is required, or OBR-2: a correction of OBX[%d] could not be told from another result."
                  .formatted(obx.sequence())));
      return null;
    }
    return new Source(header.sender(), String.join("|", order.number, code(obx), obx.get(4)));
  }

  private void notStored(Part obx, int field, String reason) {
    notes.add(
        field == 3
            ? Remark.information(obx.at(field), "Not stored: " + reason)
            : Remark.warning(obx.at(field), "Not stored: " + reason));
  }

  /// The code that a laboratory knows a result by; it puts its LOINC code first or second.
  private static String code(Part obx) {
    return obx.get(3).isEmpty() ? obx.get(3, 1, 4) : obx.get(3);
  }

  private static @Nullable String loinc(Part obx) {
    if (LOINC.equalsIgnoreCase(obx.get(3, 1, 3))) {
      return obx.get(3, 1, 1);
    }
    return LOINC.equalsIgnoreCase(obx.get(3, 1, 6)) ? obx.get(3, 1, 4) : null;
  }

  private Optional<Analyte> analyte(Part obx, @Nullable String loinc) {
    Optional<Analyte> known = Optional.ofNullable(loinc).flatMap(catalogue::byLoinc);
    return known.isPresent()
        ? known
        : settings
            .analyte(header.facility(), localCode(obx), first(writtenUnit(obx)))
            .flatMap(catalogue::byCode);
  }

  private static String localCode(Part obx) {
    return LOINC.equalsIgnoreCase(obx.get(3, 1, 3)) ? obx.get(3, 1, 4) : obx.get(3);
  }

  private static boolean isAt(Part obx, String site) {
    return (obx.get(20, 1, 1).equals(site) && SNOMED.contains(obx.get(20, 1, 3)))
        || (obx.get(20, 1, 4).equals(site) && SNOMED.contains(obx.get(20, 1, 6)));
  }

  /// Scores have no unit, and nobody sends one.
  private static String unit(Part obx, Analyte analyte) {
    String written = writtenUnit(obx);
    boolean pureNumber = analyte.unit().equals("1") || analyte.unit().startsWith("{");
    return written.isEmpty() && pureNumber ? analyte.unit() : written;
  }

  private static String writtenUnit(Part obx) {
    boolean ucumSecond =
        obx.get(6, 1, 6).equalsIgnoreCase("UCUM") && !obx.get(6, 1, 3).equalsIgnoreCase("UCUM");
    return Stream.of(ucumSecond ? obx.get(6, 1, 4) : "", obx.get(6, 1, 1), obx.get(6, 1, 2))
        .filter(unit -> !unit.isEmpty())
        .findFirst()
        .orElse("");
  }

  private Texts texts(Part obx) {
    return new Texts(
        first(obx.get(17, 1, 2), obx.get(17, 1, 1)),
        first(obx.get(23, 1, 1), obx.get(15, 1, 2), obx.get(15, 1, 1)),
        first(obx.joined(18)),
        ReferenceRange.of(obx.get(7)),
        words);
  }

  private static @Nullable String first(String... texts) {
    return Stream.of(texts).filter(text -> !text.isEmpty()).findFirst().orElse(null);
  }

  private @Nullable Dated time(Part part, int field) {
    String text = part.get(field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      var time = Hl7Time.of(text, header.offset(), settings.zone());
      if (time.note() != null) {
        notes.add(Remark.warning(part.at(field), time.note()));
      }
      return new Dated(part.at(field), time.iso());
    } catch (DateTimeException e) {
      faults.add(Remark.error(part.at(field), Condition.DATA_TYPE, String.valueOf(e.getMessage())));
      return new Dated(part.at(field), "");
    }
  }

  private void fastingStatus(Part obx, Order order) {
    if (Set.of("D", "W", "X").contains(obx.get(11))) {
      return;
    }
    boolean coded = Set.of("CE", "CWE", "CNE", "IS", "ID").contains(obx.get(2));
    Fasting stated =
        switch (coded ? obx.get(5) : "") {
          // LOINC answers, HL7 table 0136, HL7 table 0916.
          case "LA33-6", "Y", "F" -> Fasting.YES;
          case "LA32-8", "N", "NF" -> Fasting.NO;
          default -> Fasting.UNKNOWN;
        };
    if (stated == Fasting.UNKNOWN) {
      notes.add(
          Remark.warning(
              obx.at(5),
              "Not read: whether the patient fasted is told by a code, LA33-6 or Y for yes, LA32-8 or N for no."));
    } else {
      evidence.add(new FastingEvidence(obx.at(5), order, time(obx, 14), stated));
    }
  }

  /// Who fasted at one draw fasted for all that was drawn then.
  private void settleFasting() {
    for (FastingEvidence one : evidence) {
      Dated when = one.time() == null ? one.order().when() : one.time();
      if (when == null) {
        continue;
      }
      Fasting before = fasting.putIfAbsent(when.iso(), one.fasting());
      if (before != null && before != one.fasting()) {
        fasting.put(when.iso(), Fasting.UNKNOWN);
        notes.add(
            Remark.warning(
                one.at(), "Contradicts what else is said of fasting: it stays unknown."));
      }
    }
  }

  private Optional<Stated> stated(Result result) {
    Dated when = result.when();
    if (when == null) {
      faults.add(
          Remark.error(
              Location.of("OBX", result.obx(), 14),
              Condition.REQUIRED,
              "Is required, or OBR-7: a result counts from when the sample was drawn."));
      return Optional.empty();
    }
    if (when.iso().isEmpty()) {
      return Optional.empty();
    }
    Fasting fasted = fasting.getOrDefault(when.iso(), Fasting.UNKNOWN);
    if (fasted == Fasting.UNKNOWN) {
      flagFreeText(result.order());
    }
    return Optional.of(
        new Stated(
            result.obx(),
            when.at(),
            new SubmittedMeasurement(
                result.analyte().code(),
                result.loinc(),
                result.value().value(),
                result.unit(),
                result.value().comparator(),
                when.iso(),
                fasted,
                result.texts().method(),
                result.texts().laboratory(),
                result.texts().device(),
                result.status(),
                result.source(),
                first(result.order().specimen),
                null,
                result.texts().referenceInterval(),
                note(result),
                null)));
  }

  /// What was written about the order and about the result, for people to read.
  private static @Nullable String note(Result result) {
    String note =
        Stream.concat(result.order().words.stream(), result.texts().words().stream())
            .collect(Collectors.joining(" / "));
    return first(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE - 1) + "…" : note);
  }

  /// Once for an order, however many results it has.
  private void flagFreeText(Order order) {
    if (order.freeText != null) {
      notes.add(
          Remark.information(
              order.freeText,
              "Free text is not read: whether the patient fasted stays unknown unless a code tells it (OBX with LOINC 49541-6, or OBR-13 with HL70916)."));
      order.freeText = null;
    }
  }

  private void refuseContradictions(List<Stated> stated) {
    Set<Source> kept = new HashSet<>();
    stated.forEach(one -> kept.add(Objects.requireNonNull(one.measurement().source())));
    for (TakenBack one : takenBack) {
      if (kept.contains(one.source())) {
        faults.add(
            Remark.error(
                Location.of("OBX", one.obx(), 11),
                Condition.DUPLICATE_KEY,
                "Takes back a result that another OBX of this message states; OBX-4 tells results apart."));
      }
    }
  }
}
