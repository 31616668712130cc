package org.trabecula.engine.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrawsTest {

  @Test
  void aDrawDependsOnItsAddressAlone() {
    double first = new Draws(7, 1).uniform(3, 100);
    assertThat(new Draws(7, 1).uniform(3, 100)).isEqualTo(first);
    assertThat(new Draws(8, 1).uniform(3, 100)).isNotEqualTo(first);
    assertThat(new Draws(7, 2).uniform(3, 100)).isNotEqualTo(first);
    assertThat(new Draws(7, 1).uniform(4, 100)).isNotEqualTo(first);
    assertThat(new Draws(7, 1).uniform(3, 101)).isNotEqualTo(first);
  }

  /// Chi-square of 100 cells on 100,000 draws: 99 degrees of freedom, beyond 149 in 1 of 1000.
  @Test
  void drawsAreUniform() {
    int[] cells = new int[100];
    for (int i = 0; i < 100_000; i++) {
      cells[(int) (100 * new Draws(i % 10, 0).uniform(i % 7, i))]++;
    }
    double chiSquare = 0;
    for (int cell : cells) {
      chiSquare += (cell - 1000.0) * (cell - 1000) / 1000;
    }
    assertThat(chiSquare).isBetween(55.0, 149.0);
  }

  @Test
  void normalsHaveTheMomentsOfTheDistributionAndDoNotFollowEachOther() {
    double[] a = new Draws(5, 0).normals(1, 1024);
    double[] b = new Draws(5, 0).normals(2, 1024);
    assertThat(meanOfProducts(a, a)).isCloseTo(1, within(0.02));
    assertThat(meanOfProducts(a, b)).isCloseTo(0, within(4 / Math.sqrt(1024)));
    double mean = 0;
    for (double z : a) {
      mean += z / 1024;
    }
    assertThat(mean).isCloseTo(0, within(0.005));
  }

  private static double meanOfProducts(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / a.length;
  }
}
