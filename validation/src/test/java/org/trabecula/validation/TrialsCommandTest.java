package org.trabecula.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./trabecula bench trials FILE.csv`.
class TrialsCommandTest {

  private static final String HEADER =
      "trial_id,sex,mean_age,menopause,meno_years,hypogonadism,t0_ng_dl,ghd,agents_norm,outcome,"
          + "months,change_percent,vs_placebo,n_arm,phase\n";

  @TempDir Path folder;

  @Test
  void theLastLineSumsUpTheRowsOnTreatment() throws IOException {
    Run run =
        trials(
            """
            ONE,F,55,post,4,na,,0,estradiol|50|ug|transdermal|1|patch,LS_BMD,24,4.0,0,80,on_treatment
            ONE,F,55,post,4,na,,0,placebo|0|na|transdermal|1|patch,LS_BMD,24,-2.0,0,80,on_treatment
            ONE,F,55,post,4,na,,0,estradiol|50|ug|transdermal|1|patch,CTX,6,-40,0,80,on_treatment
            TWO,F,70,post,20,na,,0,alendronate|10|mg|oral|1|tablet,LS_BMD,24,6.0,0,80,on_treatment
            """);
    assertThat(run.code()).isZero();
    assertThat(run.lastLine())
        .matches(
            "rows=2 mae=\\d+\\.\\d\\d bias=-?\\d+\\.\\d\\d coverage90=[01]\\.\\d\\d skipped=1");
    assertThat(run.out()).contains("no model of alendronate, oral tablet");
  }

  @Test
  void knowsTheHormoneBehindAgentsThatItWasNotFittedTo() throws IOException {
    Run run =
        trials(
            """
            A,F,55,post,4,na,,0,estradiol|1.5|mg|transdermal|1|gel,LS_BMD,24,4.0,0,80,on_treatment
            A,F,55,post,4,na,,0,estradiol-valerate|2|mg|oral|1|tablet;levonorgestrel|0.15|mg|oral|2|tablet,LS_BMD,24,4.0,0,80,on_treatment
            B,M,65,na,,none,,0,orchiectomy|0|na|none|1|na,LS_BMD,12,-3.0,0,30,on_treatment
            B,M,30,na,,central,100,0,testosterone-cypionate|200|mg|im|14|injection,FN_BMD,24,2,0,30,on_treatment
            C,MF,45,na,,na,,1,somatropin|1.2|IU|sc|1|injection,TH_BMD,24,2,0,30,on_treatment
            D,F,62,post,12,na,,0,anastrozole|1|mg|oral|1|tablet,LS_BMD,24,-2.5,0,60,on_treatment
            """);
    assertThat(run.lastLine()).startsWith("rows=6 ").endsWith("skipped=0");
  }

  @Test
  void aDifferenceFromPlaceboIsComparedWithOne() throws IOException {
    String row =
        ",F,53,post,3,na,,0,estradiol|50|ug|transdermal|1|patch,LS_BMD,24,6.5,%d,80,on_treatment\n";
    Run run = trials("FROM_BASELINE" + row.formatted(0) + "FROM_PLACEBO" + row.formatted(1));
    assertThat(median(run, "FROM_PLACEBO")).isGreaterThan(median(run, "FROM_BASELINE") + 1.5);
  }

  @Test
  void aRowThatCannotBeReadIsListedWithColumnAndReason() throws IOException {
    Run run =
        trials(
            """
            A,F,old,post,4,na,,0,none|0|na|none|1|na,LS_BMD,24,-2,0,80,on_treatment
            B,F,55,post,4,na,,0,estradiol|-50|ug|transdermal|1|patch,LS_BMD,24,4,0,80,on_treatment
            C,X,55,post,4,na,,0,none|0|na|none|1|na,LS_BMD,24,-2,0,80,on_treatment
            D,F,155,post,4,na,,0,none|0|na|none|1|na,LS_BMD,24,-2,0,80,on_treatment
            E,F,55,post,4,na,,0,none|0|na|none|1|na,LS_BMD,NaN,-2,0,80,on_treatment
            """);
    assertThat(run.out())
        .contains("column mean_age: \"old\" is not a number")
        .contains("column agents_norm")
        .contains("column sex: \"X\"")
        .contains("age must be 18 to 100")
        .contains("column months: \"NaN\" is not finite");
    assertThat(run.lastLine()).startsWith("rows=0 ").endsWith("skipped=5");
  }

  @Test
  void whatIsNoFileOfTrialsIsRefused() throws IOException {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, "a,b\n1,2\n");
    Run run = run("trials", file.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("no column trial_id");
    assertThat(run("trials", folder.resolve("none.csv").toString()).code()).isEqualTo(1);
    assertThat(run("trials").code()).isEqualTo(2);
  }

  private static double median(Run run, String trial) {
    String line = run.out().lines().filter(l -> l.contains(trial + " ")).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(0, line.indexOf('[')).strip().split("\\s+")[6 - 1]);
  }

  private Run trials(String rows) throws IOException {
    Path file = folder.resolve("trials.csv");
    Files.writeString(file, HEADER + rows);
    return run("trials", file.toString());
  }

  private Run run(String... words) throws IOException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Validation.run(
            folder,
            List.of(words),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private record Run(int code, String out, String err) {
    String lastLine() {
      return out.lines().toList().getLast();
    }
  }
}
