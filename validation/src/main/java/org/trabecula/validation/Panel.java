package org.trabecula.validation;

import java.util.Arrays;

/// A part of a picture with a linear scale on either side.
///
/// @param left edge of the plot in the picture, without its labels
record Panel(Svg svg, double left, double top, double wide, double high, Range x, Range y) {

  private static final int SIZE = 12;

  /// @param low end of a scale
  record Range(double low, double high) {

    static Range around(double[] values) {
      double low = Arrays.stream(values).min().orElseThrow();
      double high = Arrays.stream(values).max().orElseThrow();
      double margin = Math.max(0.05 * (high - low), 0.1);
      return new Range(low - margin, high + margin);
    }

    /// Multiples of 1, 2 or 5 times a power of ten, about as many as asked for.
    double[] ticks(int about) {
      double rough = (high - low) / about;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step =
          power
              * (rough < 1.5 * power ? 1 : rough < 3.5 * power ? 2 : rough < 7.5 * power ? 5 : 10);
      int first = (int) Math.ceil(low / step - 1e-9);
      int last = (int) Math.floor(high / step + 1e-9);
      double[] ticks = new double[last - first + 1];
      Arrays.setAll(ticks, i -> (first + i) * step);
      return ticks;
    }
  }

  double atX(double value) {
    return left + wide * (value - x.low()) / (x.high() - x.low());
  }

  double atY(double value) {
    return top + high * (y.high() - value) / (y.high() - y.low());
  }

  void gridX(int about, boolean labels) {
    for (double tick : x.ticks(about)) {
      svg.line(atX(tick), top, atX(tick), top + high, tick == 0 ? "#888888" : Svg.GRID, 1);
      if (labels) {
        svg.text(atX(tick), top + high + SIZE + 4, label(tick), "middle", SIZE);
      }
    }
  }

  void gridY(int about) {
    for (double tick : y.ticks(about)) {
      svg.line(left, atY(tick), left + wide, atY(tick), tick == 0 ? "#888888" : Svg.GRID, 1);
      svg.text(left - 6, atY(tick) + 4, label(tick), "end", SIZE);
    }
  }

  void curve(double[] xs, double[] ys, String colour) {
    svg.curve(
        Arrays.stream(xs).map(this::atX).toArray(),
        Arrays.stream(ys).map(this::atY).toArray(),
        colour);
  }

  private static String label(double tick) {
    return Validation.format("%.4f", tick).replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
  }
}
