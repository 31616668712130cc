package org.trabecula.clinicalrules.safety;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.clinicalrules.safety.Chart.Result;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.ClinicalFact.Kind;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.Region;

/// Somebody in whom every fact that rules ask for is known and unremarkable, and who can be made to
/// differ.
final class Person {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  static final Map<String, ClinicalFact> FACTS = facts();
  static final Map<String, Analyte> ANALYTES = analytes();

  /// What is unremarkable, in canonical units. hCG is left out: it answers for a pregnancy that
  /// nobody has stated.
  private static final Map<String, String> NORMAL =
      Map.ofEntries(
          Map.entry("ctx", "300"),
          Map.entry("p1np", "45"),
          Map.entry("estradiol", "100"),
          Map.entry("testosterone", "18"),
          Map.entry("lh", "5"),
          Map.entry("fsh", "5"),
          Map.entry("igf-1", "150"),
          Map.entry("igf-1-z-score", "0"),
          Map.entry("tsh", "2"),
          Map.entry("cortisol", "300"),
          Map.entry("25-oh-vitamin-d", "80"),
          Map.entry("pth", "4"),
          Map.entry("calcium", "2.35"),
          Map.entry("albumin", "42"),
          Map.entry("egfr", "90"),
          Map.entry("haematocrit", "44"),
          Map.entry("hba1c", "5.2"),
          Map.entry("fasting-glucose", "5.0"),
          Map.entry("triglycerides", "1.2"),
          Map.entry("psa", "1.0"),
          Map.entry("systolic-bp", "120"),
          Map.entry("diastolic-bp", "75"),
          Map.entry("bmi", "24"),
          Map.entry("bmd-lumbar-spine", "1.0"),
          Map.entry("bmd-total-hip", "0.9"),
          Map.entry("bmd-femoral-neck", "0.8"),
          Map.entry("t-score-lumbar-spine", "-0.5"),
          Map.entry("t-score-total-hip", "-0.5"),
          Map.entry("t-score-femoral-neck", "-0.5"),
          Map.entry("z-score-lumbar-spine", "0"),
          Map.entry("z-score-total-hip", "0"),
          Map.entry("z-score-femoral-neck", "0"));

  private static final Map<String, String> NORMAL_IN_WOMEN = Map.of("testosterone", "1.0");

  private static final Map<String, String> STATED =
      Map.of(
          "dietary-calcium", "1000",
          "biotin-intake", "0",
          "ipss", "5",
          "frax-major-osteoporotic", "5",
          "frax-hip", "0.5");

  Sex sex;
  @Nullable YearMonth birth;
  MenopausalStatus menopause;
  @Nullable YearMonth finalPeriod;
  Presence uterus;
  HypogonadismKind hypogonadism = HypogonadismKind.NONE;
  Presence growthHormoneDeficiency = Presence.ABSENT;
  Smoking smoking = Smoking.NEVER;
  @Nullable Region region = Region.US;
  @Nullable Double heightCm;
  @Nullable Double weightKg;
  final Map<String, List<Fact>> facts = new TreeMap<>();
  final Map<String, List<Result>> results = new TreeMap<>();
  final List<Medication> medications = new ArrayList<>();

  private Person(Sex sex) {
    boolean female = sex == Sex.FEMALE;
    this.sex = sex;
    this.birth = YearMonth.of(female ? 1970 : 1966, 4);
    this.menopause = female ? MenopausalStatus.POSTMENOPAUSAL : MenopausalStatus.NOT_APPLICABLE;
    this.finalPeriod = female ? YearMonth.of(2021, 4) : null;
    this.uterus = female ? Presence.PRESENT : Presence.ABSENT;
    FACTS.values().forEach(this::stateUnremarkable);
    NORMAL.forEach(
        (analyte, value) -> {
          String normal = requireNonNullElse(female ? NORMAL_IN_WOMEN.get(analyte) : null, value);
          measure(analyte, normal + "@10", normal + "@500");
        });
  }

  static Person woman() {
    return new Person(Sex.FEMALE);
  }

  static Person man() {
    return new Person(Sex.MALE);
  }

  private void stateUnremarkable(ClinicalFact fact) {
    switch (fact.kind()) {
      case CONDITION, EVENT -> state(fact.code(), Presence.ABSENT, null);
      case QUANTITY -> state(fact.code(), new BigDecimal(STATED.get(fact.code())));
      case CODED, MEASUREMENT -> {}
    }
  }

