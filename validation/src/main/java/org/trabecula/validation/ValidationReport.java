package org.trabecula.validation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trabecula.engine.model.CsvResource;
import org.trabecula.validation.FreeNumber.Numbers;
import org.trabecula.validation.TrialFile.Rejected;

/// `docs/validation.md` and its pictures, made anew from the shipped numbers and trials.
final class ValidationReport {

  static final String PAGE = "docs/validation.md";

  private static final String PICTURES = "images/validation/";
  private static final double MOST_MAE = 1.2;
  private static final double MOST_BIAS = 0.4;
  private static final double LEAST_COVERAGE = 0.85;
  private static final double MOST_COVERAGE = 0.95;
  private static final int FEW_ROWS = 5;
  private static final int MOST_MISSED = 8;
  private static final int MOST_SENSITIVE = 12;

  private static final List<Scenario> COURSES =
      List.of(
          Scenario.MENOPAUSE,
          Scenario.MHT,
          Scenario.GNRH_AGONIST,
          Scenario.TESTOSTERONE,
          Scenario.TESTOSTERONE_AND_ANASTROZOLE,
          Scenario.ANASTROZOLE,
          Scenario.GROWTH_HORMONE,
          Scenario.GH_PEPTIDE,
          Scenario.PREDNISONE);

  private ValidationReport() {}

  static void run(Path root, PrintStream out) throws IOException {
    Findings findings = Findings.of(out::println);
    out.println("Drawing");
    draw(findings, root.resolve("docs/" + PICTURES));
    out.println("Writing " + PAGE);
    Files.writeString(root.resolve(PAGE), text(findings));
    out.println("left out: " + headline(Score.of(findings.leftOut())));
  }

