package org.trabecula.protocol.regimen;

import static java.util.stream.Collectors.toCollection;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.regulatory.RegulatoryAliases;
import org.trabecula.clinicalrules.regulatory.RegulatoryAliases.IndicationAlias;
import org.trabecula.contracts.RegimenAssigned;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.Region;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.patient.KnownPatient;
import org.trabecula.protocol.template.Protocol;
import org.trabecula.protocol.template.Protocols;

/// Turns what was sent into an order, or says everything that is wrong with it.
@ApplicationScoped
public class RegimenOrders {
  static final String ORDER = "order";
  static final String PROPOSAL = "proposal";

  /// What the fields of a step that is drafted by itself stand under.
  public static final String DRAFT = "draft";

  private static final int MOST_STEPS = 50;
  private static final int MOST_RULES = 100;
  private static final int SHORTEST_REASON = 10;
  private static final int LONGEST_REASON = 500;
  private static final String ALIASES = "regulatory-aliases.json";
  private static final Pattern RULE = Pattern.compile("[A-Z]+-[0-9]{2}[a-z]?");

  private final Agents agents;
  private final Protocols protocols;
  private final Set<String> indications;

  RegimenOrders(Agents agents, Protocols protocols) {
    this.agents = agents;
    this.protocols = protocols;
    this.indications =
        ShippedData.read(ALIASES, ShippedData.file(ALIASES), RegulatoryAliases.class)
            .indications()
            .stream()
            .map(IndicationAlias::code)
            .collect(toCollection(TreeSet::new));
  }

  /// What is to be taken.
  ///
  /// @param today the latest date that it is anywhere
  RegimenOrder accept(@Nullable RegimenRequest request, KnownPatient patient, LocalDate today) {
    return read(request, ORDER, patient, today);
  }

  /// What is only thought of: read as an order is, and no order.
  ///
  /// @param today the latest date that it is anywhere
  RegimenOrder propose(@Nullable RegimenRequest request, KnownPatient patient, LocalDate today) {
    return read(request, PROPOSAL, patient, today);
  }

  /// What was proposed, as the order that a clinician makes of it.
  RegimenOrder accept(Proposal proposal, @Nullable ProposalAcceptance request) {
    var refusals = new Refusals();
    List<RegimenOrder.Override> overrides =
        overrides(request == null ? null : request.overrides(), refusals);
    List<String> acknowledged =
        acknowledged(request == null ? null : request.acknowledged(), refusals);
    if (refusals.count() > 0) {
      throw Problems.invalid(refusals.all());
    }
    return new RegimenOrder(
        proposal.protocol(), proposal.jurisdiction, proposal.steps, overrides, acknowledged);
  }

  /// One step by itself, as another system drafts it.
  ///
  /// @param today the latest date that it is anywhere
  public Drafted draft(RegimenRequest.Step step, KnownPatient patient, LocalDate today) {
    var refusals = new Refusals();
    var reading = new StepReading(DRAFT, step, setting(null, patient, today), refusals);
    return new Drafted(reading.read(), refusals.all());
  }

  /// @param steps none when there is something wrong with it
  /// @param refusals what is wrong, by fields of the step
  public record Drafted(List<Step> steps, List<Violation> refusals) {}

  private OrderSetting setting(@Nullable String indication, KnownPatient patient, LocalDate today) {
    return new OrderSetting(
        agents, indications, indication, patient.sex(), patient.birthMonth(), today);
  }

  private RegimenOrder read(
      @Nullable RegimenRequest request, String intent, KnownPatient patient, LocalDate today) {
    if (request == null) {
      throw Problems.invalid("", "The request has no body.");
    }
    var refusals = new Refusals();
    intent(request.intent(), intent, refusals);
    Protocol protocol = protocol(request.protocol(), refusals);
    OrderSetting setting = setting(indication(request.indication(), refusals), patient, today);
    List<Step> steps = steps(readings(request, protocol, setting, refusals), refusals);
    Region jurisdiction = jurisdiction(request.jurisdiction(), refusals);
    List<RegimenOrder.Override> overrides = overrides(request.overrides(), refusals);
    List<String> acknowledged = acknowledged(request.acknowledged(), refusals);
    if (refusals.count() > 0) {
      throw Problems.invalid(refusals.all());
    }
    return new RegimenOrder(
        protocol == null ? null : new RegimenAssigned.Protocol(protocol.code(), protocol.version()),
        jurisdiction,
        steps,
        overrides,
        acknowledged);
  }

  private static void intent(@Nullable String sent, String here, Refusals refusals) {
    if (sent != null && !sent.equals(here)) {
      refusals.add(
          "intent",
          Refusals.INTENT,
          here.equals(ORDER)
              ? "is not order: what is only proposed is not ordered here"
              : "is not proposal: what is ordered is not proposed here");
    }
  }

  private @Nullable Protocol protocol(
      RegimenRequest.@Nullable Template template, Refusals refusals) {
    if (template == null) {
      return null;
    }
    String code = template.code();
    if (code == null || protocols.find(code, null).isEmpty()) {
      refusals.add(
          "protocol.code",
          Refusals.PROTOCOL,
          "is no published protocol; GET /v1/protocols lists them");
      return null;
    }
    Protocol protocol = protocols.find(code, template.version()).orElse(null);
    if (protocol == null) {
      refusals.add("protocol.version", Refusals.PROTOCOL, "is no published version of " + code);
    }
    return protocol;
  }

  private @Nullable String indication(@Nullable String code, Refusals refusals) {
    if (code != null && !indications.contains(code)) {
      refusals.add(
          "indication", Refusals.INDICATION, "is unknown; allowed: " + Refusals.list(indications));
    }
    return code;
  }

