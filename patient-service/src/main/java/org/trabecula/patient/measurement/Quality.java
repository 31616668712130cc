package org.trabecula.patient.measurement;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.MeasurementRecorded.Comparator;
import org.trabecula.contracts.MeasurementRecorded.Fasting;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Finding.Use;
import org.trabecula.contracts.MeasurementRecorded.Precision;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.patient.measurement.LeastSignificantChanges.Least;

/// The rules of data quality ([Rule]): what holds for a measurement, given the patient and the
/// results around it. Nothing is read, stored or told here.
@Singleton
class Quality {
  private static final Set<String> MARKERS =
      Set.of("ctx", "p1np", "bone-alp-mass", "bone-alp-activity", "osteocalcin", "tracp-5b");

  /// Markers that the kidneys clear (recalled).
  private static final Set<String> RETAINED = Set.of("ctx", "p1np", "osteocalcin");

  private static final Set<String> DENSITIES =
      Set.of("bmd-lumbar-spine", "bmd-total-hip", "bmd-femoral-neck", "bmd-radius-third");

  /// Usually measured by immunoassay, where biotin interferes (ARUP, Labcorp; found for markers,
  /// recalled for hormones).
  private static final Set<String> IMMUNOASSAYED =
      Set.of(
          "ctx",
          "p1np",
          "bone-alp-mass",
          "osteocalcin",
          "estradiol",
          "testosterone",
          "testosterone-free",
          "shbg",
          "lh",
          "fsh",
          "progesterone",
          "dhea-s",
          "igf-1",
          "cortisol",
          "prolactin",
          "tsh",
          "hcg-beta",
          "psa",
          "25-oh-vitamin-d",
          "pth");

  /// A CTX is drawn before that (Mayo; found), and not in the night, when it peaks (recalled; where
  /// the night ends is assumed).
  private static final LocalTime CTX_FROM = LocalTime.of(5, 0);

  private static final LocalTime CTX_UNTIL = LocalTime.of(10, 0);

  /// When testosterone is drawn (rule DATA-11; Endocrine Society, recalled).
  private static final LocalTime TESTOSTERONE_FROM = LocalTime.of(7, 0);

  private static final LocalTime TESTOSTERONE_UNTIL = LocalTime.of(11, 0);

  /// 300 ng/dL: a man's testosterone below it is a diagnosis in the making (TRAVERSE; found).
  private static final BigDecimal LOW_TESTOSTERONE = new BigDecimal("10.4");

  /// Within which two low mornings make one diagnosis (assumed).
  private static final int DIAGNOSIS_MONTHS = 12;

  /// More than that a day biases immunoassays, in mg (ARUP, Labcorp; found).
  private static final BigDecimal BIOTIN = BigDecimal.valueOf(5);

  /// How long a healing bone raises the markers (6 to 12 months; recalled).
  private static final int HEALING_MONTHS = 12;

  /// mL/min/1.73 m2 (recalled).
  private static final BigDecimal LOW_EGFR = BigDecimal.valueOf(30);

  /// How long an eGFR speaks for later samples (assumed).
  private static final Duration EGFR_COUNTS = Duration.ofDays(180);

  /// A man has a T-score from that age on (ISCD; recalled).
  private static final int MANS_T_SCORE_FROM = 50;

  /// ISCD; recalled.
  private static final int FEWEST_VERTEBRAE = 2;

  /// Two results of one sample differ by less than that in their stated times.
  private static final Duration SAME_SAMPLE = Duration.ofDays(1);

  private static final Set<String> FRACTURES =
      Set.of(
          "fracture",
          "fragility-fracture",
          "osteoporotic-fracture",
          "hip-fracture",
          "vertebral-fracture");

  private static final Pattern MASS_SPECTROMETRY =
      Pattern.compile("(?i)mass.?spec|lc.?ms|gc.?ms|tandem|ms/ms");
  private static final Pattern IMMUNOASSAY =
      Pattern.compile(
          "(?i)immuno|eclia|clia|elisa|\\bria\\b|\\beia\\b|elecsys|cobas|architect|alinity|centaur|atellica|access|dxi|immulite|isys|liaison|vidas|roche|abbott|siemens|beckman");
  private static final Pattern INTACT = Pattern.compile("(?i)intact|\\bria\\b|uniq|isys");
  private static final Pattern VERTEBRAE = Pattern.compile("(?i)L([1-5])(?:\\s*-\\s*L?([1-5]))?");

  private static final MathContext CHANGE = new MathContext(10);

  private final Catalogue catalogue;
  private final ReferenceIntervals intervals;

