package org.trabecula.clinicalrules.safety;

import static java.time.temporal.ChronoUnit.DAYS;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.safety.Chart.Result;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;

/// What rules ask about the patient: the variable `patient` of their conditions.
///
/// An answer that nobody can give is [Unknown]. Each answer is logged with its date.
final class PatientInquiry {
  /// A morning sample, as the guidelines on testosterone take it (recalled).
  private static final LocalTime MORNING_FROM = LocalTime.of(7, 0);

  private static final LocalTime MORNING_UNTIL = LocalTime.of(11, 0);

  /// The sites by which osteoporosis is diagnosed (ISCD, recalled), and what counts as well.
  private static final List<String> SITES = List.of("lumbar-spine", "total-hip", "femoral-neck");

  static final List<String> T_SCORES =
      List.of(
          "t-score-lumbar-spine",
          "t-score-total-hip",
          "t-score-femoral-neck",
          "t-score-radius-third",
          "t-score-spine-unspecified",
          "t-score-unspecified");
  static final List<String> Z_SCORES =
      List.of(
          "z-score-lumbar-spine",
          "z-score-total-hip",
          "z-score-femoral-neck",
          "z-score-radius-third");
  static final List<String> SCANS =
      List.of(
          "bmd-lumbar-spine",
          "bmd-total-hip",
          "bmd-femoral-neck",
          "t-score-lumbar-spine",
          "t-score-total-hip",
          "t-score-femoral-neck");

  /// A test for hCG below this answers for so many days that there is no pregnancy (recalled).
  private static final double HCG_NEGATIVE_BELOW = 5;

  private static final long HCG_DAYS = 14;

  /// From this age on nobody is asked about pregnancy (design).
  private static final double NO_PREGNANCY_FROM = 55;

  private final Chart chart;
  private final Vocabulary vocabulary;
  private final Classes classes;
  private final Log log;

  PatientInquiry(Chart chart, Vocabulary vocabulary, Classes classes, Log log) {
    this.chart = chart;
    this.vocabulary = vocabulary;
    this.classes = classes;
    this.log = log;
  }

  boolean female() {
    return sex() == Sex.FEMALE;
  }

  boolean male() {
    return sex() == Sex.MALE;
  }

  private Sex sex() {
    Sex sex = profile().sexForClinicalUse();
    if (sex == Sex.UNKNOWN) {
      throw log.unknown("sex");
    }
    log.tell("sex", lower(sex), null);
    return sex;
  }

  /// In completed years; of a birth of which only the year is known, the most that it can be.
  double age() {
    ProfileRecorded profile = profile();
    YearMonth birth = profile.birth();
    Integer year = profile.birthYear();
    if (birth == null && year == null) {
      throw log.unknown("birth");
    }
    YearMonth month = birth != null ? birth : Year.of(Objects.requireNonNull(year)).atMonth(1);
    int age = (int) month.atDay(1).until(chart.today()).toTotalMonths() / 12;
    log.tell("age", age + " a", null);
    return age;
  }

  boolean postmenopausal() {
    return switch (menopause()) {
      case POSTMENOPAUSAL, SURGICAL -> true;
      case PREMENOPAUSAL, PERIMENOPAUSAL, NOT_APPLICABLE -> false;
      case UNKNOWN -> throw log.unknown("menopause");
    };
  }

  boolean premenopausal() {
    return switch (menopause()) {
      case PREMENOPAUSAL -> true;
      case PERIMENOPAUSAL, POSTMENOPAUSAL, SURGICAL, NOT_APPLICABLE -> false;
      case UNKNOWN -> throw log.unknown("menopause");
    };
  }