  /// Replaces what was stated.
  Person state(String code, Presence presence, @Nullable String since) {
    if (presence == Presence.UNKNOWN) {
      facts.remove(code);
      return this;
    }
    facts.put(code, List.of(new Fact(code, presence, null, null, since, null, TODAY)));
    return this;
  }

  Person state(String code, BigDecimal value) {
    String unit = Objects.requireNonNull(fact(code).unit());
    facts.put(
        code, List.of(new Fact(code, null, new Quantity(value, unit), null, null, null, TODAY)));
    return this;
  }

  /// It and all that it implies, as patient-service tells it.
  Person present(String code, @Nullable String since) {
    state(code, Presence.PRESENT, since);
    fact(code).implies().forEach(wider -> state(wider, Presence.PRESENT, since));
    return this;
  }

  /// Replaces all results of an analyte.
  ///
  /// @param stated `value@days method`; ten days ago when there are no days
  Person measure(String analyte, String... stated) {
    results.put(analyte, List.of(stated).stream().map(it -> result(analyte, it)).toList());
    return this;
  }

  private static Result result(String analyte, String stated) {
    String[] words = stated.split(" ", 2);
    String[] value = words[0].split("@", 2);
    int days = value.length > 1 ? Integer.parseInt(value[1]) : 10;
    return new Result(
        analyte,
        new Quantity(
            new BigDecimal(value[0]),
            Objects.requireNonNull(ANALYTES.get(analyte), analyte).unit()),
        TODAY.minusDays(days).atTime(LocalTime.of(8, 0)).toInstant(ZoneOffset.UTC),
        words.length > 1 ? words[1] : null);
  }

  /// Nobody has ever stated it.
  ///
  /// @param code as a finding's basis names it
  Person forget(String code) {
    facts.remove(code);
    results.remove(code);
    switch (code) {
      case "sex" -> sex = Sex.UNKNOWN;
      case "age" -> birth = null;
      case "menopause" -> {
        menopause = MenopausalStatus.UNKNOWN;
        facts.remove("surgical-menopause");
      }
      case "final-period" -> finalPeriod = null;
      case "uterus" -> {
        uterus = Presence.UNKNOWN;
        facts.remove("hysterectomy");
      }
      case "hypogonadism" -> {
        hypogonadism = HypogonadismKind.UNKNOWN;
        facts.remove("primary-hypogonadism");
      }
      case "growth-hormone-deficiency" -> {
        growthHormoneDeficiency = Presence.UNKNOWN;
        facts.remove("growth-hormone-deficiency-confirmed");
      }
      case "smoking" -> smoking = Smoking.UNKNOWN;
      default -> {}
    }
    return this;
  }

  ProfileRecorded profile() {
    return new ProfileRecorded(
        new UUID(0, 1),
        1,
        region,
        sex,
        birth,
        null,
        false,
        new Menopause(menopause, finalPeriod),
        uterus,
        new Hypogonadism(hypogonadism, null),
        new GrowthHormoneDeficiency(growthHormoneDeficiency, null),
        heightCm,
        weightKg,
        smoking,
        List.copyOf(medications),
        facts.values().stream().flatMap(List::stream).toList(),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  Chart chart() {
    return new Chart(
        profile(), results.values().stream().flatMap(List::stream).toList(), TODAY, ZoneOffset.UTC);
  }

  private static ClinicalFact fact(String code) {
    return Objects.requireNonNull(FACTS.get(code), code);
  }

  static boolean isCondition(String code) {
    ClinicalFact fact = FACTS.get(code);
    return fact != null && (fact.kind() == Kind.CONDITION || fact.kind() == Kind.EVENT);
  }

  private static Map<String, ClinicalFact> facts() {
    var facts = new TreeMap<String, ClinicalFact>();
    List.of(catalogue(ClinicalFact.RESOURCE, ClinicalFact[].class))
        .forEach(fact -> facts.put(fact.code(), fact));
    return facts;
  }

  private static Map<String, Analyte> analytes() {
    var analytes = new TreeMap<String, Analyte>();
    List.of(catalogue(Analyte.RESOURCE, Analyte[].class))
        .forEach(analyte -> analytes.put(analyte.code(), analyte));
    return analytes;
  }

  private static <T> T catalogue(String resource, Class<T> type) {
    try (InputStream in = ClinicalFact.class.getResourceAsStream(resource)) {
      return ShippedData.read(resource, Objects.requireNonNull(in).readAllBytes(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
