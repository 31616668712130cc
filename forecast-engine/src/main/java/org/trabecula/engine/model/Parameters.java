package org.trabecula.engine.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every number of the model. Value, unit, status and source of each stand in `parameters.csv`, one
/// row per record component; names are those of `docs/model.md`.
///
/// A value object: [#with] gives a neighbour, so that an ensemble member is a `Parameters` of its
/// own.
public record Parameters(
    Endocrine endocrine, Cell cell, Tissue tissue, ReadOut readOut, Uncertainty uncertainty) {

  private static final Parameters SHIPPED = read("/org/trabecula/engine/parameters.csv");

  /// Hormone layer: equations 1 to 9.
  public record Endocrine(
      double clM,
      double clF,
      double tauG,
      double tauGslow,
      double kFb,
      double nFb,
      double phiE,
      double kLey,
      double tauI,
      double iMax,
      double iOral,
      double ghOral,
      double iStack,
      double e0,
      double aEf,
      double tRefM,
      double tRefF,
      double tAgeM,
      double tAgeF,
      double e2RefM,
      double e2RefF,
      double e2Post,
      double fmpLag,
      double fmpWidth,
      double fmpLagSurgical,
      double fmpWidthSurgical,
      double onsetWidth,
      double onsetWidthUnknown,
      double cortisolWidth,
      double gonadDrive,
      double iAroM,
      double d50AroM,
      double iAroF,
      double d50AroF,
      double bSerm,
      double d50Serm,
      double bAr,
      double sGnrhM,
      double sGnrhF,
      double gcDose,
      double gcFloor,
      double pthGain,
      double vitDRef,
      double bmiRef,
      double tHypogonadal,
      double kapGhd,
      double pituitaryGhd,
      double hypercortisolism,
      double igfRef30,
      double igfSlope,
      double lhHigh,
      double fmpMean,
      double fmpSd,
      double onsetBefore) {

    /// Aromatisation in men, pg/mL per ng/dL: what makes a young man's testosterone give his
    /// estradiol.
    public double aE() {
      return (e2RefM - e0) / tRefM;
    }
  }

  /// Signals, RANKL and OPG, cells: equations 10 to 18.
  public record Cell(
      double kE,
      double hE,
      double eM,
      double kA,
      double hA,
      double aLE,
      double aOE,
      double aLA,
      double aLG,
      double aOG,
      double aLI,
      double aLP,
      double aLS,
      double kQ,
      double dEap,
      double tauC,
      double tauP,
      double tauB,
      double tauS,
      double gC,
      double cE,
      double cA,
      double cI,
      double cG,
      double oE,
      double oG,
      double sEs,
      double sW,
      double sG,
      double gS) {}

  /// Trabecular and cortical bone: equations 19 to 24.
  public record Tissue(
      double rhoT,
      double rhoC,
      double tauM,
      double gFT,
      double gRT,
      double gFC,
      double gRC,
      double fG,
      double ageT,
      double ageC,
      double ageOnset,
      double kN,
      double uN) {}

  /// Read-outs: equations 25 to 31.
  public record ReadOut(
      double mp,
      double wLS,
      double wFN,
      double wTH,
      double spineF,
      double spineM,
      double spineOnset,
      double mT,
      double qC,
      double qP,
      double ctx0F,
      double ctx0M,
      double p1np0F,
      double p1np0M,
      double tbsN,
      double tbsTh,
      double po0,
      double fPo,
      double tbN0,
      double tbTh0,
      double tbs0,
      double ctTh0) {}

  /// Between-patient and measurement error, all log-normal: section 6 of `docs/model.md`.
  public record Uncertainty(
      double sdCtx0,
      double sdP1np0,
      double sdPeakLS,
      double sdPeakFN,
      double sdPeakTH,
      double errCtx,
      double errP1np,
      double errLS,
      double errFN,
      double errTH,
      double notFasting,
      double lscLS,
      double lscFN,
      double lscTH,
      double lscCtx,
      double lscP1np,
      double discrepancyLS,
      double discrepancyFN,
      double discrepancyTH,
      double corLsFn,
      double corLsTh,
      double corFnTh,
      double sdScanner,
      double sdKE,
      double sdALE,
      double sdALA,
      double sdALI,
      double sdCA,
      double sdCI,
      double sdFG,
      double sdRhoT,
      double sdRhoC,
      double sdGFT,
      double sdAgeT,
      double sdAgeC,
      double sdTauP,
      double sdTauB,
      double sdT,
      double sdTHypogonadal,
      double sdTExposure,
      double sdE2M,
      double sdE2Pre,
      double sdE2Post,
      double sdE2Exposure,
      double sdIgf,
      double errT,
      double errE2,
      double errE2Cycle,
      double errIgf) {}

  /// The set that this version of the engine ships.
  public static Parameters shipped() {
    return SHIPPED;
  }

  /// @throws IllegalArgumentException if there is no such name
  public Parameters with(String name, double value) {
    SortedMap<String, Double> values = values();
    if (values.replace(name, value) == null) {
      throw new IllegalArgumentException("no parameter named " + name);
    }
    return of(values);
  }

  /// All values by name, in the order of the names.
  public SortedMap<String, Double> values() {
    SortedMap<String, Double> values = new TreeMap<>();
    for (Record group : List.of(endocrine, cell, tissue, readOut, uncertainty)) {
      for (RecordComponent component : group.getClass().getRecordComponents()) {
        values.put(component.getName(), (Double) valueOf(component, group));
      }
    }
    return values;
  }

  /// SHA-256 over the lines `name=value` in the order of the names.
  public String hash() {
    StringBuilder lines = new StringBuilder();
    values().forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    return sha256(lines);
  }

  public static String sha256(CharSequence text) {
    try {
      byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Parameters read(String resource) {
    SortedMap<String, Double> values = new TreeMap<>();
    for (Map<String, String> row : CsvResource.rows(resource)) {
      String name = CsvResource.field(row, "name");
      if (values.put(name, Double.valueOf(CsvResource.field(row, "value"))) != null) {
        throw new IllegalStateException(resource + " has two rows named " + name);
      }
    }
    Parameters parameters = of(values);
    if (!parameters.values().keySet().equals(values.keySet())) {
      values.keySet().removeAll(parameters.values().keySet());
      throw new IllegalStateException(resource + " has rows that no equation reads: " + values);
    }
    return parameters;
  }

  private static Parameters of(Map<String, Double> values) {
    return new Parameters(
        group(Endocrine.class, values),
        group(Cell.class, values),
        group(Tissue.class, values),
        group(ReadOut.class, values),
        group(Uncertainty.class, values));
  }

  private static <R extends Record> R group(Class<R> type, Map<String, Double> values) {
    List<Object> arguments = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Double value = values.get(component.getName());
      if (value == null) {
        throw new IllegalStateException("parameter " + component.getName() + " has no value");
      }
      arguments.add(value);
    }
    Class<?>[] types = new Class<?>[arguments.size()];
    Arrays.fill(types, double.class);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object valueOf(RecordComponent component, Record group) {
    try {
      return component.getAccessor().invoke(group);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