  static void draw(Findings findings, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Measure site : List.of(Measure.LUMBAR_SPINE, Measure.FEMORAL_NECK, Measure.TOTAL_HIP)) {
      Plots.scatter(
          folder.resolve(picture(site)),
          capital(title(site)) + ", numbers fitted to these trials",
          findings.density().stream().filter(p -> p.question().measure() == site).toList());
    }
    Plots.scatter(
        folder.resolve("left-out.svg"),
        "Each trial predicted by the others, all sites",
        findings.leftOut());
    Plots.classes(folder.resolve("classes.svg"), findings.byClass());
    Plots.courses(folder.resolve("courses.svg"), findings.numbers(), COURSES);
    Plots.ranks(folder.resolve("ranks.svg"), findings.ranks());
    Plots.sensitivities(
        folder.resolve("sensitivities.svg"), Sensitivities.top(findings.numbers(), MOST_SENSITIVE));
  }

  static String text(Findings findings) {
    Markdown page = new Markdown();
    page.heading(1, "Validation");
    page.paragraph(
        """
        How far the model agrees with published trials. Made by `./trabecula bench validate` from the shipped numbers and
        [trials](../validation/src/main/resources/org/trabecula/validation/trials.md); nothing here is written by hand. How the numbers were
        fitted and why so: [decision 14](adr/0014-calibration-and-validation.md).""");
    summary(page, findings);
    compared(page, findings);
    predicted(page, findings);
    classes(page, findings);
    leftOut(page, findings);
    courses(page);
    article(page, findings.numbers());
    ranks(page, findings.ranks());
    sensitivities(page);
    numbers(page, findings.numbers());
    return page.toString();
  }

  static String headline(Score score) {
    return Validation.format(
        "rows=%d mae=%.2f bias=%.2f coverage90=%.2f",
        score.rows(), score.mae(), score.bias(), score.coverage());
  }

  private static void summary(Markdown page, Findings findings) {
    Score fitted = Score.of(findings.judged());
    Score left = Score.of(findings.leftOut());
    page.paragraph(
        Validation.format(
            """
        ```
        left out: %s
        fitted:   %s
        ```""",
            headline(left), headline(fitted)));
    List<String> biased =
        findings.byClass().stream()
            .filter(c -> c.leftOut().rows() >= FEW_ROWS)
            .filter(c -> Math.abs(c.leftOut().bias()) > MOST_BIAS)
            .map(c -> c.drugClass().title() + " " + signed(c.leftOut().bias()))
            .toList();
    page.table(
        List.of("target, each trial left out", "reached", "met"),
        List.of(
            List.of(
                "mean absolute error at most " + MOST_MAE + " points",
                Validation.format("%.2f", left.mae()),
                yes(left.mae() <= MOST_MAE)),
            List.of(
                Validation.format(
                    "bias of every drug class with %d rows or more within ±%s points",
                    FEW_ROWS, MOST_BIAS),
                biased.isEmpty() ? "all" : "not: " + String.join("; ", biased),
                yes(biased.isEmpty())),
            List.of(
                Validation.format(
                    "90 %% interval holds %.0f to %.0f %% of arms",
                    100 * LEAST_COVERAGE, 100 * MOST_COVERAGE),
                percent(left.coverage()),
                yes(left.coverage() >= LEAST_COVERAGE && left.coverage() <= MOST_COVERAGE))));
    page.paragraph(
        Validation.format(
            """
        In words: the other trials predict the mean change of an arm with an error of %.1f points of per cent on average, over one to three years. That is a
        statement about groups. The changes of single patients spread around their group's mean with an SD of about four points.""",
            left.mae()));
    page.paragraph(
        """
        *Left out* means that the numbers were fitted again without the trial that is predicted. *Fitted* means that they have seen it: that
        figure says how well the model can describe these trials, not how well it predicts. Neither is a fresh test: the equations and the priors
        were chosen while looking at the same literature. Only a trial that nobody here has read can confirm the model:
        `./trabecula bench trials FILE.csv` predicts any.""");
  }

  private static void compared(Markdown page, Findings findings) {
    page.heading(2, "What was compared");
    long recalled =
        findings.predictions().stream().filter(p -> p.question().row().recalled()).count();
    page.paragraph(
        Validation.format(
            """
        %d rows of %d trials are simulated as the mean person of their arm with the arm's doses: %d of bone density, the others of markers, hormones
        and QCT. The errors below are those of %d rows: areal density at spine, femoral neck or total hip, on treatment, 12 to 36 months from baseline.
        A row is a change from baseline in per cent, a difference from placebo of it, or a mean rate per year, and is compared as what it is.""",
            findings.predictions().size(),
            findings.predictions().stream().map(p -> p.question().row().trial()).distinct().count(),
            findings.density().size(),
            findings.judged().size()));
    page.paragraph(
        Validation.format(
            """
        **Recalled rows.** %d rows are cited from memory of the paper and not read again (marked * below). They are judged like all others; in the
        fit they count less, their spread being widened.""",
            recalled));
    page.paragraph(
        """
        **90 % interval.** It is for the mean of such an arm, not for a patient: the spread between trials that ask the same question (SD 1.2 points
        at the spine, 1.0 at the hip, 0.4 points a year for mean rates; `spread.csv`) and the standard error of the arm's own mean, added in squares. One person varies far more.""");
    Map<String, List<Rejected>> byReason =
        findings.skipped().stream()
            .collect(Collectors.groupingBy(r -> reason(r), TreeMap::new, Collectors.toList()));
    page.folded(
        "Rows that were not compared: " + findings.skipped().size(),
        List.of("reason", ">rows", "trials"),
        byReason.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<String, List<Rejected>> e) -> -e.getValue().size())
                    .thenComparing(Map.Entry::getKey))
            .map(
                e ->
                    List.of(
                        e.getKey(),
                        String.valueOf(e.getValue().size()),
                        e.getValue().stream()
                            .map(Rejected::trial)
                            .distinct()
                            .collect(Collectors.joining(", "))))
            .toList());
  }

  /// The first of the reasons that a row gives.
  private static String reason(Rejected rejected) {
    return rejected.reason().replaceFirst("^not comparable: ", "").split("[:;]", 2)[0];
  }

  private static void predicted(Markdown page, Findings findings) {
    page.heading(2, "Predicted and observed");
    for (Measure site : List.of(Measure.LUMBAR_SPINE, Measure.FEMORAL_NECK, Measure.TOTAL_HIP)) {
      page.image(
          capital(title(site)) + ": predicted against observed change", PICTURES + picture(site));
    }
    page.paragraph(
        "Every row, by drug class. Months count from baseline, in withdrawal from stopping. * recalled.");
    for (DrugClass drugClass : DrugClass.values()) {
      List<Prediction> own =
          findings.density().stream().filter(p -> p.question().drugClass() == drugClass).toList();
      if (!own.isEmpty()) {
        rows(
            page,
            Validation.format("%s: %d", capital(drugClass.title()), own.size()),
            own,
            findings);
      }
    }
    List<Prediction> others =
        findings.predictions().stream().filter(p -> !p.question().measure().isDensity()).toList();
    rows(page, "Markers, hormones and QCT, not judged: " + others.size(), others, findings);
  }

  private static void rows(
      Markdown page, String summary, List<Prediction> predictions, Findings findings) {
    page.folded(
        summary,
        List.of(
            "trial",
            "arm",
            "outcome",
            ">months",
            ">observed %",
            ">predicted %",
            ">90 % interval",
            ">error",
            ">left out %"),
        predictions.stream().map(p -> row(p, findings)).toList());
  }

  private static List<String> row(Prediction p, Findings findings) {
    TrialRow row = p.question().row();
    List<String> arm = new ArrayList<>(List.of(row.arm()));
    if (row.versusPlacebo()) {
      arm.add("less placebo");
    }
    if (!row.phase().equals("on_treatment")) {
      arm.add(row.phase());
    }
    return List.of(
        row.trial() + (row.recalled() ? "*" : ""),
        String.join(", ", arm),
        row.outcome(),
        row.perYear() ? "per year" : Validation.format("%.0f", row.months()),
        signed(p.question().observed()),
        signed(p.median()),
        signed(p.low()) + " to " + signed(p.high()),
        signed(p.error()) + (p.covers() ? "" : " outside"),
        findings.leftOut(p).map(left -> signed(left.median())).orElse(""));
  }

  private static void classes(Markdown page, Findings findings) {
    page.heading(2, "Errors by drug class");
    page.image("Bias and mean absolute error by drug class", PICTURES + "classes.svg");
    List<List<String>> rows = new ArrayList<>();
    findings
        .byClass()
        .forEach(
            c ->
                rows.add(
                    classRow(
                        c.drugClass().title(),
                        findings.judged().stream()
                            .filter(p -> p.question().drugClass() == c.drugClass())
                            .toList(),
                        c.leftOut())));
    rows.add(classRow("all", findings.judged(), Score.of(findings.leftOut())));
    page.table(
        List.of(
            "drug class",
            ">rows",
            ">trials",
            ">bias",
            ">bias left out",
            ">MAE",
            ">MAE left out",
            ">coverage",
            ">coverage left out"),
        rows);
    page.paragraph(
        Validation.format(
            """
        Points of per cent; bias is predicted less observed. A class with fewer than %d rows says next to nothing: one study moves its mean by points.
        A class that rests on one or two studies has little else to learn from when they are left out, and then falls back on its prior. Estradiol implants are such a
        group within theirs: `%s` left out.""",
            FEW_ROWS,
            headline(
                Score.of(
                    findings.leftOut().stream().filter(p -> isImplant(p.question())).toList()))));
  }

  private static boolean isImplant(Question question) {
    return question.drugClass() == DrugClass.ESTRADIOL_PARENTERAL
        && question.row().agents().stream().anyMatch(dose -> dose.route().equals("implant"));
  }

  private static List<String> classRow(String name, List<Prediction> judged, Score left) {
    Score fitted = Score.of(judged);
    return List.of(
        name,
        String.valueOf(fitted.rows()),
        String.valueOf(judged.stream().map(p -> p.question().row().trial()).distinct().count()),
        signed(fitted.bias()),
        signed(left.bias()),
        Validation.format("%.2f", fitted.mae()),
        Validation.format("%.2f", left.mae()),
        percent(fitted.coverage()),
        percent(left.coverage()));
  }

  private static void leftOut(Markdown page, Findings findings) {
    page.heading(2, "Leaving one trial out");
    page.image("Each trial predicted by the others", PICTURES + "left-out.svg");
    page.paragraph("`" + headline(Score.of(findings.leftOut())) + "`");
    Map<String, List<Prediction>> byTrial =
        findings.leftOut().stream()
            .collect(
                Collectors.groupingBy(
                    p -> p.question().row().trial(), TreeMap::new, Collectors.toList()));
    page.paragraph("The trials that the others predict worst:");
    page.table(
        List.of("trial", "drug classes", ">rows", ">bias", ">MAE", ">MAE when fitted"),
        byTrial.entrySet().stream()
            .sorted(
                Comparator.comparingDouble(
                    (Map.Entry<String, List<Prediction>> e) -> -Score.of(e.getValue()).mae()))
            .limit(MOST_MISSED)
            .map(e -> missed(e.getKey(), e.getValue(), findings))
            .toList());
    page.paragraph(
        """
        Reports of the same participants are left out together. The refit starts from the optimum of all trials and takes six steps with its
        sensitivities. That is nearly exact where a trial is one of many and flatters it where it is the only one of its kind. The physiological anchors stay in every
        fit, and some of them were chosen knowing these trials.""");
  }

  private static List<String> missed(
      String trial, List<Prediction> predictions, Findings findings) {
    Score left = Score.of(predictions);
    Score fitted =
        Score.of(
            findings.judged().stream()
                .filter(p -> p.question().row().trial().equals(trial))
                .toList());
    return List.of(
        trial,
        predictions.stream()
            .map(p -> p.question().drugClass().title())
            .distinct()
            .collect(Collectors.joining("; ")),
        String.valueOf(left.rows()),
        signed(left.bias()),
        Validation.format("%.2f", left.mae()),
        Validation.format("%.2f", fitted.mae()));
  }

  private static void courses(Markdown page) {
    page.heading(2, "Courses over time");
    page.image("Density and markers over time under nine treatments", PICTURES + "courses.svg");
    page.paragraph(
        """
        Per cent from baseline in the typical person of each title: density above, markers below. Testosterone is 100 mg cypionate a week, anastrozole
        1 mg, somatropin 0.4 mg, tesamorelin 2 mg a day. No trial followed tesamorelin's effect on density: that panel is extrapolated from IGF-1.
        At the spine the model adds what degeneration adds to a scan with age, which is no bone: in older men it can hide a loss that the hip shows.""");
  }

  private static void article(Markdown page, Numbers numbers) {
    page.heading(2, "The source article's yearly changes");
    page.paragraph(
        """
        Ranges as reported in the source article (annualised, not trial-verified), beside the model's change in each of the first three years of the
        typical person above, from baseline and not net of a control, and beside what trials show. Trials by their ids in
        [trials.csv](../validation/src/main/resources/org/trabecula/validation/trials.csv).""");
    page.table(
        List.of(
            "treatment",
            "site",
            ">article, %/y",
            ">year 1",
            ">year 2",
            ">year 3",
            ">mean",
            "what trials show"),
        SourceArticle.claims().stream().map(claim -> claimRow(claim, numbers)).toList());
  }

  private static List<String> claimRow(SourceArticle claim, Numbers numbers) {
    double[] total = claim.scenario().changeInArm(numbers, claim.site(), 1, 2, 3);
    return List.of(
        claim.treatment(),
        title(claim.site()),
        signed(claim.low()) + " to " + signed(claim.high()),
        signed(total[0]),
        signed(total[1] - total[0]),
        signed(total[2] - total[1]),
        signed(total[2] / 3),
        claim.trials());
  }

  private static void ranks(Markdown page, List<RankHistogram> tests) {
    page.heading(2, "Is the forecast of one patient computed rightly?");
    page.image("Ranks of the truth in the posterior", PICTURES + "ranks.svg");
    double least = tests.stream().mapToDouble(RankHistogram::probability).min().orElseThrow();
    page.paragraph(
        Validation.format(
            """
        Simulation-based calibration: %d patients of each of two kinds are drawn from the prior, their results simulated with every error, and
        their forecasts made with %d members. If the computation is right, the truth lies in each tenth of the posterior equally often (line). The smallest of %d
        chi-square probabilities is %.3f; by chance alone one as small or smaller among them has a probability of %.2f. This checks the computation, not
        whether the prior is true of real patients.""",
            RankHistogram.PATIENTS,
            RankHistogram.MEMBERS,
            tests.size(),
            least,
            1 - Math.pow(1 - least, tests.size())));
    page.table(
        List.of("patient", "quantity", ">p"),
        tests.stream()
            .map(
                t -> List.of(t.patient(), t.quantity(), Validation.format("%.3f", t.probability())))
            .toList());
  }

  private static void sensitivities(Markdown page) {
    page.heading(2, "What matters most");
    page.image("Sensitivity of the spine at 24 months", PICTURES + "sensitivities.svg");
    page.paragraph(
        Validation.format(
            """
        Change of the spine at 24 months when a number moves by one standard deviation of its prior, for the %d numbers that matter most. Growth hormone is
        net of no treatment. A number that moves one column alone can be learnt from those trials alone.""",
            MOST_SENSITIVE));
  }

  private static void numbers(Markdown page, Numbers numbers) {
    page.heading(2, "Fitted numbers");
    page.paragraph(
        Validation.format(
            """
        Prior and fitted value, and how far the fit moved it in standard deviations of its prior. Numbers far from their prior are where
        the trials and the beliefs before them disagree. All other numbers stay as `parameters.csv` and `agents.csv` have them. SHA-256 of the parameters: `%s`.""",
            numbers.parameters().hash().substring(0, 16)));
    page.table(
        List.of("number", "meaning", ">prior", ">fitted", ">moved, SD", "status"),
        FreeNumber.all().stream().map(number -> numberRow(number, numbers)).toList());
  }

  private static List<String> numberRow(FreeNumber number, Numbers numbers) {
    double value = number.of(numbers);
    return List.of(
        "`" + number.name() + "`",
        number.why(),
        Validation.format("%.4g", number.prior()),
        Validation.format("%.4g", value),
        signed(number.step(value)),
        status(number));
  }

  private static String status(FreeNumber number) {
    String table = number.agent() ? "agents.csv" : "parameters.csv";
    String key = number.agent() ? "code" : "name";
    return CsvResource.rows("/org/trabecula/engine/" + table).stream()
        .filter(row -> CsvResource.field(row, key).equals(number.name()))
        .map(row -> CsvResource.field(row, "status"))
        .findFirst()
        .orElseThrow();
  }

  private static String picture(Measure site) {
    return "predicted-" + title(site).replace(' ', '-') + ".svg";
  }

  private static String title(Measure site) {
    return switch (site) {
      case LUMBAR_SPINE -> "lumbar spine";
      case FEMORAL_NECK -> "femoral neck";
      case TOTAL_HIP -> "total hip";
      default -> throw new IllegalArgumentException(site + " is no site of areal density");
    };
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }

  private static String signed(double value) {
    String text = Validation.format("%+.2f", value);
    return text.equals("-0.00") ? "+0.00" : text;
  }

  private static String percent(double share) {
    return Validation.format("%.0f %%", 100 * share);
  }

  private static String yes(boolean met) {
    return met ? "yes" : "no";
  }
}
