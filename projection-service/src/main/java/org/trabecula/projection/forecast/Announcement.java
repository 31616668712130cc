package org.trabecula.projection.forecast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.ForecastComputed;
import org.trabecula.contracts.ForecastComputed.Statement;
import org.trabecula.contracts.ForecastRefused;
import org.trabecula.engine.Band;
import org.trabecula.engine.Forecast;
import org.trabecula.engine.Note;
import org.trabecula.engine.Outcome;
import org.trabecula.engine.Probability;
import org.trabecula.engine.Quantity;
import org.trabecula.engine.Refusal;
import org.trabecula.engine.Series;
import org.trabecula.engine.Unavailable;
import org.trabecula.engine.ensemble.Diagnostics;

/// What the services are told of what the engine answers.
final class Announcement {
  private static final String MODEL = "trabecula-bone";

  /// Digits of a published number: far beyond what anyone can measure.
  private static final MathContext PUBLISHED = new MathContext(5);

  private static final Pattern ADMINISTRATION = Pattern.compile("administrations\\[(\\d+)](.*)");
  private static final Pattern OBSERVATION = Pattern.compile("observations\\[(\\d+)](.*)");

  private Announcement() {}

  /// The event that tells of an outcome.
  static Event of(UUID patient, InputsHash hash, Given given, Outcome outcome) {
    var model = new ForecastComputed.Model(MODEL, outcome.modelVersion(), outcome.parameterHash());
    return switch (outcome) {
      case Forecast forecast ->
          new ForecastComputed(
              hash.forecastId(),
              patient,
              forecast.asOf(),
              ForecastComputed.Kind.ENSEMBLE,
              model,
              hash.hex(),
              given.inputs(),
              forecast.months(),
              forecast.series().values().stream().map(Announcement::series).toList(),
              forecast.probabilities().stream().map(Announcement::probability).toList(),
              forecast.unavailable().stream().map(Announcement::unavailable).toList(),
              diagnostics(forecast.diagnostics()),
              forecast.regimenGrade() == null ? null : forecast.regimenGrade().name(),
              forecast.agents().stream()
                  .map(
                      agent ->
                          new ForecastComputed.Evidence(
                              agent.agent(), agent.grade().name(), agent.text()))
                  .toList(),
              null,
              statements(given.assumptions(), forecast.assumptions()),
              statements(given.warnings(), forecast.warnings()));
      case Refusal refusal ->
          new ForecastRefused(
              hash.forecastId(),
              patient,
              refusal.asOf(),
              refusal.reason().name(),
              field(refusal.field(), given),
              refusal.message(),
              model,
              hash.hex(),
              given.inputs());
    };
  }

  /// A field of the engine's request under the name that it has in the event it came from.
  private static String field(String field, Given given) {
    Matcher administration = ADMINISTRATION.matcher(field);
    if (administration.matches()) {
      int index = Integer.parseInt(administration.group(1));
      return given.origins().get(index) + administration.group(2);
    }
    Matcher observation = OBSERVATION.matcher(field);
    if (observation.matches()) {
      int index = Integer.parseInt(observation.group(1));
      String id = given.request().observations().get(index).id();
      return "measurements[" + id + "]" + observation.group(2);
    }
    return field.equals("person.sex")
        ? "profile.sexForClinicalUse"
        : field.replaceFirst("^person\\.", "profile.");
  }

  /// Of an index that nobody can measure, the median and the ends are enough.
  private static ForecastComputed.Series series(Series series) {
    Quantity quantity = series.quantity();
    Band band = series.patient();
    boolean whole = series.basis() != Series.Basis.MODEL_INFERRED;
    return new ForecastComputed.Series(
        quantity(quantity),
        site(quantity),
        quantity.unit(),
        basis(series.basis()),
        series.reference(),
        rounded(band.q05()),
        whole ? rounded(band.q10()) : null,
        whole ? rounded(band.q25()) : null,
        rounded(band.q50()),
        whole ? rounded(band.q75()) : null,
        whole ? rounded(band.q90()) : null,
        rounded(band.q95()),
        series.nextMeasurement() == null ? null : quantiles(series.nextMeasurement()));
  }

  private static ForecastComputed.Quantiles quantiles(Band band) {
    return new ForecastComputed.Quantiles(
        rounded(band.q05()),
        rounded(band.q10()),
        rounded(band.q25()),
        rounded(band.q50()),
        rounded(band.q75()),
        rounded(band.q90()),
        rounded(band.q95()));
  }

