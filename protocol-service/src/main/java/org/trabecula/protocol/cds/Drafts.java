package org.trabecula.protocol.cds;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.contracts.RegimenAssigned.Route;
import org.trabecula.protocol.cds.DraftReading.Unclear;
import org.trabecula.protocol.cds.HookRequest.Drafted;
import org.trabecula.protocol.fhir.Codes;
import org.trabecula.protocol.fhir.Fhir;
import org.trabecula.protocol.fhir.Routes;
import org.trabecula.protocol.regimen.RegimenRequest;

/// Reads draft orders of other systems. Nothing is guessed: of what can be understood in two ways
/// it is said that it cannot be checked.
@Singleton
class Drafts {
  private static final int LENGTH_OF_DATE = 10;

  private final Fhir fhir;
  private final Agents agents;

  Drafts(Fhir fhir, Agents agents) {
    this.fhir = fhir;
    this.agents = agents;
  }

  /// It cannot be told what an order means.
  private static final class NotClear extends RuntimeException {
    private final String reason;
    private final boolean known;

    private NotClear(String reason, boolean known) {
      super(reason);
      this.reason = reason;
      this.known = known;
    }
  }

  /// @param others resources that an order may refer to
  /// @param today first day of an order that states none
  DraftReading read(Drafted draft, List<JsonNode> others, LocalDate today) {
    MedicationRequest order;
    CodeableConcept medication;
    try {
      order = fhir.read(MedicationRequest.class, draft.resource().toString());
      medication = medication(order, others);
    } catch (RuntimeException e) {
      // HAPI throws whatever it stumbles over, and repeats the values.
      return new Unclear(draft.reference(), "it is no MedicationRequest that can be read", true);
    }
    String name = name(medication, draft);
    try {
      return new DraftReading.Steps(steps(order, medication, today));
    } catch (NotClear e) {
      return new Unclear(name, e.reason, e.known);
    } catch (ArithmeticException | DateTimeException e) {
      return new Unclear(name, "its dates or times are beyond what can be", true);
    }
  }

  private static String name(CodeableConcept medication, Drafted draft) {
    return Stream.concat(
            Stream.of(Optional.ofNullable(medication.getText())),
            medication.getCoding().stream().map(coding -> Optional.ofNullable(coding.getDisplay())))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(draft.reference());
  }

  private CodeableConcept medication(MedicationRequest order, List<JsonNode> others) {
    if (order.hasMedicationCodeableConcept()) {
      return order.getMedicationCodeableConcept();
    }
    if (!order.hasMedicationReference()) {
      return new CodeableConcept();
    }
    Reference reference = order.getMedicationReference();
    if (reference.getResource() instanceof Medication contained) {
      return contained.getCode();
    }
    return others.stream()
        .filter(
            other ->
                "Medication".equals(other.path("resourceType").asText())
                    && ("Medication/" + other.path("id").asText()).equals(reference.getReference()))
        .findFirst()
        .map(other -> fhir.read(Medication.class, other.toString()).getCode())
        .orElseGet(CodeableConcept::new);
  }

  private List<RegimenRequest.Step> steps(
      MedicationRequest order, CodeableConcept medication, LocalDate today) {
    if (order.getDoNotPerform()) {
      throw new NotClear("it asks for something not to be given", false);
    }
    List<Dosage> dosages =
        order.hasDosageInstruction() ? order.getDosageInstruction() : List.of(new Dosage());
    return dosages.stream().map(dosage -> step(order, medication, dosage, today)).toList();
  }

  private RegimenRequest.Step step(
      MedicationRequest order, CodeableConcept medication, Dosage dosage, LocalDate today) {
    Route route = Routes.of(dosage.getRoute()).orElse(null);
    String agent = agent(medication, route);
    TimingRepeatComponent repeat = dosage.getTiming().getRepeat();
    if (repeat.hasDayOfWeek() || repeat.hasFrequencyMax() || repeat.hasPeriodMax()) {
      throw new NotClear("its timing has days of the week or a range, which are not read", true);
    }
    LocalDate start = start(order, repeat, today);
    Frequency frequency = Frequency.of(dosage);
    return new RegimenRequest.Step(
        agent,
        dose(dosage),
        route(dosage, route, agent),
        frequency.intervalDays(),
        frequency.perWeek(),
        frequency.cycle(),
        indication(order),
        start,
        stop(repeat, start),
        null);
  }

