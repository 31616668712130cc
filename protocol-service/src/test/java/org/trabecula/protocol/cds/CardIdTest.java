package org.trabecula.protocol.cds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CardIdTest {
  private static final String ONE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";
  private static final String OTHER = "d1577c69-dfbe-44ad-ba6d-3e05e953b2eb";

  @Test
  void namesTheSameCardAlikeAndAnotherOtherwise() {
    UUID card = CardId.of(ONE, "HRT-01", "estradiol-oral");

    assertThat(CardId.of(ONE, "HRT-01", "estradiol-oral")).isEqualTo(card);
    assertThat(CardId.of(OTHER, "HRT-01", "estradiol-oral")).isNotEqualTo(card);
    assertThat(CardId.of(ONE, "HRT-01", "estradiol-patch")).isNotEqualTo(card);
    assertThat(CardId.of(ONE, "HRT-02", "estradiol-oral")).isNotEqualTo(card);
  }

  @Test
  void tellsItsTopic() {
    UUID card = CardId.of(ONE, "HRT-01", "estradiol-oral");

    assertThat(CardId.isOf(card, "HRT-01")).isTrue();
    assertThat(CardId.isOf(card, "HRT-02")).isFalse();
    assertThat(CardId.isOf(UUID.randomUUID(), "HRT-01")).isFalse();
  }

  @Test
  void isAUuidOfItsOwnMaking() {
    UUID card = CardId.of(ONE, "HRT-01", "");

    assertThat(card.version()).isEqualTo(8);
    assertThat(card.variant()).isEqualTo(2);
  }
}