  private MenopausalStatus menopause() {
    MenopausalStatus status = profile().menopause().status();
    if (status == MenopausalStatus.UNKNOWN) {
      for (String code : List.of("menopause", "surgical-menopause")) {
        if (presence(code) == Presence.PRESENT) {
          log.tell("menopause", "present", statedOn(code));
          return MenopausalStatus.POSTMENOPAUSAL;
        }
      }
      if (presence("menopause") == Presence.ABSENT) {
        log.tell("menopause", "absent", statedOn("menopause"));
        return MenopausalStatus.PREMENOPAUSAL;
      }
    } else {
      log.tell("menopause", lower(status), null);
    }
    return status;
  }

  /// Since the final menstrual period or the operation.
  double yearsSinceMenopause() {
    YearMonth end = profile().menopause().finalPeriod();
    if (end == null) {
      throw log.unknown("final-period");
    }
    log.tell("final-period", end.toString(), null);
    return DAYS.between(end.atDay(1), chart.today()) / 365.25;
  }

  boolean surgicalMenopause() {
    MenopausalStatus status = profile().menopause().status();
    if (status == MenopausalStatus.UNKNOWN) {
      return has("surgical-menopause");
    }
    log.tell("menopause", lower(status), null);
    return status == MenopausalStatus.SURGICAL;
  }

  /// A pregnancy that was stated counts, unless the uterus is absent. Where nobody has stated it,
  /// it is excluded by sex, uterus, menopause, age or a test.
  boolean pregnant() {
    Presence stated = presence("pregnancy");
    if (stated == Presence.UNKNOWN && !couldBePregnant()) {
      log.tell("pregnancy", "excluded", null);
      return false;
    }
    return answer("pregnancy", stated) && !isKnown(() -> !hasUterus());
  }

  private boolean couldBePregnant() {
    return !isKnown(this::male)
        && !isKnown(() -> !hasUterus())
        && !isKnown(this::postmenopausal)
        && !isKnown(() -> age() >= NO_PREGNANCY_FROM)
        && !(measured("hcg-beta", HCG_DAYS) && latest("hcg-beta", HCG_DAYS) < HCG_NEGATIVE_BELOW);
  }

  /// Whether the answer is known, and yes. Nothing is missed by its being unknown.
  private boolean isKnown(BooleanSupplier question) {
    Set<String> missing = Set.copyOf(log.missing());
    try {
      return question.getAsBoolean();
    } catch (Unknown e) {
      log.missing().retainAll(missing);
      return false;
    }
  }

  boolean hasUterus() {
    Presence uterus = profile().uterus();
    if (uterus == Presence.UNKNOWN) {
      uterus =
          switch (presence("hysterectomy")) {
            case PRESENT -> Presence.ABSENT;
            case ABSENT -> Presence.PRESENT;
            case UNKNOWN -> throw log.unknown("uterus");
          };
    }
    log.tell("uterus", lower(uterus), null);
    return uterus == Presence.PRESENT;
  }

  /// Of whatever kind.
  boolean hypogonadal() {
    HypogonadismKind known = profile().hypogonadism().kind();
    if (known == HypogonadismKind.UNKNOWN) {
      return has("hypogonadism");
    }
    log.tell("hypogonadism", lower(known), null);
    return known != HypogonadismKind.NONE;
  }

  boolean primaryHypogonadism() {
    return hypogonadism(HypogonadismKind.PRIMARY, "primary-hypogonadism");
  }

  private boolean hypogonadism(HypogonadismKind kind, String code) {
    HypogonadismKind known = profile().hypogonadism().kind();
    if (known == HypogonadismKind.UNKNOWN) {
      return has(code);
    }
    log.tell("hypogonadism", lower(known), null);
    return known == kind;
  }

  boolean growthHormoneDeficient() {
    Presence presence = profile().growthHormoneDeficiency().presence();
    if (presence == Presence.UNKNOWN) {
      return has("growth-hormone-deficiency");
    }
    log.tell("growth-hormone-deficiency", lower(presence), null);
    return presence == Presence.PRESENT;
  }

  /// Whether a condition is present today, or an event has happened.
  boolean has(String code) {
    return answer(code, presence(code));
  }

