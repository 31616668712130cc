package org.trabecula.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Agent;
import org.trabecula.engine.Agents;
import org.trabecula.engine.Cohort;
import org.trabecula.engine.Cohort.Course;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.validation.TrialRow.Dose;
import org.trabecula.validation.TrialRow.Menopause;
import org.trabecula.validation.TrialRow.Sex;

/// Turns rows of a trial file into questions to the model, or says why one cannot be asked.
final class Questions {

  private static final double MONTH = 365.25 / 12;
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /// Final menstrual period where the row does not tell: the population's mean.
  private static final double TYPICAL_FMP = 51;

  /// Testosterone of an arm that states the kind of hypogonadism and no level, ng/dL: a trial of
  /// pituitary or testicular disease has men far below the limit, one of low-normal men just below.
  private static final double SEVERE = 150;

  private static final double MILD = 300;

  /// Who stops after an unknown duration had reached steady state.
  private static final double LONG_BEFORE = 24;

  /// Years of a mean rate, where only the note of the row tells them.
  private static final Pattern YEARS = Pattern.compile("over (?:about )?(\\d+) y off");

  private final Agents agents;
  private final List<Code> codes = codes();

  Questions(Agents agents) {
    this.agents = agents;
  }

  /// Why a row cannot be represented.
  static final class Unrepresentable extends Exception {
    private static final long serialVersionUID = 1;

    Unrepresentable(String reason) {
      super(reason);
    }
  }

  private record Code(String code, String route, String form, String engine, String note) {
    boolean matches(Dose dose) {
      return code.equals(dose.code())
          && (route.equals("*") || route.equals(dose.route()))
          && (form.equals("*") || form.equals(dose.form()));
    }
  }

  Question of(TrialRow row) throws Unrepresentable {
    if (row.usable().equals("no")) {
      throw new Unrepresentable("not comparable: " + row.usableNote());
    }
    if (row.trial().endsWith("_META")) {
      throw new Unrepresentable("a pooled result that overlaps primary trials");
    }
    Measure measure =
        Measure.of(row.outcome())
            .orElseThrow(() -> new Unrepresentable("the model has no " + row.outcome()));
    Double observed = row.change();
    if (observed == null) {
      throw new Unrepresentable("no change in per cent");
    }
    if (measure == Measure.ESTRADIOL && row.sex() != Sex.M) {
      throw new Unrepresentable("per cent of an estradiol near the floor of its assay");
    }
    List<String> remarks = new ArrayList<>();
    double offset = row.withdrawal() ? before(row, remarks) : 0;
    List<Course> courses = courses(row, remarks);
    List<Cohort> arm = cohorts(row, courses, offset, remarks);
    List<Cohort> control =
        row.versusPlacebo() ? cohorts(row, List.of(), offset, new ArrayList<>()) : List.of();
    TrialRow.Window window = row.window();
    double span =
        window != null
            ? (window.to() - window.from()) * 12
            : row.perYear() ? 12 * yearsOfRate(row) : row.months();
    if (!(span > 0)) {
      throw new Unrepresentable("no time has passed at month " + row.months());
    }
    return new Question(
        row,
        measure,
        observed,
        DrugClass.of(courses.stream().map(Course::agent).toList(), row.sex(), agents),
        arm,
        control,
        0,
        span * MONTH,
        row.perYear() ? span / 12 : 1,
        remarks);
  }

  private static double yearsOfRate(TrialRow row) {
    Matcher matcher = YEARS.matcher(row.usableNote());
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 1;
  }

  private static double before(TrialRow row, List<String> remarks) {
    Double months = row.monthsBefore();
    if (months == null && !row.withdrawal()) {
      return 0;
    }
    if (months == null) {
      remarks.add("months on treatment not stated, taken as %.0f".formatted(LONG_BEFORE));
      return LONG_BEFORE;
    }
    return months;
  }

  private List<Course> courses(TrialRow row, List<String> remarks) throws Unrepresentable {
    double start = -before(row, remarks) * MONTH;
    double stop = row.withdrawal() ? 0 : NEVER;
    List<Course> courses = new ArrayList<>();
    for (Dose dose : row.agents()) {
      Optional<Course> course =
          dose.isNothing() ? Optional.empty() : course(row, dose, start, stop, remarks);
      course.ifPresent(courses::add);
    }
    Double prednisone = row.prednisone();
    boolean listed =
        courses.stream()
            .anyMatch(
                c -> agents.find(c.agent()).orElseThrow().effect() == Agent.Effect.GLUCOCORTICOID);
    if (prednisone != null && prednisone > 0 && !listed) {
      courses.add(new Course("prednisone", prednisone, "mg", 1, start, stop));
    }
    return courses;
  }

