package org.trabecula.protocol.cds;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.clinicalrules.safety.Rule;
import org.trabecula.clinicalrules.safety.RuleSet;
import org.trabecula.clinicalrules.safety.Ruling;
import org.trabecula.contracts.Quantity;
import org.trabecula.contracts.RegimenAssigned.Basis;
import org.trabecula.contracts.RegimenAssigned.Finding;
import org.trabecula.contracts.RegimenAssigned.Flag;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.contracts.RegimenAssigned.Severity;
import org.trabecula.contracts.RegimenAssigned.Step;
import org.trabecula.contracts.RegulatoryStatus;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.protocol.cds.Card.Action;
import org.trabecula.protocol.cds.Card.Coding;
import org.trabecula.protocol.cds.Card.Indicator;
import org.trabecula.protocol.cds.Card.Source;
import org.trabecula.protocol.cds.Card.Suggestion;
import org.trabecula.protocol.fhir.Codes;
import org.trabecula.protocol.fhir.Fhir;
import org.trabecula.protocol.fhir.Prescriptions;
import org.trabecula.protocol.regimen.RegimenOrders;

/// Writes what rules, regulators and readers of orders say as cards.
@Singleton
class Cards {
  /// Estrogen without a progestogen while there is a uterus.
  static final String UNOPPOSED = "HRT-01";

  static final String OPPOSING = "progesterone-micronised";

  private static final int LONGEST_SUMMARY = 139;
  private static final String STATUS = "urn:trabecula:regulatory-status";
  private static final String CHECK = "urn:trabecula:cds-check";
  private static final String REASONS = "urn:trabecula:override-reason";

  private static final List<Coding> SET_ASIDE =
      List.of(
          new Coding(REASONS, "benefit-outweighs-risk", "The benefit outweighs the risk"),
          new Coding(REASONS, "specialist-advice", "On a specialist's advice"),
          new Coding(REASONS, "record-out-of-date", "The record is wrong or out of date"));
  private static final List<Coding> ACKNOWLEDGED =
      List.of(new Coding(REASONS, "acknowledged", "Read and taken into account"));

  private final Agents agents;
  private final Prescriptions prescriptions;
  private final Fhir fhir;
  private final ObjectMapper json;

  Cards(Agents agents, Prescriptions prescriptions, Fhir fhir, ObjectMapper json) {
    this.agents = agents;
    this.prescriptions = prescriptions;
    this.fhir = fhir;
    this.json = json;
  }

  /// What all cards of an answer have in common.
  ///
  /// @param base where this service is reached, without a slash at the end
  record Setting(UUID hookInstance, String base) {

    private UUID id(Coding topic, String subject) {
      return CardId.of(hookInstance.toString(), topic.code(), subject);
    }
  }

  Card unknownPatient(Setting setting) {
    return plain(
        setting,
        "patient-unknown",
        "",
        "The orders were not checked: the patient is not known here.",
        "No profile of this patient has arrived. It comes from patient-service a moment after it is recorded there.",
        Indicator.INFO);
  }

  /// @param reference of the order
  /// @param known whether it is about something that is known here
  Card unchecked(
      Setting setting, String reference, String medication, String reason, boolean known) {
    return plain(
        setting,
        "not-checked",
        reference,
        "%s could not be checked: %s.".formatted(medication, reason),
        "%s (%s) could not be checked: %s. Nothing is said of its safety or its regulatory status."
            .formatted(medication, reference, reason),
        known ? Indicator.WARNING : Indicator.INFO);
  }

  private static Card plain(
      Setting setting,
      String code,
      String subject,
      String summary,
      String detail,
      Indicator indicator) {
    var topic = new Coding(CHECK, code, code.replace('-', ' '));
    return new Card(
        setting.id(topic, subject),
        shortened(summary),
        detail,
        indicator,
        new Source("Trabecula", setting.base() + "/v1/agents", topic),
        null,
        null,
        null);
  }

  /// An order that could never become active as it is.
  ///
  /// @param violation of a named rule
  Card refused(Setting setting, String reference, String medication, Violation violation) {
    String rule = violation.rule() == null ? "" : violation.rule();
    var topic = new Coding(Codes.RULE, rule, rule);
    String element = element(violation.field());
    return new Card(
        setting.id(topic, reference + element),
        shortened("%s: %s, %s %s".formatted(rule, medication, element, violation.message())),
        "%s (%s) cannot be ordered as it is: `%s` %s.\n\nRule %s."
            .formatted(medication, reference, element, violation.message(), rule),
        Indicator.CRITICAL,
        new Source("Trabecula", setting.base() + "/v1/agents", topic),
        null,
        null,
        null);
  }

  /// Where FHIR has what we call otherwise.
  static String element(String field) {
    String own = field.replaceFirst("^" + RegimenOrders.DRAFT + "\\.", "");
    return switch (own.replaceFirst("\\..*", "")) {
      case "agent" -> "medication";
      case "route" -> "dosageInstruction.route";
      case "dose" -> "dosageInstruction.doseAndRate.dose" + own.substring("dose".length());
      case "intervalDays", "asNeededPerWeek", "cycle" -> "dosageInstruction.timing";
      case "start", "stop" -> "dosageInstruction.timing.repeat.bounds";
      case "indication" -> "reasonCode";
      default -> own;
    };
  }