  private static @Nullable Region jurisdiction(@Nullable String code, Refusals refusals) {
    if (code == null) {
      return null;
    }
    Region region =
        Arrays.stream(Region.values())
            .filter(it -> it.name().equals(code))
            .findFirst()
            .orElse(null);
    if (region == null) {
      refusals.add(
          "jurisdiction",
          Refusals.REGION,
          "is unknown; allowed: " + Refusals.list(List.of(Region.values())));
    }
    return region;
  }

  private static List<StepReading> readings(
      RegimenRequest request,
      @Nullable Protocol protocol,
      OrderSetting setting,
      Refusals refusals) {
    List<RegimenRequest.@Nullable Step> sent = request.steps();
    if (sent == null && request.protocol() != null) {
      return ofTemplate(protocol, request.start(), setting, refusals);
    }
    if (sent == null || sent.isEmpty() || sent.size() > MOST_STEPS) {
      refusals.add("steps", "must be 1 to " + MOST_STEPS + ", unless a protocol gives them");
      return List.of();
    }
    if (request.start() != null) {
      refusals.add("start", "is for the steps of a protocol; each step sent has its own");
    }
    var readings = new ArrayList<StepReading>();
    for (int i = 0; i < sent.size(); i++) {
      readings.add(new StepReading("steps[" + i + "]", sent.get(i), setting, refusals));
    }
    return readings;
  }

  private static List<StepReading> ofTemplate(
      @Nullable Protocol protocol,
      @Nullable LocalDate start,
      OrderSetting setting,
      Refusals refusals) {
    if (start == null) {
      refusals.add("start", "is needed when the protocol gives the steps");
      return List.of();
    }
    var readings = new ArrayList<StepReading>();
    if (protocol != null) {
      for (int i = 0; i < protocol.steps().size(); i++) {
        readings.add(
            new StepReading(
                StepReading.OF_PROTOCOL + "steps[" + i + "]",
                TemplateSteps.from(protocol.steps().get(i), start),
                setting,
                refusals));
      }
    }
    return readings;
  }

  /// A step that was read, and where it was sent.
  private record Sent(String path, Step step) {

    private boolean overlaps(Sent other) {
      return !path.equals(other.path)
          && step.agent().equals(other.step.agent())
          && step.route() == other.step.route()
          && begins().isBefore(other.ends())
          && other.begins().isBefore(ends());
    }

    private LocalDate begins() {
      return step.start();
    }

    private LocalDate ends() {
      return step.stop() == null ? LocalDate.MAX : step.stop();
    }
  }

  private static List<Step> steps(List<StepReading> readings, Refusals refusals) {
    var read = new ArrayList<Sent>();
    for (StepReading reading : readings) {
      for (Step step : reading.read()) {
        var sent = new Sent(reading.path(), step);
        read.stream()
            .filter(sent::overlaps)
            .findFirst()
            .ifPresent(other -> refuse(sent, other, refusals));
        read.add(sent);
      }
    }
    return read.stream().map(Sent::step).toList();
  }

  private static void refuse(Sent step, Sent other, Refusals refusals) {
    LocalDate day = step.begins().isAfter(other.begins()) ? step.begins() : other.begins();
    refusals.add(
        step.path(),
        Refusals.OVERLAP,
        "%s and %s both give %s %s on %s"
            .formatted(other.path(), step.path(), step.step().agent(), step.step().route(), day));
  }

  private static List<RegimenOrder.Override> overrides(
      @Nullable List<RegimenRequest.@Nullable Override> sent, Refusals refusals) {
    if (sent == null) {
      return List.of();
    }
    if (sent.size() > MOST_RULES) {
      refusals.add("overrides", "must be at most " + MOST_RULES);
      return List.of();
    }
    var overrides = new ArrayList<RegimenOrder.Override>();
    var rules = new HashSet<String>();
    for (int i = 0; i < sent.size(); i++) {
      String where = "overrides[" + i + "]";
      RegimenRequest.Override override = sent.get(i);
      if (override == null) {
        refusals.add(where, "is null");
      } else if (isRule(where + ".rule", override.rule(), rules, refusals)
          & isReason(where + ".reason", override.reason(), refusals)) {
        overrides.add(
            new RegimenOrder.Override(
                Objects.requireNonNull(override.rule()),
                Objects.requireNonNull(override.reason())));
      }
    }
    return overrides;
  }

  private static List<String> acknowledged(
      @Nullable List<@Nullable String> sent, Refusals refusals) {
    if (sent == null) {
      return List.of();
    }
    if (sent.size() > MOST_RULES) {
      refusals.add("acknowledged", "must be at most " + MOST_RULES);
      return List.of();
    }
    var rules = new HashSet<String>();
    for (int i = 0; i < sent.size(); i++) {
      isRule("acknowledged[" + i + "]", sent.get(i), rules, refusals);
    }
    return sent.stream().filter(Objects::nonNull).toList();
  }

  private static boolean isRule(
      String where, @Nullable String rule, Set<String> others, Refusals refusals) {
    if (rule == null || !RULE.matcher(rule).matches()) {
      refusals.add(where, "must be a rule's id, such as HRT-01");
      return false;
    }
    if (!others.add(rule)) {
      refusals.add(where, "is there twice");
      return false;
    }
    return true;
  }

  private static boolean isReason(String where, @Nullable String reason, Refusals refusals) {
    int length = reason == null ? 0 : reason.strip().length();
    if (length < SHORTEST_REASON || length > LONGEST_REASON) {
      refusals.add(where, "must have " + SHORTEST_REASON + " to " + LONGEST_REASON + " characters");
      return false;
    }
    return true;
  }
}
