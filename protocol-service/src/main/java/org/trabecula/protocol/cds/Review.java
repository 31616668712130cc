package org.trabecula.protocol.cds;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.cds.Card.Suggestion;
import org.trabecula.protocol.cds.Cards.Setting;
import org.trabecula.protocol.patient.KnownPatient;
import org.trabecula.protocol.patient.KnownPatients;
import org.trabecula.protocol.regimen.Evaluation;
import org.trabecula.protocol.regimen.Evaluations;
import org.trabecula.protocol.regimen.Regimen;
import org.trabecula.protocol.regimen.RegimenOrders;
import org.trabecula.protocol.regimen.RegimenRequest;
import org.trabecula.protocol.regimen.Regimens;

/// Looks at draft orders together with what the patient takes: the draft of an agent stands for
/// what is taken of it now. Nothing is stored.
@Singleton
class Review {
  private final KnownPatients patients;
  private final Regimens regimens;
  private final RegimenOrders orders;
  private final Evaluations evaluations;
  private final Drafts drafts;
  private final Cards cards;
  private final Clock clock = Clock.systemUTC();

  Review(
      KnownPatients patients,
      Regimens regimens,
      RegimenOrders orders,
      Evaluations evaluations,
      Drafts drafts,
      Cards cards) {
    this.patients = patients;
    this.regimens = regimens;
    this.orders = orders;
    this.evaluations = evaluations;
    this.drafts = drafts;
    this.cards = cards;
  }

  /// The gravest first.
  List<Card> of(HookRequest request, Setting setting) {
    KnownPatient patient = patient(request.patient()).orElse(null);
    if (patient == null) {
      return List.of(cards.unknownPatient(setting));
    }
    LocalDate today = LocalDate.now(clock.withZone(patients.zone()));
    var said = new ArrayList<Card>();
    var drafted = new ArrayList<Step>();
    for (HookRequest.Drafted order : request.orders()) {
      switch (drafts.read(order, request.others(), today)) {
        case DraftReading.Unclear it ->
            said.add(
                cards.unchecked(
                    setting, order.reference(), it.medication(), it.reason(), it.known()));
        case DraftReading.Steps it ->
            it.steps()
                .forEach(
                    step -> drafted.addAll(steps(order.reference(), step, patient, setting, said)));
      }
    }
    if (!drafted.isEmpty()) {
      said.addAll(evaluated(patient, drafted, today, setting));
    }
    return said.stream().sorted(comparing(Card::indicator)).toList();
  }

  private Optional<KnownPatient> patient(String id) {
    try {
      return patients.findByIdOptional(UUID.fromString(id.replaceFirst("^Patient/", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The steps of a draft that could be ordered; what could not is said.
  private List<Step> steps(
      String reference,
      RegimenRequest.Step step,
      KnownPatient patient,
      Setting setting,
      List<Card> said) {
    RegimenOrders.Drafted read = orders.draft(step, patient, latestToday());
    String agent = step.agent() == null ? reference : cards.display(step.agent());
    for (Violation violation : read.refusals()) {
      said.add(
          violation.rule() == null
              ? cards.unchecked(
                  setting,
                  reference,
                  agent,
                  Cards.element(violation.field()) + " " + violation.message(),
                  true)
              : cards.refused(setting, reference, agent, violation));
    }
    return read.steps();
  }

  private List<Card> evaluated(
      KnownPatient patient, List<Step> drafted, LocalDate today, Setting setting) {
    Set<String> agents = drafted.stream().map(Step::agent).collect(toSet());
    LocalDate first = drafted.stream().map(Step::start).min(LocalDate::compareTo).orElse(today);
    Regimen active = regimens.active(patient.id()).orElse(null);
    List<Step> taken = active == null ? List.of() : active.steps();
    List<Step> replaced = active == null ? List.of() : active.takenUntil(first);
    List<Step> plan =
        Stream.concat(
                taken.stream().filter(step -> !agents.contains(step.agent())), drafted.stream())
            .toList();
    List<Step> history =
        Stream.concat(
                regimens.history(patient.id()).stream(),
                replaced.stream().filter(step -> agents.contains(step.agent())))
            .sorted(comparing(Step::start))
            .toList();
    Evaluation evaluation = evaluations.of(patients.known(patient), plan, history, null);
    return Stream.concat(
            findings(evaluation, patient.id(), first.isBefore(today) ? today : first, setting),
            flags(evaluation, agents, setting))
        .toList();
  }

  private Stream<Card> findings(
      Evaluation evaluation, UUID patient, LocalDate start, Setting setting) {
    return evaluation.rulings().stream()
        .map(
            ruling ->
                cards.finding(
                    setting,
                    ruling,
                    evaluation.ruleSet(),
                    suggestion(ruling, evaluation, patient, start, setting)));
  }

  /// Only what follows for certain: a progestogen where it is known that there is a uterus, and
  /// none of the same is taken.
  private @Nullable Suggestion suggestion(
      Ruling ruling, Evaluation evaluation, UUID patient, LocalDate start, Setting setting) {
    Finding finding = ruling.finding();
    boolean opposes =
        finding.rule().equals(Cards.UNOPPOSED)
            && finding.missing().isEmpty()
            && evaluation.plan().steps().stream()
                .noneMatch(step -> step.agent().equals(Cards.OPPOSING));
    return opposes ? cards.opposing(setting, patient, start) : null;
  }

  /// Of the agents that are drafted: what is taken already was shown when it was ordered.
  private Stream<Card> flags(Evaluation evaluation, Set<String> agents, Setting setting) {
    List<Flag> shown =
        evaluation.flags().stream()
            .filter(flag -> agents.contains(flag.agent()))
            .filter(flag -> flag.status() != RegulatoryStatus.APPROVED)
            .toList();
    return Stream.iterate(0, i -> i < shown.size(), i -> i + 1)
        .map(i -> cards.flag(setting, shown.get(i), i));
  }

  /// The latest date that it is anywhere.
  private LocalDate latestToday() {
    return LocalDate.now(clock.withZone(ZoneOffset.ofHours(14)));
  }
}
