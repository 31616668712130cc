package org.trabecula.engine.model;

/// The dated history of treatment, past and planned. Time in days from `asOf`.
public interface Exposure {

  Exposure NONE =
      new Exposure() {
        @Override
        public Treatment at(double day) {
          return Treatment.NONE;
        }

        @Override
        public double[] switches() {
          return new double[0];
        }
      };

  Treatment at(double day);

  /// Days at which [#at] jumps, in any order. The integrator puts a step boundary on each.
  double[] switches();
}