  /// Whether somebody has stated it, be it present or absent. This is always known.
  boolean known(String code) {
    Presence presence = presence(code);
    log.tell(code, lower(presence), statedOn(code));
    return presence != Presence.UNKNOWN;
  }

  /// Whether a condition is or was present at any time.
  boolean ever(String code) {
    boolean present =
        chart.facts(code).stream().anyMatch(fact -> fact.presence() == Presence.PRESENT);
    return answer(code, present ? Presence.PRESENT : presence(code));
  }

  private boolean answer(String code, Presence presence) {
    if (presence == Presence.UNKNOWN) {
      throw log.unknown(code);
    }
    log.tell(code, lower(presence), statedOn(code));
    return presence == Presence.PRESENT;
  }

  /// Whether it happened, or last was so, within these days. Of a date that is known to the month
  /// or year alone, both ends are looked at.
  boolean within(String code, long days) {
    List<Fact> stated = chart.facts(code);
    if (stated.stream().noneMatch(fact -> fact.presence() == Presence.PRESENT)) {
      return has(code);
    }
    LocalDate from = chart.today().minusDays(days);
    boolean perhaps = false;
    for (Fact fact : stated) {
      if (fact.presence() != Presence.PRESENT) {
        continue;
      }
      String date = fact.until() != null ? fact.until() : fact.since();
      boolean goesOn = fact.until() == null && !vocabulary.isEvent(code);
      if (goesOn || (date != null && !earliest(date).isBefore(from))) {
        log.tell(code, date == null ? "present" : date, fact.statedOn());
        return true;
      }
      perhaps |= date == null || !latest(date).isBefore(from);
    }
    if (perhaps) {
      throw log.unknown(code);
    }
    log.tell(code, "not within " + days + " d", statedOn(code));
    return false;
  }

  /// How often an event has happened; 0 when it is known that it has not.
  long times(String code) {
    long times =
        chart.facts(code).stream().filter(fact -> fact.presence() == Presence.PRESENT).count();
    if (times == 0 && presence(code) == Presence.UNKNOWN) {
      throw log.unknown(code);
    }
    log.tell(code, times + " times", statedOn(code));
    return times;
  }

  /// A quantity that was stated, in the catalogue's unit.
  double stated(String code) {
    Fact fact = fresh(code).reduce((one, other) -> other).orElse(null);
    Quantity value = fact == null ? null : fact.value();
    if (fact == null || value == null) {
      throw log.unknown(code);
    }
    log.tell(code, words(value), fact.statedOn());
    return value.value().doubleValue();
  }

  /// Whether a coded fact has this value.
  boolean coded(String code, String value) {
    String known = code.equals("smoking") ? smoking() : null;
    Fact fact = fresh(code).reduce((one, other) -> other).orElse(null);
    if (known == null && fact != null) {
      known = fact.coded();
    }
    if (known == null) {
      throw log.unknown(code);
    }
    log.tell(code, known, fact == null ? null : fact.statedOn());
    return known.equals(value);
  }

  private @Nullable String smoking() {
    return switch (profile().smoking()) {
      case NEVER -> "never";
      case FORMER -> "former";
      case CURRENT -> "current";
      case UNKNOWN -> null;
    };
  }

  /// The latest result of these days, in the canonical unit.
  double latest(String analyte, long days) {
    Result result = result(analyte, days);
    return result.value().value().doubleValue();
  }

  /// Whether the T-score of any site is this or lower. Only when spine, hip and femoral neck are
  /// known is it known that none is.
  boolean tScoreAtMost(double limit, long days) {
    return anyAtMost("t-score-", T_SCORES, limit, days);
  }

  /// The same of the Z-score.
  boolean zScoreAtMost(double limit, long days) {
    return anyAtMost("z-score-", Z_SCORES, limit, days);
  }

