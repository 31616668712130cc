package org.trabecula.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.ToDoubleFunction;
import org.trabecula.engine.Observation.Fasting;
import org.trabecula.engine.Observation.Manufacturer;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Series.Basis;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;

/// Where this patient's trajectories lie: the posterior of each scale factor given the results of
/// its own kind.
final class PatientLevels {

  /// @param population what a read-out of 1 means in the population, in the quantity's unit
  /// @param level factor between the patient's own scale and the population's
  /// @param lastDay of a result; 0 without one
  /// @param error SD of the log of one more result
  /// @param reference the population behind the prior
  record Scale(
      double population,
      Level level,
      double lastDay,
      double drift,
      double error,
      Basis basis,
      Manufacturer manufacturer,
      String reference) {}

  /// A result and what the model says of that moment.
  record Compared(Observation observation, ReadOut predicted) {}

  private final Parameters p;
  private final SexForClinicalUse sex;
  private final List<Compared> compared;
  private final Notes assumptions;
  private final SortedSet<String> used;

  /// @param compared in the order of time
  /// @param used receives the ids of the results that counted
  PatientLevels(
      Parameters p,
      SexForClinicalUse sex,
      List<Compared> compared,
      Notes assumptions,
      SortedSet<String> used) {
    this.p = p;
    this.sex = sex;
    this.compared = compared;
    this.assumptions = assumptions;
    this.used = used;
  }

  Scale ctx() {
    Parameters.ReadOut r = p.readOut();
    double population = sex == SexForClinicalUse.MALE ? r.ctx0M() : r.ctx0F();
    return marker(
        Analyte.CTX, population, p.uncertainty().sdCtx0(), p.uncertainty().errCtx(), ReadOut::ctx);
  }

  Scale p1np() {
    Parameters.ReadOut r = p.readOut();
    double population = sex == SexForClinicalUse.MALE ? r.p1np0M() : r.p1np0F();
    return marker(
        Analyte.P1NP,
        population,
        p.uncertainty().sdP1np0(),
        p.uncertainty().errP1np(),
        ReadOut::p1np);
  }

  private Scale marker(
      Analyte analyte,
      double population,
      double between,
      double error,
      ToDoubleFunction<ReadOut> readOut) {
    List<Level.Result> results = new ArrayList<>();
    for (Compared c : of(analyte)) {
      double variance = error * error;
      if (analyte == Analyte.CTX && c.observation().fasting() != Fasting.YES) {
        variance *= p.uncertainty().notFasting();
        assumptions.add(
            "CTX_NOT_KNOWN_FASTING",
            "A CTX that is not known to be fasting counts with three times the variance.");
      }
      results.add(result(c, population * readOut.applyAsDouble(c.predicted()), variance));
    }
    if (results.isEmpty()) {
      assumptions.add(
          "LEVEL_FROM_POPULATION_" + analyte,
          "No %s of this patient; its level is that of the population.".formatted(analyte.code()));
    }
    Level level = Level.of(between, 0, results);
    return new Scale(
        population,
        level,
        lastDay(results),
        0,
        error,
        basis(results),
        Manufacturer.HOLOGIC,
        "young adult %.0f %s".formatted(population, analyte.unit()));
  }

  /// Scans on the scanner of the latest scan count; another scanner has a scale of its own.
  Scale bmd(Site site, DxaReferences references) {
    List<Compared> all = of(site.analyte());
    List<Compared> scans = all.isEmpty() ? all : onScannerOfLatest(all);
    if (scans.size() < all.size()) {
      assumptions.add(
          "EARLIER_SCANNER_NOT_USED",
          "Scans of the %s on another scanner than the latest do not set its level."
              .formatted(site.text()));
    }
    Manufacturer manufacturer =
        scans.isEmpty() ? null : scans.getLast().observation().manufacturer();
    if (manufacturer == null) {
      assumptions.add(
          scans.isEmpty() ? "LEVEL_FROM_POPULATION_" + site.analyte() : "MANUFACTURER_ASSUMED",
          scans.isEmpty()
              ? "No scan of the %s; absolute values are those of the population on a Hologic scanner."
                  .formatted(site.text())
              : "The manufacturer of the scanner is not known; Hologic references are used.");
      manufacturer = Manufacturer.HOLOGIC;
    }
    DxaReferences.Reference peak = references.peak(site, sex, manufacturer);
    double precision = site.precision(p.uncertainty());
    List<Level.Result> results =
        scans.stream()
            .map(c -> result(c, peak.mean() * site.of(c.predicted()), precision * precision))
            .toList();
    Level level = Level.of(site.peakSd(p.uncertainty()), p.uncertainty().discrepancy(), results);
    return new Scale(
        peak.mean(),
        level,
        lastDay(results),
        p.uncertainty().discrepancy(),
        precision,
        basis(results),
        manufacturer,
        peak.text());
  }

  private static double lastDay(List<Level.Result> results) {
    return results.isEmpty() ? 0 : results.getLast().day();
  }

  private static List<Compared> onScannerOfLatest(List<Compared> scans) {
    Observation latest = scans.getLast().observation();
    return scans.stream()
        .filter(c -> Objects.equals(c.observation().source(), latest.source()))
        .filter(c -> c.observation().manufacturer() == latest.manufacturer())
        .toList();
  }

  private Level.Result result(Compared c, double predicted, double variance) {
    used.add(c.observation().id());
    double residual = StrictMath.log(c.observation().value() / predicted);
    return new Level.Result(c.predicted().day(), residual, variance);
  }

  private List<Compared> of(Analyte analyte) {
    return compared.stream()
        .filter(c -> c.observation().analyte() == analyte)
        .sorted(Comparator.comparingDouble(c -> c.predicted().day()))
        .toList();
  }

  private static Basis basis(List<Level.Result> results) {
    return results.isEmpty() ? Basis.POPULATION_PRIOR : Basis.OBSERVED;
  }
}