  /// @param suggestion what would answer it; null when that is for a clinician to say
  Card finding(Setting setting, Ruling ruling, String ruleSet, @Nullable Suggestion suggestion) {
    Finding finding = ruling.finding();
    Rule rule = ruling.rule();
    String path = finding.rule().equals(RuleSet.MISSING) ? "" : "/" + finding.rule();
    var topic = new Coding(Codes.RULE, finding.rule(), "Rule " + finding.rule());
    return new Card(
        setting.id(topic, finding.agents() + finding.message()),
        shortened(finding.rule() + ": " + finding.message()),
        detail(finding, ruleSet),
        switch (finding.severity()) {
          case BLOCK -> Indicator.CRITICAL;
          case WARN -> Indicator.WARNING;
          case INFO -> Indicator.INFO;
        },
        new Source("Trabecula safety rules", setting.base() + "/v1/rules" + path, topic),
        suggestion == null ? null : List.of(suggestion),
        suggestion == null ? null : "any",
        reasons(finding.severity(), rule));
  }

  private static @Nullable List<Coding> reasons(Severity severity, @Nullable Rule rule) {
    return switch (severity) {
      case BLOCK -> rule != null && rule.hard() ? null : SET_ASIDE;
      case WARN -> ACKNOWLEDGED;
      case INFO -> null;
    };
  }

  private static String detail(Finding finding, String ruleSet) {
    var detail = new StringBuilder(finding.message());
    if (!finding.basis().isEmpty()) {
      detail.append("\n\n**What it goes by**\n");
      finding.basis().forEach(basis -> detail.append("\n- ").append(words(basis)));
    }
    if (!finding.missing().isEmpty()) {
      detail.append("\n\n**Not stated**\n\n- ").append(String.join("\n- ", finding.missing()));
    }
    return detail
        .append("\n\n**Evidence:** ")
        .append(finding.evidence())
        .append("\n\nRule ")
        .append(finding.rule())
        .append(" of rule set ")
        .append(ruleSet)
        .append('.')
        .toString();
  }

  private static String words(Basis basis) {
    LocalDate on = basis.on();
    return "%s: %s%s".formatted(basis.fact(), basis.stated(), on == null ? "" : " (" + on + ")");
  }

  /// @param number of the flag, since several may speak of one agent
  Card flag(Setting setting, Flag flag, int number) {
    String agent = display(flag.agent());
    String said = said(flag.status());
    var topic = new Coding(STATUS, flag.status().name(), said);
    String where = flag.region() + " (" + flag.region().authority() + ")";
    return new Card(
        setting.id(topic, flag.agent() + number),
        shortened(
            "%s in %s: %s%s"
                .formatted(
                    agent,
                    flag.region(),
                    said,
                    flag.indication() == null ? "" : " for " + flag.indication())),
        "%s in %s: %s.%s".formatted(agent, where, said, details(flag)),
        switch (flag.status()) {
          case NOT_APPROVED, WITHDRAWN -> Indicator.CRITICAL;
          case OFF_LABEL, COMPOUNDED_ONLY -> Indicator.WARNING;
          case UNKNOWN, APPROVED -> Indicator.INFO;
        },
        new Source(
            "Trabecula regulatory flags",
            "%s/v1/regulatory-flags?region=%s&agent=%s"
                .formatted(setting.base(), flag.region(), flag.agent()),
            topic),
        null,
        null,
        flag.status() == RegulatoryStatus.UNKNOWN ? null : ACKNOWLEDGED);
  }

  private static String said(RegulatoryStatus status) {
    return switch (status) {
      case APPROVED -> "approved";
      case OFF_LABEL -> "off-label";
      case COMPOUNDED_ONLY -> "compounded only, no authorised product";
      case NOT_APPROVED -> "no authorised product";
      case WITHDRAWN -> "withdrawn, counts as not approved";
      case UNKNOWN -> "nothing is known, which is no approval";
    };
  }

  private static String details(Flag flag) {
    return lines(
        line("Form", flag.form()),
        line("Population", flag.population()),
        line("Indication", flag.indication()),
        line("Controlled substance", flag.controlledSubstance()),
        line("Notes", flag.notes()),
        line("As of", flag.asOf()),
        line("Source", flag.source()),
        line("Confidence", flag.confidence()));
  }

  private static String lines(String... lines) {
    String stated = List.of(lines).stream().filter(line -> !line.isEmpty()).collect(joining());
    return stated.isEmpty() ? "" : "\n" + stated;
  }

  private static String line(String name, @Nullable String value) {
    return value == null ? "" : "\n- **%s:** %s".formatted(name, value);
  }

  String display(String agent) {
    return agents.find(agent).map(Agent::display).orElse(agent);
  }

  /// The least of a progestogen that answers [#UNOPPOSED] when taken every day.
  Suggestion opposing(Setting setting, UUID patient, LocalDate start) {
    Agent agent = agents.find(OPPOSING).orElseThrow();
    Agent.EndometrialProtection protection = agent.endometrialProtection();
    if (protection == null || protection.continuousMgPerDay() == null) {
      throw new IllegalStateException(OPPOSING + " does not say what protects the endometrium");
    }
    var dose = new Quantity(protection.continuousMgPerDay(), "mg");
    MedicationRequest draft =
        prescriptions
            .of(
                new Step(OPPOSING, dose, Route.ORAL, BigDecimal.ONE, null, null, null, start, null),
                patient)
            .setStatus(MedicationRequestStatus.DRAFT)
            .setIntent(MedicationRequestIntent.PROPOSAL);
    String label = "Add %s %s mg daily".formatted(agent.display(), dose.value().toPlainString());
    try {
      return new Suggestion(
          label,
          CardId.of(setting.hookInstance().toString(), UNOPPOSED, OPPOSING),
          List.of(new Action("create", label, json.readTree(fhir.write(draft)))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A draft cannot be written as JSON", e);
    }
  }

  private static String shortened(String summary) {
    String line = summary.replaceAll("\\s+", " ");
    return line.length() <= LONGEST_SUMMARY
        ? line
        : line.substring(0, LONGEST_SUMMARY - 1).stripTrailing() + "…";
  }
}
