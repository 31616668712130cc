package org.trabecula.engine.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;

/// The panels that all members share, from the young adult to the last day.
///
/// A panel ends at every switch of treatment and at the ages at which a law of ageing begins.
/// Between those marks its length follows what has happened: short after a switch, and longer in
/// proportion to the time since then. A change that a body makes by itself at an own date in each
/// member, over a width w, holds the panels to a share of w from [#ONSET_BEGINS] w before the first
/// member's to [#ONSET_ENDS] w after the last one's; from there they grow again as after a switch.
///
/// @param ends of the panels, ascending, in days from `asOf`; the first panel begins at `start`
/// @param fresh whether the slopes at a panel's start are not those at the end of the one before;
/// the last element says so of the end
record Panels(double start, double[] ends, boolean[] fresh) {

  /// d, after a switch. A man's LH drive can be back within a week.
  private static final double SHORTEST_IN_WOMEN = Physiology.YEAR / 48;

  private static final double SHORTEST_IN_MEN = Physiology.YEAR / 96;

  private static final double LONGEST = Physiology.YEAR;

  /// What a panel's length grows by per day since a switch.
  private static final double GROWTH = 0.3;

  private static final double SHARE_OF_WIDTH = 0.5;
  private static final double ONSET_BEGINS = 5;
  private static final double ONSET_ENDS = 5;

  private static final double RUN_IN_FROM_AGE = 26;
  private static final double LEAST_RUN_IN = 10 * Physiology.YEAR;
  private static final double BEFORE_FIRST_EVENT = 2 * Physiology.YEAR;
  private static final double TESTOSTERONE_FALLS_FROM = 40;

  /// No panel is longer than `length` between `from` and `to`, and not much longer nearby.
  private record Limit(double from, double to, double length) {

    double at(double day) {
      if (day < from) {
        return length + (from - day);
      }
      return day <= to ? length : length + GROWTH * (day - to);
    }
  }

  /// When the young adult is left: at age 26, but at least ten years before `asOf` and two years
  /// before anything happens to any member.
  static double start(Physiology body, Exposure exposure, Onset[] onsets) {
    double start = Math.min(day(RUN_IN_FROM_AGE, body), -LEAST_RUN_IN);
    for (double change : exposure.switches()) {
      start = Math.min(start, change - BEFORE_FIRST_EVENT);
    }
    for (Onset onset : onsets) {
      if (onset.dated()) {
        double begins = day(onset.first() - ONSET_BEGINS * onset.width(), body);
        start = Math.min(start, begins - BEFORE_FIRST_EVENT);
      }
    }
    return start;
  }

  static Panels fromYoungAdult(
      Parameters parameters,
      Physiology body,
      Exposure exposure,
      Onset[] onsets,
      double firstDay,
      double end) {
    double start = start(body, exposure, onsets);
    // A body that differs from the young adult for life leaves that state at once.
    double from = Math.min(start, firstDay);
    return of(parameters, body, exposure, onsets, from, end, new Limit(from, from, shortest(body)));
  }

  /// From a state in the course of a life.
  static Panels between(
      Parameters parameters,
      Physiology body,
      Exposure exposure,
      Onset[] onsets,
      double start,
      double end) {
    Limit none = new Limit(start, start, LONGEST);
    return of(parameters, body, exposure, onsets, start, end, none);
  }

  private static Panels of(
      Parameters parameters,
      Physiology body,
      Exposure exposure,
      Onset[] onsets,
      double start,
      double end,
      Limit atStart) {
    List<Limit> limits = new ArrayList<>();
    limits.add(atStart);
    TreeSet<Double> fresh = new TreeSet<>();
    for (double change : exposure.switches()) {
      limits.add(new Limit(change, change, shortest(body)));
      fresh.add(change);
    }
    for (Onset onset : onsets) {
      if (onset.dated()) {
        double w = onset.width();
        double from = day(onset.first() - ONSET_BEGINS * w, body);
        double to = day(onset.last() + ONSET_ENDS * w, body);
        limits.add(new Limit(from, to, SHARE_OF_WIDTH * w * Physiology.YEAR));
      }
    }
    fresh.add(start);
    // A day at least, so that there is a panel to read from.
    double last = Math.max(end, start + 1);
    TreeSet<Double> marks = new TreeSet<>(fresh);
    marks.add(day(parameters.tissue().ageOnset(), body));
    marks.add(day(TESTOSTERONE_FALLS_FROM, body));
    marks.add(last);
    return of(start, marks.subSet(start, true, last, true), fresh, limits);
  }

  private static Panels of(double start, Set<Double> marks, Set<Double> fresh, List<Limit> limits) {
    double[] ends = new double[64];
    boolean[] isFresh = new boolean[65];
    int size = 0;
    double from = start;
    for (double mark : marks) {
      boolean first = true;
      while (from < mark) {
        if (size == ends.length) {
          ends = Arrays.copyOf(ends, 2 * size);
          isFresh = Arrays.copyOf(isFresh, 2 * size + 1);
        }
        double to = end(from, mark, limits);
        isFresh[size] = first && fresh.contains(from);
        ends[size++] = to;
        from = to;
        first = false;
      }
    }
    isFresh[size] = fresh.contains(from);
    return new Panels(start, Arrays.copyOf(ends, size), Arrays.copyOf(isFresh, size + 1));
  }

  /// Where the panel ends that begins at `from`; the last two before a mark are alike.
  private static double end(double from, double mark, List<Limit> limits) {
    double length = LONGEST;
    for (Limit limit : limits) {
      length = Math.min(length, limit.at(from));
    }
    double rest = mark - from;
    return rest <= length ? mark : from + Math.min(length, rest / 2);
  }

  private static double shortest(Physiology body) {
    return body.male() ? SHORTEST_IN_MEN : SHORTEST_IN_WOMEN;
  }

  private static double day(double age, Physiology body) {
    return (age - body.ageAtZero()) * Physiology.YEAR;
  }

  int count() {
    return ends.length;
  }

  double from(int panel) {
    return panel == 0 ? start : ends[panel - 1];
  }

  /// Whether a switch ends the panel, so that it must not be felt inside.
  boolean endsAtSwitch(int panel) {
    return fresh[panel + 1];
  }
}
