package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Observation.Fasting;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Series.Basis;
import org.trabecula.engine.ensemble.Cholesky;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.Level;
import org.trabecula.engine.ensemble.LevelFilter;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.Exposure;
import org.trabecula.engine.model.HormoneLayer;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.Treatment;

/// A patient's results as the model's observations: what they say of any member, with the levels
/// that are the patient's own integrated out.
final class Evidence {

  private static final Site[] SITES = Site.values();

  /// What a read-out of 1 means.
  ///
  /// @param population in people like the patient, in the quantity's unit
  /// @param reference the population
  record Scale(double population, Basis basis, Manufacturer manufacturer, String reference) {}

  /// @param day from `asOf`
  record Dated(Observation observation, double day) {}

  /// How far one result lies from what is expected given the earlier ones, in every member, in
  /// standard deviations.
  record Surprise(String id, double day, double[] z) {}

  /// @param logLikelihood of all results, in each member
  record Weighed(double[] logLikelihood, Map<Observable, Level> levels, List<Surprise> surprises) {}

  /// @param values by id, each as a factor on the value that was given
  /// @param levels true log levels on the later days
  record Simulated(Map<String, Double> values, Map<Observable, double[]> levels) {}

  private record Scanner(@Nullable String source, @Nullable Manufacturer manufacturer) {

    static Scanner of(Observation scan) {
      return new Scanner(scan.source(), scan.manufacturer());
    }
  }

  private record SiteOnScanner(Site site, Scanner scanner) {}

  /// @param logValue relative to the population's young adult
  /// @param seen the levels whose sum it shows
  private record LevelResult(
      String id, Observable shows, double day, double logValue, int[] seen, double variance) {}

  private final Parameters p;
  private final Physiology typical;
  private final Exposure exposure;
  private final Factors.Shift peak;
  private final Notes assumptions;
  private final Map<Observable, Scale> scales = new EnumMap<>(Observable.class);
  private final List<LevelResult> scans = new ArrayList<>();
  private final Map<Observable, List<LevelResult>> markers = new EnumMap<>(Observable.class);
  private final List<HormoneResult> hormones = new ArrayList<>();
  private final Map<SiteOnScanner, Integer> otherScanners = new HashMap<>();

  /// @param results in the order of time
  Evidence(
      Parameters p,
      Physiology typical,
      Exposure exposure,
      Factors.Shift peak,
      DxaReferences references,
      List<Dated> results,
      Notes assumptions) {
    this.p = p;
    this.typical = typical;
    this.exposure = exposure;
    this.peak = peak;
    this.assumptions = assumptions;
    SexForClinicalUse sex = typical.male() ? SexForClinicalUse.MALE : SexForClinicalUse.FEMALE;
    scans(references, sex, results);
    Parameters.ReadOut r = p.readOut();
    marker(
        Observable.CTX,
        Analyte.CTX,
        typical.male() ? r.ctx0M() : r.ctx0F(),
        p.uncertainty().errCtx(),
        results);
    marker(
        Observable.P1NP,
        Analyte.P1NP,
        typical.male() ? r.p1np0M() : r.p1np0F(),
        p.uncertainty().errP1np(),
        results);
    for (Dated dated : results) {
      if (HormoneResult.reads(dated.observation().analyte())) {
        double age = typical.ageAtZero() + dated.day() / Physiology.YEAR;
        hormones.add(HormoneResult.of(dated.observation(), dated.day(), age, p.endocrine()));
      }
    }
  }

  Scale scale(Observable observable) {
    Scale scale = scales.get(observable);
    if (scale == null) {
      throw new IllegalArgumentException(observable + " has no scale");
    }
    return scale;
  }

  List<HormoneResult> hormones() {
    return hormones;
  }

  /// Ids of the results that say something of a member.
  Set<String> used() {
    Set<String> used = new LinkedHashSet<>();
    scans.forEach(result -> used.add(result.id()));
    markers.values().forEach(results -> results.forEach(result -> used.add(result.id())));
    hormones.forEach(result -> used.add(result.id()));
    return used;
  }

