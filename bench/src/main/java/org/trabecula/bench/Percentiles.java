package org.trabecula.bench;

import java.util.List;

/// Latencies in milliseconds, in ascending order.
public record Percentiles(List<Double> sorted) {
  public Percentiles {
    sorted = sorted.stream().sorted().toList();
  }

  /// The smallest latency that so many percent of all did not exceed (nearest rank).
  public double at(int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  @Override
  public String toString() {
    return "n %d   p50 %.0f ms   p90 %.0f ms   p99 %.0f ms   max %.0f ms"
        .formatted(sorted.size(), at(50), at(90), at(99), at(100));
  }
}
