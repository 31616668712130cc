package org.trabecula.validation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.trabecula.engine.Agents;
import org.trabecula.engine.Cohort;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;

/// What the model says to many questions under one set of numbers. Cohorts that occur in several
/// questions are simulated once.
final class Answers {

  private final Parameters parameters;
  private final Map<Cohort, Map<Double, ReadOut>> courses = new HashMap<>();

  Answers(Parameters parameters, Agents agents, List<Question> questions) {
    this.parameters = parameters;
    Map<Cohort, TreeSet<Double>> days = new HashMap<>();
    for (Question question : questions) {
      Stream.concat(question.arm().stream(), question.control().stream())
          .map(cohort -> days.computeIfAbsent(cohort, c -> new TreeSet<>()))
          .forEach(asked -> asked.addAll(List.of(question.from(), question.to())));
    }
    days.entrySet().parallelStream()
        .map(entry -> Map.entry(entry.getKey(), course(entry.getKey(), entry.getValue(), agents)))
        .toList()
        .forEach(entry -> courses.put(entry.getKey(), entry.getValue()));
  }

  /// Per cent of change, or difference of such, or per cent a year: what the row reports.
  double to(Question question) {
    double change = mean(question, question.arm());
    return question.control().isEmpty() ? change : change - mean(question, question.control());
  }

  private double mean(Question question, List<Cohort> cohorts) {
    return cohorts.stream().mapToDouble(cohort -> change(question, cohort)).average().orElseThrow();
  }

  private double change(Question question, Cohort cohort) {
    double from = value(question, cohort, question.from());
    double to = value(question, cohort, question.to());
    return 100 * (to / from - 1) / question.years();
  }

  private double value(Question question, Cohort cohort, double day) {
    ReadOut readOut = Objects.requireNonNull(Objects.requireNonNull(courses.get(cohort)).get(day));
    return question.measure().of(readOut, parameters.readOut());
  }

  private Map<Double, ReadOut> course(Cohort cohort, TreeSet<Double> days, Agents agents) {
    double[] asked = days.stream().mapToDouble(Double::doubleValue).toArray();
    Map<Double, ReadOut> byDay = new HashMap<>();
    List<ReadOut> readOuts = cohort.course(parameters, agents, asked);
    Arrays.stream(asked).forEach(day -> byDay.put(day, readOuts.get(byDay.size())));
    return byDay;
  }
}
