package org.trabecula.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.trabecula.engine.Agents;
import org.trabecula.engine.model.Parameters;

/// A number that the calibration may move: a parameter, or the coefficient of an agent.
///
/// @param also an agent whose coefficient moves in proportion; empty when there is none
/// @param prior mean of its prior
/// @param logarithmic whether it moves in its logarithm
/// @param sd of its prior, on the scale on which it moves
record FreeNumber(
    boolean agent,
    String name,
    String also,
    double prior,
    boolean logarithmic,
    double sd,
    String why) {

  /// The numbers of the model at one point of the calibration.
  record Numbers(Parameters parameters, Agents agents) {
    static Numbers shipped() {
      return new Numbers(Parameters.shipped(), Agents.shipped());
    }
  }

  static List<FreeNumber> all() {
    try (InputStream in =
            Objects.requireNonNull(FreeNumber.class.getResourceAsStream("calibration.csv"));
        CSVParser parser =
            CSVParser.parse(
                new InputStreamReader(in, StandardCharsets.UTF_8),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      List<FreeNumber> all = new ArrayList<>();
      for (CSVRecord r : parser) {
        all.add(
            new FreeNumber(
                r.get("kind").equals("agent"),
                r.get("name"),
                r.get("also"),
                Double.parseDouble(r.get("prior")),
                r.get("scale").equals("log"),
                Double.parseDouble(r.get("sd")),
                r.get("why")));
      }
      return all;
    } catch (IOException e) {
      throw new IllegalStateException("calibration.csv is missing from the build", e);
    }
  }

  double of(Numbers numbers) {
    return agent
        ? numbers.agents().find(name).orElseThrow().coefficient()
        : Objects.requireNonNull(numbers.parameters().values().get(name));
  }

  /// @param step in prior standard deviations
  double at(double step) {
    return logarithmic ? prior * StrictMath.exp(sd * step) : prior + sd * step;
  }

  /// The step at which it has a value.
  double step(double value) {
    return logarithmic ? StrictMath.log(value / prior) / sd : (value - prior) / sd;
  }

  Numbers set(Numbers numbers, double value) {
    if (!agent) {
      return new Numbers(numbers.parameters().with(name, value), numbers.agents());
    }
    Agents agents = numbers.agents().with(name, value);
    if (!also.isEmpty()) {
      double ratio = value / of(numbers);
      agents = agents.with(also, ratio * agents.find(also).orElseThrow().coefficient());
    }
    return new Numbers(numbers.parameters(), agents);
  }
}