  private static ForecastComputed.Probability probability(Probability probability) {
    Quantity quantity = probability.quantity();
    return new ForecastComputed.Probability(
        switch (probability.event()) {
          case GAIN_BEYOND_LSC -> ForecastComputed.Occurrence.GAIN_BEYOND_LSC;
          case LOSS_BEYOND_LSC -> ForecastComputed.Occurrence.LOSS_BEYOND_LSC;
          case BELOW_BASELINE -> ForecastComputed.Occurrence.BELOW_BASELINE;
          case OSTEOPOROSIS_BY_T_SCORE -> ForecastComputed.Occurrence.OSTEOPOROSIS_BY_T_SCORE;
        },
        quantity(quantity),
        site(quantity),
        quantity.unit(),
        probability.threshold(),
        probability.values().stream().map(Announcement::roundedShare).toList());
  }

  private static ForecastComputed.Unavailable unavailable(Unavailable unavailable) {
    return new ForecastComputed.Unavailable(
        quantity(unavailable.quantity()),
        site(unavailable.quantity()),
        switch (unavailable.reason()) {
          case DOES_NOT_APPLY -> ForecastComputed.Absence.DOES_NOT_APPLY;
          case NO_REFERENCE -> ForecastComputed.Absence.NO_REFERENCE;
        },
        unavailable.text());
  }

  private static ForecastComputed.Diagnostics diagnostics(Diagnostics diagnostics) {
    double k = diagnostics.paretoK();
    return new ForecastComputed.Diagnostics(
        diagnostics.members(),
        diagnostics.stages(),
        rounded(diagnostics.effectiveSize()),
        rounded(diagnostics.largestWeight()),
        Double.isFinite(k) ? rounded(k) : null,
        switch (diagnostics.verdict()) {
          case FITS -> ForecastComputed.Verdict.FITS;
          case STRAINED -> ForecastComputed.Verdict.STRAINED;
          case DOES_NOT_FIT -> ForecastComputed.Verdict.DOES_NOT_FIT;
        },
        diagnostics.conflicting().stream().map(UUID::fromString).toList());
  }

  private static List<Double> rounded(List<Double> values) {
    return values.stream().map(Announcement::rounded).toList();
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(PUBLISHED).doubleValue();
  }

  /// An ensemble knows a probability to about a hundredth.
  private static double roundedShare(double probability) {
    return Math.round(1000 * probability) / 1000.0;
  }

  private static String quantity(Quantity quantity) {
    return switch (quantity) {
      case LUMBAR_SPINE_CHANGE, FEMORAL_NECK_CHANGE, TOTAL_HIP_CHANGE -> "bmd-change";
      case LUMBAR_SPINE_BMD, FEMORAL_NECK_BMD, TOTAL_HIP_BMD -> "bmd";
      case LUMBAR_SPINE_T_SCORE, FEMORAL_NECK_T_SCORE, TOTAL_HIP_T_SCORE -> "t-score";
      case LUMBAR_SPINE_Z_SCORE, FEMORAL_NECK_Z_SCORE, TOTAL_HIP_Z_SCORE -> "z-score";
      default -> quantity.code();
    };
  }

  private static @Nullable String site(Quantity quantity) {
    return switch (quantity) {
      case LUMBAR_SPINE_CHANGE, LUMBAR_SPINE_BMD, LUMBAR_SPINE_T_SCORE, LUMBAR_SPINE_Z_SCORE ->
          "lumbar-spine";
      case FEMORAL_NECK_CHANGE, FEMORAL_NECK_BMD, FEMORAL_NECK_T_SCORE, FEMORAL_NECK_Z_SCORE ->
          "femoral-neck";
      case TOTAL_HIP_CHANGE, TOTAL_HIP_BMD, TOTAL_HIP_T_SCORE, TOTAL_HIP_Z_SCORE -> "total-hip";
      default -> null;
    };
  }

  private static ForecastComputed.Basis basis(Series.Basis basis) {
    return switch (basis) {
      case RELATIVE -> ForecastComputed.Basis.RELATIVE;
      case OBSERVED -> ForecastComputed.Basis.PATIENT;
      case POPULATION_PRIOR -> ForecastComputed.Basis.POPULATION;
      case MODEL_INFERRED -> ForecastComputed.Basis.MODEL;
    };
  }

  private static List<Statement> statements(List<Statement> ours, List<Note> engines) {
    return Stream.concat(
            ours.stream(), engines.stream().map(note -> new Statement(note.code(), note.text())))
        .toList();
  }
}