  private boolean anyAtMost(String score, List<String> scores, double limit, long days) {
    for (String analyte : scores) {
      Result result = newest(analyte, days);
      if (result != null && result.value().value().doubleValue() <= limit) {
        log.tell(analyte, words(result.value()), day(result));
        return true;
      }
    }
    List<Unknown> unknown =
        SITES.stream()
            .map(site -> score + site)
            .filter(analyte -> newest(analyte, days) == null)
            .map(log::unknown)
            .toList();
    if (!unknown.isEmpty()) {
      throw unknown.getFirst();
    }
    SITES.forEach(site -> result(score + site, days));
    return false;
  }

  /// Whether there is a DXA scan of spine or hip of these days.
  boolean scanned(long days) {
    return SCANS.stream().anyMatch(analyte -> measured(analyte, days));
  }

  /// In kg/m2, as measured in these days, else by the profile's height and weight.
  double bmi(long days) {
    Double height = profile().heightCm();
    Double weight = profile().weightKg();
    if (newest("bmi", days) == null && height != null && weight != null) {
      double bmi = weight / (height * height / 10_000);
      log.tell("bmi", String.format(Locale.ROOT, "%.1f kg/m2", bmi), null);
      return bmi;
    }
    return latest("bmi", days);
  }

  private @Nullable Result newest(String analyte, long days) {
    LocalDate from = chart.today().minusDays(days);
    return chart.results(analyte).stream()
        .filter(it -> !day(it).isBefore(from))
        .findFirst()
        .orElse(null);
  }

  private Result result(String analyte, long days) {
    Result result = newest(analyte, days);
    if (result == null) {
      throw log.unknown(analyte);
    }
    log.tell(analyte, words(result.value()), day(result));
    return result;
  }

  /// Whether there is a result of these days. This is always known.
  boolean measured(String analyte, long days) {
    List<Result> results = chart.results(analyte);
    boolean measured =
        !results.isEmpty() && !day(results.getFirst()).isBefore(chart.today().minusDays(days));
    log.tell(
        analyte,
        results.isEmpty() ? "no result" : words(results.getFirst().value()),
        results.isEmpty() ? null : day(results.getFirst()));
    return measured;
  }

  /// Whether the latest result of these days was measured so, as far as its method is stated.
  boolean measuredBy(String analyte, String method, long days) {
    String stated = result(analyte, days).method();
    return stated != null
        && stated.toLowerCase(Locale.ROOT).contains(method.toLowerCase(Locale.ROOT));
  }

  /// The latest result of these days less the last one before them.
  double change(String analyte, long days) {
    Result latest = result(analyte, days);
    LocalDate from = chart.today().minusDays(days);
    Result before =
        chart.results(analyte).stream()
            .filter(it -> day(it).isBefore(from) || day(it).equals(from))
            .findFirst()
            .orElseThrow(() -> log.unknown(analyte));
    return latest.value().value().subtract(before.value().value()).doubleValue();
  }

  /// On how many days of these a morning sample was below a limit.
  long morningsBelow(String analyte, double limit, long days) {
    LocalDate from = chart.today().minusDays(days);
    long found =
        chart.results(analyte).stream()
            .filter(it -> !day(it).isBefore(from))
            .filter(this::isMorning)
            .filter(result -> result.value().value().doubleValue() < limit)
            .map(this::day)
            .distinct()
            .count();
    log.tell(analyte, found + " morning samples", null);
    return found;
  }

  private boolean isMorning(Result result) {
    LocalTime time = result.at().atZone(chart.zone()).toLocalTime();
    return !time.isBefore(MORNING_FROM) && !time.isAfter(MORNING_UNTIL);
  }

  /// Whether the patient takes an agent, or one of a class, beside the regimen. What no source
  /// lists is not taken.
  boolean takes(String agentOrClass) {
    return profile().medications().stream()
        .filter(medication -> classes.is(medication.agent(), agentOrClass))
        .filter(this::isTaken)
        .findFirst()
        .map(
            medication -> {
              log.tell(medication.agent(), "taken", medication.start());
              return true;
            })
        .orElse(false);
  }

