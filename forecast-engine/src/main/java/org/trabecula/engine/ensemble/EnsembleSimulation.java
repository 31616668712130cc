package org.trabecula.engine.ensemble;

import org.jspecify.annotations.Nullable;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// Runs every member of an ensemble from the young adult to the last day.
///
/// Members go in blocks, all over the same [Panels]. What comes out of a member depends on the
/// panels and on itself, not on its block or thread.
public final class EnsembleSimulation {

  private static final ThreadLocal<Block> SCRATCH =
      ThreadLocal.withInitial(() -> new Block(Lanes.best()));

  private final Parameters typical;
  private final Physiology body;
  private final Exposure exposure;
  private final Members members;
  private final Onset[] onsets;
  private final Block block;

  private EnsembleSimulation(
      Parameters typical, Physiology body, Exposure exposure, Members members, Block block) {
    this.typical = typical;
    this.body = body;
    this.exposure = exposure;
    this.members = members;
    this.onsets = Onset.of(typical.endocrine(), body, members);
    this.block = block;
  }

  /// @param typical the parameters on which the traits are factors
  /// @param body what the members have in common
  /// @param days ascending, from `asOf`
  /// @param out receives the read-outs, each the left limit at its day; NaN of a member from where
  /// one of its states leaves the positive numbers, with the failure that says which and when
  public static void run(
      Parameters typical,
      Physiology body,
      Exposure exposure,
      Members members,
      double[] days,
      EnsembleReadOuts out) {
    run(typical, body, exposure, members, days, out, SCRATCH.get());
  }

  static void run(
      Parameters typical,
      Physiology body,
      Exposure exposure,
      Members members,
      double[] days,
      EnsembleReadOuts out,
      Block block) {
    var simulation = new EnsembleSimulation(typical, body, exposure, members, block);
    Panels panels = simulation.fromYoungAdult(days[0], days[days.length - 1]);
    simulation.run(panels, null, days, out, null);
  }

  /// The first part of [#run] alone: where the members stand on a day.
  public static EnsembleState at(
      double day, Parameters typical, Physiology body, Exposure exposure, Members members) {
    var simulation = new EnsembleSimulation(typical, body, exposure, members, SCRATCH.get());
    var end = new EnsembleState(day, new double[Block.STATES][members.size()]);
    EnsembleReadOuts none = new EnsembleReadOuts();
    simulation.run(simulation.fromYoungAdult(day, day), null, new double[0], none, end);
    return end;
  }

  /// The rest of [#run]: on from a state.
  ///
  /// @param days ascending, none before the state
  public static void run(
      Parameters typical,
      Physiology body,
      Exposure exposure,
      Members members,
      EnsembleState state,
      double[] days,
      EnsembleReadOuts out) {
    run(typical, body, exposure, members, state, days, out, SCRATCH.get());
  }

  static void run(
      Parameters typical,
      Physiology body,
      Exposure exposure,
      Members members,
      EnsembleState state,
      double[] days,
      EnsembleReadOuts out,
      Block block) {
    if (days[0] < state.day()) {
      throw new IllegalArgumentException(
          "day %s lies before the state of day %s".formatted(days[0], state.day()));
    }
    var simulation = new EnsembleSimulation(typical, body, exposure, members, block);
    double end = days[days.length - 1];
    Panels panels = Panels.between(typical, body, exposure, simulation.onsets, state.day(), end);
    simulation.run(panels, state, days, out, null);
  }

  /// When the members leave the state of a young adult, in days from `asOf`.
  static double start(Parameters typical, Physiology body, Exposure exposure, Members members) {
    return Panels.start(body, exposure, Onset.of(typical.endocrine(), body, members));
  }

  private Panels fromYoungAdult(double firstDay, double end) {
    return Panels.fromYoungAdult(typical, body, exposure, onsets, firstDay, end);
  }

  private void run(
      Panels panels,
      @Nullable EnsembleState from,
      double[] days,
      EnsembleReadOuts out,
      @Nullable EnsembleState to) {
    out.prepare(days, members.size());
    Moment[][] nodes = nodes(panels);
    Moment[] seen = new Moment[days.length];
    for (int i = 0; i < days.length; i++) {
      seen[i] = moment(days[i] - Block.INSIDE);
    }
    for (int first = 0; first < members.size(); first += Lanes.WIDTH) {
      block.load(typical, body, onsets, members, first);
      if (from == null) {
        block.reset();
      } else {
        block.restore(from.values(), members.size());
      }
      run(panels, nodes, days, seen, out);
      if (to != null) {
        block.save(to.values(), members.size());
      }
      block.failures(out);
    }
  }

  private void run(
      Panels panels, Moment[][] nodes, double[] days, Moment[] seen, EnsembleReadOuts out) {
    int next = 0;
    for (int k = 0; k < panels.count(); k++) {
      double start = panels.from(k);
      double end = panels.ends()[k];
      block.panel(start, end, nodes[k], panels.fresh()[k]);
      while (next < days.length && days[next] <= end) {
        block.readOut(start, end, days[next], seen[next], out, next);
        next++;
      }
      block.advance();
    }
  }

  /// Start, middle and end of each panel; where it adjoins a switch, just inside.
  private Moment[][] nodes(Panels panels) {
    Moment[][] nodes = new Moment[panels.count()][];
    for (int k = 0; k < nodes.length; k++) {
      double start = panels.from(k);
      double end = panels.ends()[k];
      boolean fresh = panels.fresh()[k];
      Moment middle = moment((start + end) / 2);
      nodes[k] =
          new Moment[] {
            fresh ? moment(start + Block.INSIDE) : nodes[k - 1][2],
            middle,
            moment(panels.endsAtSwitch(k) ? end - Block.INSIDE : end)
          };
    }
    return nodes;
  }

  private Moment moment(double day) {
    return Moment.of(day, typical, body, exposure, onsets);
  }
}