  Quality(Catalogue catalogue, ReferenceIntervals intervals) {
    this.catalogue = catalogue;
    this.intervals = intervals;
  }

  /// Whether anything that is known of the patient or of other results can change what is said of
  /// such a result.
  boolean concerns(String analyte) {
    return IMMUNOASSAYED.contains(analyte)
        || !related(analyte).isEmpty()
        || analyte.startsWith("t-score-")
        || intervals.has(analyte);
  }

  /// All such analytes.
  Set<String> concerned() {
    return catalogue.all().stream()
        .map(Analyte::code)
        .filter(this::concerns)
        .collect(Collectors.toSet());
  }

  /// The analytes whose results are read together with this one's. Empty when a result stands
  /// alone.
  static Set<String> related(String analyte) {
    return switch (analyte) {
      case "egfr" -> Set.of("egfr", "ctx", "p1np", "osteocalcin");
      case "ctx", "p1np", "osteocalcin" -> Set.of(analyte, "egfr");
      case "igf-1", "igf-1-z-score" -> Set.of("igf-1", "igf-1-z-score");
      case "testosterone" -> Set.of(analyte);
      default ->
          MARKERS.contains(analyte) || DENSITIES.contains(analyte) ? Set.of(analyte) : Set.of();
    };
  }

  /// Whether a result is read with its neighbours in time.
  static boolean isSeries(String analyte) {
    return MARKERS.contains(analyte)
        || DENSITIES.contains(analyte)
        || analyte.equals("testosterone");
  }

