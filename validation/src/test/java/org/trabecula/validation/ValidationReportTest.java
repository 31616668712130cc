package org.trabecula.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trabecula.validation.FreeNumber.Numbers;

/// `docs/validation.md` and its pictures. What is left out stands in here by predictions that are
/// half a point off, since fitting without every trial takes a minute.
class ValidationReportTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private static final Findings FINDINGS = findings();
  private static final String TEXT = ValidationReport.text(FINDINGS);

  @Test
  void everyRowIsThereOnce() {
    List<String> expected =
        FINDINGS.predictions().stream()
            .map(p -> p.question().row())
            .map(row -> row.trial() + " " + row.outcome())
            .sorted()
            .toList();
    Set<String> outcomes =
        FINDINGS.predictions().stream()
            .map(p -> p.question().row().outcome())
            .collect(Collectors.toSet());
    List<String> shown =
        TEXT.lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split(" \\| ?", -1))
            .filter(cells -> cells.length == 10 && outcomes.contains(cells[2]))
            .map(cells -> cells[0].replaceAll("[| *]", "") + " " + cells[2])
            .sorted()
            .toList();
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void theHeadlineIsTheScore() {
    List<Prediction> left = FINDINGS.leftOut();
    double mae = left.stream().mapToDouble(p -> Math.abs(p.error())).sum() / left.size();
    long covered = left.stream().filter(Prediction::covers).count();
    assertThat(TEXT)
        .contains(
            Validation.format("left out: rows=%d mae=%.2f bias=", left.size(), mae),
            Validation.format("coverage90=%.2f\nfitted:", (double) covered / left.size()));
  }

  @Test
  void everySkippedRowIsCounted() {
    assertThat(TEXT).contains("Rows that were not compared: " + FINDINGS.skipped().size());
  }

  @Test
  void everyLinkLeadsSomewhere(@TempDir Path docs) throws IOException {
    ValidationReport.draw(FINDINGS, docs.resolve("images/validation"));
    Path shipped = Path.of("..", "docs");
    for (String target : links(TEXT)) {
      Path folder = target.startsWith("images/") ? docs : shipped;
      assertThat(folder.resolve(target)).exists();
    }
    for (String target : links(Files.readString(shipped.resolve("validation.md")))) {
      assertThat(shipped.resolve(target)).exists();
    }
  }

  @Test
  void picturesAreSmallXmlAndTheSameTwice(@TempDir Path folder) throws Exception {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    ValidationReport.draw(FINDINGS, first);
    ValidationReport.draw(findings(), second);
    List<Path> pictures;
    try (Stream<Path> files = Files.list(first)) {
      pictures = files.toList();
    }
    assertThat(pictures).hasSizeGreaterThan(5);
    for (Path picture : pictures) {
      DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(picture.toFile());
      assertThat(picture).hasSameBinaryContentAs(second.resolve(picture.getFileName()));
      assertThat(Files.size(picture)).isLessThan(200_000);
    }
  }

  @Test
  void unevenRanksAreImprobable() {
    assertThat(ranks(20, 20, 20, 20, 20, 20, 20, 20, 20, 20).probability()).isEqualTo(1);
    // Chi-square 16.8 with nine degrees of freedom; 16.92 has 5 %.
    assertThat(ranks(34, 12, 14, 22, 18, 24, 16, 20, 20, 20).probability()).isBetween(0.05, 0.055);
    assertThat(ranks(200, 0, 0, 0, 0, 0, 0, 0, 0, 0).probability()).isLessThan(1e-9);
  }

  @Test
  void ticksAreRoundAndInside() {
    assertThat(new Panel.Range(-12.1, 12.6).ticks(10))
        .containsExactly(-12, -10, -8, -6, -4, -2, 0, 2, 4, 6, 8, 10, 12);
    assertThat(new Panel.Range(0, 1).ticks(4))
        .containsExactly(0, 0.2, 0.4, 0.6000000000000001, 0.8, 1);
  }

  private static RankHistogram ranks(Integer... cells) {
    return new RankHistogram("patient", "quantity", List.of(cells));
  }

  private static Set<String> links(String page) {
    return LINK.matcher(page)
        .results()
        .map(r -> r.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Findings findings() {
    Numbers numbers = Numbers.shipped();
    TrialSet trials = TrialSet.of(TrialFile.trials());
    List<Prediction> predictions = Predictor.predict(numbers, trials.questions());
    List<Prediction> leftOut =
        predictions.stream()
            .filter(p -> p.question().isJudged())
            .map(p -> new Prediction(p.question(), p.median() + 0.5, p.sd()))
            .toList();
    List<RankHistogram> ranks = Collections.nCopies(3, ranks(9, 11, 10, 8, 12, 10, 10, 10, 11, 9));
    return new Findings(numbers, predictions, leftOut, trials.skipped(), ranks);
  }
}
