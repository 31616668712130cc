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
import org.trabecula.engine.Forecast;
import org.trabecula.engine.Note;
import org.trabecula.engine.Outcome;
import org.trabecula.engine.Quantity;
import org.trabecula.engine.Refusal;
import org.trabecula.engine.Series;

/// What the services are told of what the engine answers.
final class Announcement {
  private static final String MODEL = "trabecula-bone";

  /// Digits of a published number: far beyond what anyone can measure.
  private static final MathContext PUBLISHED = new MathContext(5);

  private static final Pattern ADMINISTRATION = Pattern.compile("administrations\\[(\\d+)](.*)");

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
              ForecastComputed.Kind.SINGLE_TRAJECTORY,
              model,
              hash.hex(),
              given.inputs(),
              forecast.months(),
              forecast.series().values().stream().map(Announcement::series).toList(),
              forecast.agents().stream()
                  .map(
                      agent ->
                          new ForecastComputed.Evidence(
                              agent.agent(), agent.grade().name(), agent.text()))
                  .toList(),
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
    return field.equals("person.sex")
        ? "profile.sexForClinicalUse"
        : field.replaceFirst("^person\\.", "profile.");
  }

  private static ForecastComputed.Series series(Series series) {
    Quantity quantity = series.quantity();
    return new ForecastComputed.Series(
        quantity(quantity),
        site(quantity),
        quantity.unit(),
        basis(series.basis()),
        series.reference(),
        null,
        null,
        series.values().stream().map(Announcement::rounded).toList(),
        null,
        null);
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(PUBLISHED).doubleValue();
  }

  private static String quantity(Quantity quantity) {
    return switch (quantity) {
      case LUMBAR_SPINE_CHANGE, FEMORAL_NECK_CHANGE, TOTAL_HIP_CHANGE -> "bmd-change";
      case LUMBAR_SPINE_BMD, FEMORAL_NECK_BMD, TOTAL_HIP_BMD -> "bmd";
      case LUMBAR_SPINE_T_SCORE, FEMORAL_NECK_T_SCORE, TOTAL_HIP_T_SCORE -> "t-score";
      default -> quantity.code();
    };
  }

  private static @Nullable String site(Quantity quantity) {
    return switch (quantity) {
      case LUMBAR_SPINE_CHANGE, LUMBAR_SPINE_BMD, LUMBAR_SPINE_T_SCORE -> "lumbar-spine";
      case FEMORAL_NECK_CHANGE, FEMORAL_NECK_BMD, FEMORAL_NECK_T_SCORE -> "femoral-neck";
      case TOTAL_HIP_CHANGE, TOTAL_HIP_BMD, TOTAL_HIP_T_SCORE -> "total-hip";
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