  Weighed weigh(Members members, EnsembleReadOuts readOuts) {
    double[] logLikelihood = new double[members.size()];
    Map<Observable, Level> levels = new EnumMap<>(Observable.class);
    List<Surprise> surprises = new ArrayList<>();
    Parameters.Uncertainty u = p.uncertainty();

    LevelFilter density = density(members.size());
    learn(density, scans, readOuts, surprises);
    add(density.logLikelihood(), logLikelihood);
    for (Site site : SITES) {
      levels.put(site.observable(), density.level(site.ordinal(), site.precision(u)));
    }
    marker(Observable.CTX, u.sdCtx0(), u.errCtx(), readOuts, logLikelihood, levels, surprises);
    marker(Observable.P1NP, u.sdP1np0(), u.errP1np(), readOuts, logLikelihood, levels, surprises);
    for (HormoneResult result : hormones) {
      surprises.add(hormone(result, members, readOuts, logLikelihood));
    }
    return new Weighed(logLikelihood, levels, surprises);
  }

  /// What these results could have been in a body that is known: its levels, their drift and every
  /// error are drawn. Of the results given only kind, day and source count.
  ///
  /// @param truth one member
  /// @param later ascending, not before the last scan
  Simulated simulate(
      Members truth, EnsembleReadOuts readOuts, double[] later, DoubleSupplier normal) {
    Map<String, Double> values = new HashMap<>();
    Map<Observable, double[]> levels = new EnumMap<>(Observable.class);
    Parameters.Uncertainty u = p.uncertainty();
    int size = SITES.length + otherScanners.size();
    double[] level =
        Cholesky.of(covariance(u, peak, size))
            .times(DoubleStream.generate(normal).limit(size).toArray());
    double[] drift = drift(u);
    double day = scans.isEmpty() ? later[0] : scans.getFirst().day();
    for (LevelResult scan : scans) {
      drift(level, drift, scan.day() - day, normal);
      day = scan.day();
      values.put(scan.id(), value(scan, level, readOuts, normal));
    }
    for (Site site : SITES) {
      levels.put(site.observable(), new double[later.length]);
    }
    for (int k = 0; k < later.length; k++) {
      drift(level, drift, later[k] - day, normal);
      day = later[k];
      for (Site site : SITES) {
        Objects.requireNonNull(levels.get(site.observable()))[k] = level[site.ordinal()];
      }
    }
    markers.forEach(
        (shows, results) -> {
          double sd = shows == Observable.CTX ? u.sdCtx0() : u.sdP1np0();
          double[] own = {sd * normal.getAsDouble()};
          results.forEach(result -> values.put(result.id(), value(result, own, readOuts, normal)));
          double[] constant = new double[later.length];
          Arrays.fill(constant, own[0]);
          levels.put(shows, constant);
        });
    for (HormoneResult result : hormones) {
      double[] course = readOuts.at(result.hormone(), readOuts.index(result.day()));
      double error = error(result, before(result), truth, course[0], 0) * normal.getAsDouble();
      values.put(result.id(), course[0] * StrictMath.exp(error) / result.value());
    }
    return new Simulated(values, levels);
  }

  private static void drift(double[] level, double[] drift, double days, DoubleSupplier normal) {
    for (int a = 0; a < drift.length; a++) {
      level[a] += drift[a] * StrictMath.sqrt(days / Physiology.YEAR) * normal.getAsDouble();
    }
  }

  private static double value(
      LevelResult result, double[] level, EnsembleReadOuts readOuts, DoubleSupplier normal) {
    double log = StrictMath.sqrt(result.variance()) * normal.getAsDouble() - result.logValue();
    for (int a : result.seen()) {
      log += level[a];
    }
    return readOuts.at(result.shows(), readOuts.index(result.day()))[0] * StrictMath.exp(log);
  }

