package org.trabecula.patient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NaturalKeyTest {
  @Test
  void neverChanges() {
    assertThat(NaturalKey.of("clinic", "measurement", "lis", "A1"))
        .hasToString("e41428d2-a811-5655-96d2-143b5b751f88")
        .matches(id -> id.version() == 5)
        .matches(id -> id.variant() == 2);
  }

  @Test
  void keepsThePartsApart() {
    assertThat(NaturalKey.of("a", "bc")).isNotEqualTo(NaturalKey.of("ab", "c"));
  }
}