  static Set<String> related(Set<String> analytes) {
    return analytes.stream()
        .flatMap(analyte -> related(analyte).stream())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// @param chart the results that are [#related(String)] to it, itself among them or not
  Assessment assess(Measurement measurement, Circumstances patient, Chart chart) {
    if (!concerns(measurement.analyte)
        && !measurement.unitConfirmed
        && measurement.intervalLow == null
        && measurement.intervalHigh == null) {
      return Assessment.NONE;
    }
    var findings = own(measurement, patient);
    findings.addAll(amongOthers(measurement, patient, chart));
    var usual = intervals.of(measurement, patient);
    return new Assessment(
        List.copyOf(findings),
        usual.interval(),
        ReferenceIntervals.interpretation(measurement, usual.interval()),
        usual.without());
  }

  /// What it says of itself: it depends on no other result.
  private List<Finding> own(Measurement one, Circumstances patient) {
    var findings = new ArrayList<Finding>();
    confirmed(one, findings);
    ctxSample(one, patient, findings);
    biotin(one, patient, findings);
    healing(one, patient, findings);
    tScore(one, patient, findings);
    testosteroneTime(one, patient, findings);
    lowEstradiol(one, patient, findings);
    spine(one, patient, findings);
    return findings;
  }

  private List<Finding> amongOthers(Measurement one, Circumstances patient, Chart chart) {
    var findings = new ArrayList<Finding>();
    retention(one, chart, findings);
    series(one, patient, chart, findings);
    testosteroneOnce(one, patient, chart, findings);
    zScore(one, chart, findings);
    return findings;
  }

  /// Why no verdict on a change may use this result, whatever it is compared with; empty when one
  /// may.
  Optional<String> unfit(Measurement one, Circumstances patient) {
    if (!one.isFinal()) {
      return Optional.of("The result is preliminary.");
    }
    if (one.comparator != null) {
      return Optional.of("The result is a limit of detection, not a value.");
    }
    return own(one, patient).stream()
        .filter(finding -> finding.excludes().contains(Use.VERDICT))
        .map(Finding::message)
        .reduce((first, second) -> first + " " + second);
  }

  private void confirmed(Measurement one, List<Finding> findings) {
    if (!one.unitConfirmed) {
      return;
    }
    Analyte analyte = catalogue.byCode(one.analyte).orElseThrow();
    if (!Canonical.isPlausible(analyte, one.value)) {
      findings.add(
          Rule.UNIT_CONFIRMED.finding(
              "Outside the plausible range of %s to %s %s; the sender confirmed the unit."
                  .formatted(
                      analyte.plausible().minimum().toPlainString(),
                      analyte.plausible().maximum().toPlainString(),
                      analyte.unit())));
    }
  }

  private static void ctxSample(Measurement one, Circumstances patient, List<Finding> findings) {
    if (!one.analyte.equals("ctx")) {
      return;
    }
    var faults = new ArrayList<String>();
    LocalTime time = time(one, patient);
    Truth fasting =
        switch (one.fasting) {
          case YES -> Truth.TRUE;
          case NO -> Truth.FALSE;
          case UNKNOWN -> Truth.UNKNOWN;
        };
    if (Rule.CTX_SAMPLE.holds(fasting.not())) {
      faults.add(one.fasting == Fasting.NO ? "not fasting" : "fasting not stated");
    }
    if (Rule.CTX_SAMPLE.holds(isWithin(time, CTX_FROM, CTX_UNTIL).not())) {
      faults.add(time == null ? "time of day not stated" : "drawn at " + time);
    }
    if (!faults.isEmpty()) {
      findings.add(
          Rule.CTX_SAMPLE.finding(
              "CTX needs a fasting sample before 10:00: %s.".formatted(String.join(", ", faults))));
    }
  }

  /// When the last dose was taken is never known: a daily dose counts as recent.
  private static void biotin(Measurement one, Circumstances patient, List<Finding> findings) {
    if (!IMMUNOASSAYED.contains(one.analyte) || isImmunoassay(one) == Truth.FALSE) {
      return;
    }
    LocalDate day = day(one, patient);
    patient
        .facts("biotin-intake")
        .filter(fact -> Rule.BIOTIN.holds(Circumstances.held(fact, day)))
        .map(Fact::value)
        .flatMap(Stream::ofNullable)
        .filter(daily -> daily.value().compareTo(BIOTIN) > 0)
        .findFirst()
        .ifPresent(
            daily ->
                findings.add(
                    Rule.BIOTIN.finding(
                        "Biotin may bias the immunoassay: %s %s were stated, more than 5 mg/d."
                            .formatted(daily.value().toPlainString(), daily.unit()))));
  }

  private static void healing(Measurement one, Circumstances patient, List<Finding> findings) {
    if (!MARKERS.contains(one.analyte)) {
      return;
    }
    LocalDate day = day(one, patient);
    FRACTURES.stream()
        .flatMap(patient::facts)
        .filter(event -> Rule.FRACTURE.holds(Circumstances.happened(event, day, HEALING_MONTHS)))
        .map(Fact::since)
        .flatMap(Stream::ofNullable)
        .max(String::compareTo)
        .ifPresent(
            since ->
                findings.add(
                    Rule.FRACTURE.finding(
                        "Marker raised by fracture healing: fracture of %s.".formatted(since))));
    patient
        .facts("osteotomy")
        .filter(event -> Rule.OSTEOTOMY.holds(Circumstances.happened(event, day, HEALING_MONTHS)))
        .map(Fact::since)
        .flatMap(Stream::ofNullable)
        .max(String::compareTo)
        .ifPresent(
            since ->
                findings.add(
                    Rule.OSTEOTOMY.finding(
                        "Marker raised by bone healing: osteotomy of %s.".formatted(since))));
  }

  private static void retention(Measurement one, Chart chart, List<Finding> findings) {
    if (!RETAINED.contains(one.analyte) || (one.analyte.equals("p1np") && isIntact(one))) {
      return;
    }
    chart
        .of("egfr")
        .filter(Measurement::isFinal)
        .filter(egfr -> egfr.effectiveAt.isBefore(one.effectiveAt.plus(SAME_SAMPLE)))
        .filter(egfr -> !egfr.effectiveAt.isBefore(one.effectiveAt.minus(EGFR_COUNTS)))
        .reduce((first, second) -> second)
        .filter(Quality::isLowEgfr)
        .ifPresent(
            egfr ->
                findings.add(
                    Rule.RENAL_RETENTION.finding(
                        "Marker retained in renal failure: eGFR %s mL/min/1.73 m2; use bone ALP or intact P1NP."
                            .formatted(egfr.value.toPlainString()))));
  }

  private static boolean isLowEgfr(Measurement egfr) {
    return egfr.comparator == Comparator.LESS_THAN
        ? egfr.value.compareTo(LOW_EGFR) <= 0
        : egfr.comparator == null && egfr.value.compareTo(LOW_EGFR) < 0;
  }

  /// DATA-05 and DATA-08 look at the result just before, DATA-06 and DATA-09 at the latest one that
  /// this one may be compared with.
  private void series(Measurement one, Circumstances patient, Chart chart, List<Finding> findings) {
    boolean marker = MARKERS.contains(one.analyte);
    if (!marker && !DENSITIES.contains(one.analyte)) {
      return;
    }
    List<Measurement> before = chart.before(one);
    if (before.isEmpty()) {
      return;
    }
    Comparability.between(before.getFirst(), one, patient)
        .filter(obstacle -> obstacle.rule().holds(obstacle.truth()))
        .map(obstacle -> obstacle.rule().finding(obstacle.reason()))
        .ifPresent(findings::add);
    if (unfit(one, patient).isPresent()) {
      return;
    }
    before.stream()
        .filter(earlier -> unfit(earlier, patient).isEmpty())
        .filter(earlier -> Comparability.between(earlier, one, patient).isEmpty())
        .findFirst()
        .flatMap(earlier -> withinNoise(earlier, one, patient))
        .map((marker ? Rule.MARKER_WITHIN_LSC : Rule.SCAN_WITHIN_LSC)::finding)
        .ifPresent(findings::add);
  }

  private static Optional<String> withinNoise(
      Measurement earlier, Measurement later, Circumstances patient) {
    BigDecimal percent = percent(earlier.value, later.value);
    Optional<Least> least = patient.leastSignificantChanges().of(later.analyte, later.device);
    return least
        .filter(lsc -> percent != null && percent.abs().compareTo(lsc.percent()) <= 0)
        .map(
            lsc ->
                "Changed by %s %% since %s, not more than the least significant change of %s %%: within %s."
                    .formatted(
                        percent,
                        day(earlier, patient),
                        lsc.percent().toPlainString(),
                        MARKERS.contains(later.analyte)
                            ? "measurement and biological variation"
                            : "measurement error"));
  }

  /// Change in % of the earlier value, one decimal; null where a percentage has no meaning.
  static @Nullable BigDecimal percent(BigDecimal earlier, BigDecimal later) {
    return earlier.signum() <= 0
        ? null
        : later
            .subtract(earlier)
            .multiply(BigDecimal.valueOf(100))
            .divide(earlier, CHANGE)
            .setScale(1, RoundingMode.HALF_UP);
  }

  private static void tScore(Measurement one, Circumstances patient, List<Finding> findings) {
    if (!one.analyte.startsWith("t-score-")) {
      return;
    }
    LocalDate day = day(one, patient);
    Truth female = patient.isFemale();
    Integer age = patient.age(day);
    Truth youngMan =
        female.not().and(age == null ? Truth.UNKNOWN : Truth.of(age < MANS_T_SCORE_FROM));
    Truth early = female.and(patient.isPremenopausal(day)).or(youngMan);
    if (Rule.T_SCORE.holds(early)) {
      findings.add(
          Rule.T_SCORE.finding(
              early == Truth.TRUE
                  ? "Use the Z-score: T-scores hold from menopause on, and in men from 50 on."
                  : "Use the Z-score as long as sex, menopausal state or age is not known: T-scores hold from menopause on, and in men from 50 on."));
    }
  }

  private static void testosteroneTime(
      Measurement one, Circumstances patient, List<Finding> findings) {
    if (!one.analyte.equals("testosterone")) {
      return;
    }
    LocalTime time = time(one, patient);
    if (Rule.TESTOSTERONE_TIME.holds(isMorning(time).not())) {
      findings.add(
          Rule.TESTOSTERONE_TIME.finding(
              "Repeat as a morning fasting sample, 07:00 to 11:00: %s."
                  .formatted(
                      time == null ? "the time of day was not stated" : "drawn at " + time)));
    }
  }

  private static void testosteroneOnce(
      Measurement one, Circumstances patient, Chart chart, List<Finding> findings) {
    if (!one.analyte.equals("testosterone") || !isLowTestosterone(one)) {
      return;
    }
    LocalDate day = day(one, patient);
    boolean twice =
        chart.before(one).stream()
            .filter(Quality::isLowTestosterone)
            .filter(earlier -> isMorning(time(earlier, patient)) == Truth.TRUE)
            .map(earlier -> day(earlier, patient))
            .anyMatch(
                earlier ->
                    earlier.isBefore(day) && !earlier.plusMonths(DIAGNOSIS_MONTHS).isBefore(day));
    Truth once = patient.isFemale().not().and(Truth.of(!twice));
    if (Rule.TESTOSTERONE_ONCE.holds(once)) {
      findings.add(
          Rule.TESTOSTERONE_ONCE.finding(
              "Below 10.4 nmol/L (300 ng/dL) once: a diagnosis needs two fasting mornings."));
    }
  }

  private static boolean isLowTestosterone(Measurement one) {
    return one.comparator != Comparator.GREATER_THAN && one.value.compareTo(LOW_TESTOSTERONE) < 0;
  }

  private static void lowEstradiol(Measurement one, Circumstances patient, List<Finding> findings) {
    if (!one.analyte.equals("estradiol")) {
      return;
    }
    LocalDate day = day(one, patient);
    Truth expectedLow =
        patient
            .isFemale()
            .not()
            .or(patient.isPostmenopausal(day))
            .or(patient.takesAromataseInhibitor(day));
    Truth immunoassay = isImmunoassay(one);
    Truth unreliable = expectedLow.and(immunoassay);
    if (Rule.LOW_ESTRADIOL.holds(unreliable)) {
      findings.add(
          Rule.LOW_ESTRADIOL.finding(
              "Immunoassay is unreliable at the low estradiol of men, after menopause and under aromatase inhibitors; use LC-MS/MS.%s"
                  .formatted(
                      immunoassay == Truth.UNKNOWN
                          ? " The assay was not stated."
                          : expectedLow == Truth.UNKNOWN
                              ? " Whether a low value is to be expected is not known."
                              : "")));
    }
  }

  private static void spine(Measurement one, Circumstances patient, List<Finding> findings) {
    if (!one.analyte.endsWith("-lumbar-spine")) {
      return;
    }
    LocalDate day = day(one, patient);
    boolean unevaluable =
        patient
            .facts("lumbar-spine-unevaluable")
            .anyMatch(fact -> Rule.SPINE.holds(Circumstances.held(fact, day)));
    int vertebrae = vertebrae(one.region);
    if (unevaluable || (vertebrae > 0 && vertebrae < FEWEST_VERTEBRAE)) {
      findings.add(
          Rule.SPINE.finding(
              unevaluable
                  ? "Use the hip: the lumbar spine is not evaluable."
                  : "Use the hip: fewer than two vertebrae were evaluated."));
    }
  }

  /// How many vertebrae a region such as `L1-L4` or `L1, L3` names; 0 when it names none.
  private static int vertebrae(@Nullable String region) {
    var named = new HashSet<Integer>();
    if (region != null) {
      Matcher matcher = VERTEBRAE.matcher(region);
      while (matcher.find()) {
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        for (int vertebra = from; vertebra <= to; vertebra++) {
          named.add(vertebra);
        }
      }
    }
    return named.size();
  }

  private static void zScore(Measurement one, Chart chart, List<Finding> findings) {
    if (!one.analyte.equals("igf-1")) {
      return;
    }
    Truth present =
        chart
            .of("igf-1-z-score")
            .filter(
                score ->
                    Duration.between(score.effectiveAt, one.effectiveAt)
                            .abs()
                            .compareTo(SAME_SAMPLE)
                        < 0)
            .map(score -> score.isFinal() ? Truth.TRUE : Truth.UNKNOWN)
            .reduce(Truth.FALSE, Truth::or);
    if (Rule.IGF_1.holds(present.not())) {
      findings.add(
          Rule.IGF_1.finding(
              present == Truth.FALSE
                  ? "IGF-1 needs its Z-score for age and sex, and none was sent for this sample."
                  : "IGF-1 needs its Z-score for age and sex, and this sample's is preliminary."));
    }
  }

  private static Truth isImmunoassay(Measurement one) {
    if (one.method == null) {
      return Truth.UNKNOWN;
    }
    if (MASS_SPECTROMETRY.matcher(one.method).find()) {
      return Truth.FALSE;
    }
    return IMMUNOASSAY.matcher(one.method).find() ? Truth.TRUE : Truth.UNKNOWN;
  }

  private static boolean isIntact(Measurement p1np) {
    return p1np.method != null
        && INTACT.matcher(p1np.method).find()
        && !p1np.method.toLowerCase(Locale.ROOT).contains("total");
  }

  private static Truth isMorning(@Nullable LocalTime time) {
    return isWithin(time, TESTOSTERONE_FROM, TESTOSTERONE_UNTIL);
  }

  private static Truth isWithin(@Nullable LocalTime time, LocalTime from, LocalTime until) {
    return time == null ? Truth.UNKNOWN : Truth.of(!time.isBefore(from) && !time.isAfter(until));
  }

  /// On the clinic's clock; null when the source stated no time.
  static @Nullable LocalTime time(Measurement one, Circumstances patient) {
    return one.effectivePrecision == Precision.INSTANT
        ? one.effectiveAt.atZone(patient.zone()).toLocalTime()
        : null;
  }

  /// The first day of the stated period.
  static LocalDate day(Measurement one, Circumstances patient) {
    return one.effectivePrecision == Precision.INSTANT
        ? one.effectiveAt.atZone(patient.zone()).toLocalDate()
        : one.effectiveAt.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