  /// Ours before any other: theirs name the substance, often less exactly.
  private String agent(CodeableConcept medication, @Nullable Route route) {
    List<Coding> codings = medication.getCoding();
    Optional<String> own =
        codings.stream()
            .filter(coding -> Codes.AGENT.equals(coding.getSystem()) && coding.hasCode())
            .map(Coding::getCode)
            .findFirst();
    if (own.isPresent()) {
      return own.get();
    }
    List<Set<String>> named =
        codings.stream().map(this::named).filter(codes -> !codes.isEmpty()).toList();
    if (named.isEmpty()) {
      throw new NotClear("none of its codes is one of an agent that is known here", false);
    }
    var fitting = new TreeSet<>(named.getFirst());
    named.forEach(fitting::retainAll);
    if (route != null) {
      fitting.removeIf(code -> !agents.find(code).orElseThrow().routes().contains(route));
    }
    return switch (fitting.size()) {
      case 0 -> throw new NotClear("its codes and its route fit no agent that is known here", true);
      case 1 -> fitting.first();
      default ->
          throw new NotClear(
              "its codes and its route fit several agents: "
                  + String.join(", ", fitting)
                  + "; a code of "
                  + Codes.AGENT
                  + " would tell",
              true);
    };
  }

  private Set<String> named(Coding coding) {
    return agents.all().stream()
        .filter(
            agent ->
                agent.codings().stream()
                    .anyMatch(
                        known ->
                            known.system().equals(coding.getSystem())
                                && known.code().equals(coding.getCode())))
        .map(Agent::code)
        .collect(Collectors.toSet());
  }

  /// As it is stated, known here or not; else the only one that the agent has.
  private @Nullable String route(Dosage dosage, @Nullable Route route, String agent) {
    if (route != null) {
      return route.name();
    }
    if (dosage.hasRoute()) {
      CodeableConcept stated = dosage.getRoute();
      return stated.hasCoding() ? stated.getCodingFirstRep().getCode() : stated.getText();
    }
    return agents
        .find(agent)
        .filter(known -> known.routes().size() == 1)
        .map(known -> known.routes().iterator().next().name())
        .orElse(null);
  }

  private static RegimenRequest.@Nullable Dose dose(Dosage dosage) {
    return dosage.getDoseAndRate().stream()
        .filter(Dosage.DosageDoseAndRateComponent::hasDoseQuantity)
        .map(Dosage.DosageDoseAndRateComponent::getDoseQuantity)
        .findFirst()
        .map(dose -> new RegimenRequest.Dose(dose.getValue(), unit(dose), null))
        .orElse(null);
  }

  private static String unit(Quantity dose) {
    return dose.hasCode() ? dose.getCode() : dose.getUnit();
  }

  private static @Nullable String indication(MedicationRequest order) {
    return order.getReasonCode().stream()
        .flatMap(reason -> reason.getCoding().stream())
        .filter(coding -> Codes.INDICATION.equals(coding.getSystem()))
        .map(Coding::getCode)
        .findFirst()
        .orElse(null);
  }

  private static LocalDate start(
      MedicationRequest order, TimingRepeatComponent repeat, LocalDate today) {
    if (repeat.hasBoundsPeriod() && repeat.getBoundsPeriod().hasStart()) {
      return day(repeat.getBoundsPeriod().getStartElement());
    }
    return order.hasAuthoredOn() ? day(order.getAuthoredOnElement()) : today;
  }

  /// The first day without it; null while open.
  private static @Nullable LocalDate stop(TimingRepeatComponent repeat, LocalDate start) {
    if (repeat.hasBoundsPeriod()) {
      Period bounds = repeat.getBoundsPeriod();
      return bounds.hasEnd() ? day(bounds.getEndElement()).plusDays(1) : null;
    }
    BigDecimal days =
        repeat.hasBoundsDuration() ? Frequency.days(repeat.getBoundsDuration()) : null;
    return days == null
        ? null
        : start.plusDays(days.setScale(0, RoundingMode.CEILING).longValueExact());
  }

  /// As it was written: the day where the order was made.
  private static LocalDate day(BaseDateTimeType stated) {
    String text = stated.getValueAsString();
    if (text == null || text.length() < LENGTH_OF_DATE) {
      throw new NotClear("its dates do not name the day", true);
    }
    return LocalDate.parse(text.substring(0, LENGTH_OF_DATE));
  }
}