  private void scans(DxaReferences references, SexForClinicalUse sex, List<Dated> results) {
    for (Site site : SITES) {
      List<Observation> ofSite =
          results.stream()
              .map(Dated::observation)
              .filter(observation -> observation.analyte() == site.analyte())
              .toList();
      Manufacturer latest = ofSite.isEmpty() ? null : ofSite.getLast().manufacturer();
      if (ofSite.isEmpty()) {
        assumptions.add(
            "LEVEL_FROM_POPULATION_" + site.analyte(),
            "No scan of the %s; absolute values are those of the population on a Hologic scanner."
                .formatted(site.text()));
      }
      DxaReferences.Reference young = references.peak(site, sex, known(latest));
      scales.put(
          site.observable(),
          new Scale(
              young.mean() * StrictMath.exp(peak.ln()),
              ofSite.isEmpty() ? Basis.POPULATION_PRIOR : Basis.OBSERVED,
              known(latest),
              young.text()));
    }
    for (Dated dated : results) {
      for (Site site : SITES) {
        if (dated.observation().analyte() == site.analyte()) {
          scans.add(scan(site, dated, latestScanner(site, results), references, sex));
        }
      }
    }
  }

  private LevelResult scan(
      Site site, Dated dated, Scanner latest, DxaReferences references, SexForClinicalUse sex) {
    Observation scan = dated.observation();
    if (scan.manufacturer() == null) {
      assumptions.add(
          "MANUFACTURER_ASSUMED",
          "The manufacturer of the scanner is not known; Hologic references are used.");
    }
    int[] seen = {site.ordinal()};
    if (!Scanner.of(scan).equals(latest)) {
      assumptions.add(
          "EARLIER_SCANNER",
          "Scans of the %s on another scanner than the latest say how it changed, hardly where it is."
              .formatted(site.text()));
      int own =
          otherScanners.computeIfAbsent(
              new SiteOnScanner(site, Scanner.of(scan)), _ -> SITES.length + otherScanners.size());
      seen = new int[] {site.ordinal(), own};
    }
    double young =
        references.peak(site, sex, known(scan.manufacturer())).mean() * StrictMath.exp(peak.ln());
    double error = site.precision(p.uncertainty());
    return new LevelResult(
        scan.id(),
        site.observable(),
        dated.day(),
        StrictMath.log(scan.value() / young),
        seen,
        error * error);
  }

  private static Scanner latestScanner(Site site, List<Dated> results) {
    return results.reversed().stream()
        .map(Dated::observation)
        .filter(observation -> observation.analyte() == site.analyte())
        .map(Scanner::of)
        .findFirst()
        .orElseThrow();
  }

  private static Manufacturer known(@Nullable Manufacturer manufacturer) {
    return manufacturer == null ? Manufacturer.HOLOGIC : manufacturer;
  }

  private void marker(
      Observable shows, Analyte analyte, double young, double error, List<Dated> results) {
    List<LevelResult> found = new ArrayList<>();
    for (Dated dated : results) {
      Observation observation = dated.observation();
      if (observation.analyte() == analyte) {
        double variance = error * error;
        if (analyte == Analyte.CTX && observation.fasting() != Fasting.YES) {
          variance *= p.uncertainty().notFasting();
          assumptions.add(
              "CTX_NOT_KNOWN_FASTING",
              "A CTX that is not known to be fasting counts with three times the variance.");
        }
        double logValue = StrictMath.log(observation.value() / young);
        found.add(
            new LevelResult(
                observation.id(), shows, dated.day(), logValue, new int[] {0}, variance));
      }
    }
    if (found.isEmpty()) {
      assumptions.add(
          "LEVEL_FROM_POPULATION_" + analyte,
          "No %s of this patient; its level is that of the population.".formatted(analyte.code()));
    }
    markers.put(shows, found);
    scales.put(
        shows,
        new Scale(
            young,
            found.isEmpty() ? Basis.POPULATION_PRIOR : Basis.OBSERVED,
            Manufacturer.HOLOGIC,
            "young adult %.0f %s".formatted(young, analyte.unit())));
  }