  private Optional<Course> course(
      TrialRow row, Dose dose, double start, double stop, List<String> remarks)
      throws Unrepresentable {
    Code code =
        codes.stream()
            .filter(c -> c.matches(dose))
            .findFirst()
            .orElseThrow(
                () ->
                    new Unrepresentable(
                        "no model of %s, %s %s".formatted(dose.code(), dose.route(), dose.form())));
    if (code.engine().equals("-")) {
      throw new Unrepresentable(code.note());
    }
    if (!code.note().isEmpty()) {
      remarks.add(dose.code() + ": " + code.note());
    }
    if (code.engine().equals("none")) {
      return Optional.empty();
    }
    if (stop <= start) {
      return Optional.empty();
    }
    Agent agent = agents.find(code.engine()).orElseThrow();
    double adherence = adherence(row, remarks);
    boolean procedure = dose.code().endsWith("ectomy");
    double amount = procedure ? 1 : dose.amount() * adherence;
    String unit = procedure || dose.unit().equals("na") ? "mg" : dose.unit();
    if (agent.units().contains("ug/d")) {
      amount = unit.equals("mg") ? 1000 * amount : amount;
      unit = "ug/d";
    }
    if (!agent.units().contains(unit)) {
      if (unit.equals("ug") && agent.units().contains("mg")) {
        amount /= 1000;
        unit = "mg";
      } else {
        throw new Unrepresentable("%s has no dose in %s".formatted(dose.code(), dose.unit()));
      }
    }
    return Optional.of(new Course(agent.code(), amount, unit, dose.intervalDays(), start, stop));
  }

  /// The mean of takers and non-takers lies near that of all taking the share.
  private static double adherence(TrialRow row, List<String> remarks) {
    Double adherence = row.adherence();
    if (adherence == null) {
      return 1;
    }
    remarks.add("dose times adherence %.2f".formatted(adherence));
    return adherence;
  }

  private List<Cohort> cohorts(
      TrialRow row, List<Course> courses, double offset, List<String> remarks)
      throws Unrepresentable {
    List<Cohort> cohorts = new ArrayList<>();
    if (row.sex() != Sex.M) {
      cohorts.add(women(row, courses, offset, remarks));
    }
    if (row.sex() != Sex.F) {
      cohorts.add(men(row, courses, offset));
    }
    return cohorts;
  }

  private Cohort women(TrialRow row, List<Course> courses, double offset, List<String> remarks)
      throws Unrepresentable {
    TrialRow.Window window = row.window();
    double age;
    double fmp;
    boolean surgical = row.menopause() == Menopause.SURGICAL;
    if (window != null) {
      Double stated = row.meanAge();
      fmp = surgical && stated != null ? stated - window.from() : TYPICAL_FMP;
      age = fmp + window.from();
    } else {
      age = age(row) + offset / 12;
      fmp = finalPeriod(row, remarks);
    }
    return cohort(
        SexForClinicalUse.FEMALE, age, fmp, surgical, Hypogonadism.NONE, null, null, row, courses);
  }

  private static double finalPeriod(TrialRow row, List<String> remarks) throws Unrepresentable {
    double age = age(row);
    Double years = row.menopauseYears();
    if (years != null) {
      return age - years;
    }
    return switch (row.menopause()) {
      case PRE -> Math.max(TYPICAL_FMP, age + 5);
      case PERI -> age + 1;
      case NA -> TYPICAL_FMP;
      case POST, SURGICAL -> {
        double fmp = Math.min(TYPICAL_FMP, age - 2);
        remarks.add("years since menopause not stated, taken as %.0f".formatted(age - fmp));
        yield fmp;
      }
    };
  }

  private Cohort men(TrialRow row, List<Course> courses, double offset) throws Unrepresentable {
    Hypogonadism hypogonadism =
        switch (row.hypogonadism()) {
          case "primary", "castrate" -> Hypogonadism.PRIMARY;
          case "central" -> Hypogonadism.CENTRAL;
          default -> Hypogonadism.NONE;
        };
    Double t = row.testosterone();
    if (t == null) {
      t =
          switch (row.hypogonadism()) {
            case "mild" -> (Double) MILD;
            case "castrate" -> (Double) 20.0;
            case "central", "primary" -> (Double) SEVERE;
            default -> null;
          };
    }
    return cohort(
        SexForClinicalUse.MALE,
        age(row) + offset / 12,
        null,
        false,
        hypogonadism,
        t,
        row.estradiol(),
        row,
        courses);
  }

  private static Cohort cohort(
      SexForClinicalUse sex,
      double age,
      @Nullable Double fmp,
      boolean surgical,
      Hypogonadism hypogonadism,
      @Nullable Double t,
      @Nullable Double e2,
      TrialRow row,
      List<Course> courses)
      throws Unrepresentable {
    Double bmi = row.bmi();
    try {
      return new Cohort(
          sex,
          age,
          fmp,
          surgical,
          hypogonadism,
          t,
          e2,
          row.growthHormoneDeficiency(),
          bmi == null ? 27 : bmi,
          courses);
    } catch (IllegalArgumentException e) {
      throw new Unrepresentable(String.valueOf(e.getMessage()));
    }
  }

  private static double age(TrialRow row) throws Unrepresentable {
    Double age = row.meanAge();
    if (age == null) {
      throw new Unrepresentable("no mean age");
    }
    return age;
  }

  private static List<Code> codes() {
    try (InputStream in =
            Objects.requireNonNull(Questions.class.getResourceAsStream("agent-codes.csv"));
        CSVParser parser =
            CSVParser.parse(
                new InputStreamReader(in, StandardCharsets.UTF_8),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      List<Code> codes = new ArrayList<>();
      for (CSVRecord r : parser) {
        codes.add(
            new Code(r.get("code"), r.get("route"), r.get("form"), r.get("engine"), r.get("note")));
      }
      return codes;
    } catch (IOException e) {
      throw new IllegalStateException("agent-codes.csv is missing from the build", e);
    }
  }
}
