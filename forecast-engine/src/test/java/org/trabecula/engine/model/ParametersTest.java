package org.trabecula.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

  @Test
  void everyNumberCarriesUnitStatusAndSource() {
    assertThat(CsvResource.rows("/org/trabecula/engine/parameters.csv"))
        .hasSameSizeAs(Parameters.shipped().values().keySet())
        .allSatisfy(
            row -> {
              assertThat(row.get("unit")).isNotBlank();
              assertThat(row.get("status")).isIn(List.of("fitted", "assumed", "seen", "recalled"));
              assertThat(row.get("meaning and source")).hasSizeGreaterThan(10);
            });
  }

  @Test
  void aMemberDiffersFromTheShippedSetInOneValue() {
    Parameters member = Parameters.shipped().with("kE", 25);
    assertThat(member.cell().kE()).isEqualTo(25);
    assertThat(member.with("kE", Parameters.shipped().cell().kE())).isEqualTo(Parameters.shipped());
  }

  @Test
  void theHashChangesWithAnyValueAndWithNothingElse() {
    Parameters shipped = Parameters.shipped();
    assertThat(shipped.hash())
        .hasSize(64)
        .isEqualTo(shipped.with("kE", shipped.cell().kE()).hash());
    assertThat(shipped.values().keySet())
        .allSatisfy(
            name -> {
              double other = shipped.values().get(name) + 1e-9;
              assertThat(shipped.with(name, other).hash()).isNotEqualTo(shipped.hash());
            });
  }

  @Test
  void refusesANameThatNoEquationReads() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.shipped().with("nonsense", 1))
        .withMessageContaining("nonsense");
  }
}