  /// Whether an agent, or one of a class, is taken daily in at least this dose and for these days.
  /// A dose or a start that nobody has stated is unknown.
  boolean takesDaily(String agentOrClass, double atLeastMg, long days) {
    boolean perhaps = false;
    for (Medication medication : profile().medications()) {
      if (!classes.is(medication.agent(), agentOrClass) || !isTaken(medication)) {
        continue;
      }
      Quantity dose = medication.dailyDose();
      LocalDate start = medication.start();
      if (dose == null || start == null) {
        perhaps = true;
      } else if (dose.value().doubleValue() * classes.equivalent(medication.agent()) >= atLeastMg
          && !start.isAfter(chart.today().minusDays(days))) {
        log.tell(medication.agent(), words(dose), start);
        return true;
      }
    }
    if (perhaps) {
      throw log.unknown(agentOrClass);
    }
    return false;
  }

  private boolean isTaken(Medication medication) {
    LocalDate start = medication.start();
    LocalDate stop = medication.stop();
    return (start == null || !start.isAfter(chart.today()))
        && (stop == null || stop.isAfter(chart.today()));
  }

  /// Where the patient is treated.
  String region() {
    if (profile().region() == null) {
      throw log.unknown("region");
    }
    return profile().region().name();
  }

  /// The present state of a condition: what implies it makes it present, and what is absent makes
  /// absent all that would imply it.
  private Presence presence(String code) {
    Presence own = own(code);
    if (own != Presence.UNKNOWN) {
      return own;
    }
    boolean excluded =
        vocabulary.implied(code).stream().anyMatch(wider -> own(wider) == Presence.ABSENT);
    return excluded ? Presence.ABSENT : Presence.UNKNOWN;
  }

  private Presence own(String code) {
    List<Fact> fresh = fresh(code).toList();
    if (fresh.stream().anyMatch(this::isPresent)) {
      return Presence.PRESENT;
    }
    return fresh.stream().anyMatch(fact -> fact.presence() == Presence.ABSENT || isOver(fact))
        ? Presence.ABSENT
        : Presence.UNKNOWN;
  }

  private boolean isPresent(Fact fact) {
    return fact.presence() == Presence.PRESENT
        && (vocabulary.isEvent(fact.code()) || !isOver(fact));
  }

  private boolean isOver(Fact fact) {
    return fact.presence() == Presence.PRESENT
        && fact.until() != null
        && latest(fact.until()).isBefore(chart.today());
  }

  private Stream<Fact> fresh(String code) {
    Integer days = vocabulary.staleness(code);
    return chart.facts(code).stream()
        .filter(fact -> days == null || !fact.statedOn().isBefore(chart.today().minusDays(days)));
  }

  private @Nullable LocalDate statedOn(String code) {
    return chart.facts(code).stream().map(Fact::statedOn).max(LocalDate::compareTo).orElse(null);
  }

  private LocalDate day(Result result) {
    return result.at().atZone(chart.zone()).toLocalDate();
  }

  /// @param date `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
  private static LocalDate earliest(String date) {
    return switch (date.length()) {
      case 4 -> Year.parse(date).atDay(1);
      case 7 -> YearMonth.parse(date).atDay(1);
      default -> LocalDate.parse(date);
    };
  }

  private static LocalDate latest(String date) {
    return switch (date.length()) {
      case 4 -> LocalDate.of(Integer.parseInt(date), 12, 31);
      case 7 -> YearMonth.parse(date).atEndOfMonth();
      default -> LocalDate.parse(date);
    };
  }

  private ProfileRecorded profile() {
    return chart.profile();
  }

  private static String words(Quantity quantity) {
    return quantity.value().stripTrailingZeros().toPlainString() + " " + quantity.unit();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