  private void marker(
      Observable shows,
      double between,
      double error,
      EnsembleReadOuts readOuts,
      double[] logLikelihood,
      Map<Observable, Level> levels,
      List<Surprise> surprises) {
    LevelFilter filter =
        new LevelFilter(
            new double[][] {{between * between}}, new double[] {0}, logLikelihood.length);
    learn(filter, markers.getOrDefault(shows, List.of()), readOuts, surprises);
    add(filter.logLikelihood(), logLikelihood);
    levels.put(shows, filter.level(0, error));
  }

  /// Levels of the three sites on the scanner of their latest scan, and what separates other
  /// scanners from it.
  private LevelFilter density(int members) {
    int size = SITES.length + otherScanners.size();
    double[][] covariance = covariance(p.uncertainty(), peak, size);
    double[] drift = Arrays.copyOf(drift(p.uncertainty()), size);
    return new LevelFilter(covariance, drift, members);
  }

  static double[] drift(Parameters.Uncertainty u) {
    return new double[] {u.discrepancyLS(), u.discrepancyFN(), u.discrepancyTH()};
  }

  /// Of the log levels of the sites; beyond them, of the offsets of scanners.
  static double[][] covariance(Parameters.Uncertainty u, Factors.Shift peak, int size) {
    double[][] correlation = {
      {1, u.corLsFn(), u.corLsTh()}, {u.corLsFn(), 1, u.corFnTh()}, {u.corLsTh(), u.corFnTh(), 1}
    };
    double[][] covariance = new double[size][size];
    for (Site a : SITES) {
      for (Site b : SITES) {
        covariance[a.ordinal()][b.ordinal()] =
            correlation[a.ordinal()][b.ordinal()]
                * peak.widen(a.peakSd(u))
                * peak.widen(b.peakSd(u));
      }
    }
    for (int k = SITES.length; k < size; k++) {
      covariance[k][k] = u.sdScanner() * u.sdScanner();
    }
    return covariance;
  }

  private static void learn(
      LevelFilter filter,
      List<LevelResult> results,
      EnsembleReadOuts readOuts,
      List<Surprise> surprises) {
    for (LevelResult result : results) {
      double[] course = readOuts.at(result.shows(), readOuts.index(result.day()));
      double[] residual = new double[readOuts.size()];
      for (int i = 0; i < residual.length; i++) {
        residual[i] = result.logValue() - StrictMath.log(course[i]);
      }
      double[] z = filter.learn(result.day(), result.seen(), residual, result.variance());
      surprises.add(new Surprise(result.id(), result.day(), z));
    }
  }

  private Surprise hormone(
      HormoneResult result, Members members, EnsembleReadOuts readOuts, double[] logLikelihood) {
    double[] level = readOuts.at(result.hormone(), readOuts.index(result.day()));
    double[] z = new double[level.length];
    Treatment before = before(result);
    for (int i = 0; i < z.length; i++) {
      double error = error(result, before, members, level[i], i);
      z[i] = result.residual(level[i]) / error;
      logLikelihood[i] -= z[i] * z[i] / 2 + StrictMath.log(error);
    }
    return new Surprise(result.id(), result.day(), z);
  }

  private Treatment before(HormoneResult result) {
    return exposure.at(Math.nextDown(result.day()));
  }

  private double error(
      HormoneResult result, Treatment before, Members members, double level, int member) {
    Parameters.Uncertainty u = p.uncertainty();
    return switch (result.hormone()) {
      case TESTOSTERONE -> u.errT();
      case IGF1 -> u.errIgf();
      case ESTRADIOL -> {
        if (typical.male()) {
          yield u.errE2();
        }
        double age = typical.ageAtZero() + result.day() / Physiology.YEAR;
        double fmp = members.of(Trait.FMP)[member];
        double cycle =
            p.endocrine().e2RefF()
                * members.of(Trait.ESTRADIOL)[member]
                * HormoneLayer.cycling(p.endocrine(), typical, fmp, age, before);
        yield HormoneResult.estradiolError(u, Math.min(1, cycle / level));
      }
      default -> throw new IllegalArgumentException(result.hormone() + " is no hormone");
    };
  }

  private static void add(double[] term, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += term[i];
    }
  }
}
