package org.trabecula.protocol.regimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Step;

class RegimenTest {
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
  private static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);

  @Test
  void anOpenStepStopsWhereTheRegimenEnds() {
    assertThat(ended(JUNE, step(MARCH, null)).taken()).containsExactly(step(MARCH, JUNE));
  }

  @Test
  void aStepThatStoppedBeforeKeepsItsStop() {
    assertThat(ended(SEPTEMBER, step(MARCH, JUNE)).taken()).containsExactly(step(MARCH, JUNE));
  }

  @Test
  void aStepThatWouldHaveGoneOnIsCutShort() {
    assertThat(ended(JUNE, step(MARCH, SEPTEMBER)).taken()).containsExactly(step(MARCH, JUNE));
  }

  @Test
  void aStepThatHadNotBegunWasNeverTaken() {
    assertThat(ended(JUNE, step(MARCH, null), step(JUNE, null), step(SEPTEMBER, null)).taken())
        .containsExactly(step(MARCH, JUNE));
  }

  @Test
  void anActiveRegimenIsTakenAsItWasOrdered() {
    Regimen regimen = regimen(step(MARCH, null));

    assertThat(regimen.active()).isTrue();
    assertThat(regimen.taken()).isEqualTo(regimen.steps);
    assertThat(regimen.start()).isEqualTo(MARCH);
  }

  private static Regimen ended(LocalDate day, Step... steps) {
    Regimen regimen = regimen(steps);
    regimen.end(day, "test", 2, Instant.EPOCH);
    return regimen;
  }

  private static Regimen regimen(Step... steps) {
    return new Regimen(
        UUID.randomUUID(),
        1,
        new RegimenOrder(null, null, List.of(steps), List.of(), List.of()),
        Instant.EPOCH);
  }

  private static Step step(LocalDate start, @Nullable LocalDate stop) {
    return new Step(
        "estradiol-gel",
        new Quantity(BigDecimal.ONE, "mg"),
        Route.TRANSDERMAL,
        BigDecimal.ONE,
        null,
        null,
        null,
        start,
        stop);
  }
}
