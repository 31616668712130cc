package org.trabecula.protocol.fhir;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.trabecula.clinicalrules.agent.Agent;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.contracts.RegimenAssigned.Cycle;
import org.trabecula.contracts.RegimenAssigned.Step;

/// A step as a MedicationRequest: what is given, how much, how and how often. Status and intent are
/// for whoever shows it to say.
@Singleton
public class Prescriptions {
  private final Agents agents;

  Prescriptions(Agents agents) {
    this.agents = agents;
  }

  public MedicationRequest of(Step step, UUID patient) {
    Agent agent = agents.find(step.agent()).orElseThrow();
    var request =
        new MedicationRequest()
            .setMedication(medication(agent))
            .setSubject(new Reference("Patient/" + patient));
    request.addDosageInstruction(dosage(step));
    String indication = step.indication();
    if (indication != null) {
      request
          .addReasonCode()
          .setText(indication.replace('-', ' '))
          .addCoding()
          .setSystem(Codes.INDICATION)
          .setCode(indication);
    }
    return request;
  }

  private static CodeableConcept medication(Agent agent) {
    var concept = new CodeableConcept().setText(agent.display());
    concept.addCoding().setSystem(Codes.AGENT).setCode(agent.code()).setDisplay(agent.display());
    agent
        .codings()
        .forEach(
            coding ->
                concept.addCoding(new Coding(coding.system(), coding.code(), coding.display())));
    return concept;
  }

  private static Dosage dosage(Step step) {
    var dosage =
        new Dosage()
            .setText(words(step))
            .setRoute(Routes.concept(step.route()))
            .setTiming(timing(step));
    var dose =
        new Quantity()
            .setValue(step.dose().value())
            .setUnit(step.dose().unit())
            .setSystem(Codes.UCUM)
            .setCode(step.dose().unit());
    dosage.addDoseAndRate().setDose(dose);
    if (step.asNeededPerWeek() != null) {
      dosage.setAsNeeded(new BooleanType(true));
    }
    Cycle cycle = step.cycle();
    if (cycle != null) {
      dosage.addExtension(
          new Extension(
              Codes.CYCLE,
              new Ratio()
                  .setNumerator(days(cycle.daysOn()))
                  .setDenominator(days(cycle.lengthDays()))));
    }
    return dosage;
  }

  private static Quantity days(int count) {
    return new Quantity().setValue(count).setUnit("d").setSystem(Codes.UCUM).setCode("d");
  }

  private static String words(Step step) {
    String often =
        step.asNeededPerWeek() != null
            ? "as needed, about " + plain(step.asNeededPerWeek()) + " a week"
            : "every " + plain(interval(step)) + " days";
    Cycle cycle = step.cycle();
    return "%s %s %s, %s%s"
        .formatted(
            plain(step.dose().value()),
            step.dose().unit(),
            Routes.text(step.route()),
            often,
            cycle == null
                ? ""
                : ", on the first %d of %d days".formatted(cycle.daysOn(), cycle.lengthDays()));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static Timing timing(Step step) {
    TimingRepeatComponent repeat = often(step);
    var bounds = new Period().setStartElement(day(step.start()));
    LocalDate stop = step.stop();
    if (stop != null) {
      // FHIR's last day is still with it, ours is the first without.
      bounds.setEndElement(day(stop.minusDays(1)));
    }
    return new Timing().setRepeat(repeat.setBounds(bounds));
  }

  private static DateTimeType day(LocalDate date) {
    return new DateTimeType(date.toString());
  }

  private static TimingRepeatComponent often(Step step) {
    BigDecimal perWeek = step.asNeededPerWeek();
    if (perWeek != null) {
      return asNeeded(perWeek);
    }
    BigDecimal interval = interval(step);
    Cycle cycle = step.cycle();
    if (cycle == null) {
      return repeat(1, interval);
    }
    BigDecimal daysOn = BigDecimal.valueOf(cycle.daysOn());
    return repeat(
        daysOn.divide(interval, 0, RoundingMode.CEILING).intValueExact(),
        BigDecimal.valueOf(cycle.lengthDays()));
  }

  /// What is not taken as needed has one.
  private static BigDecimal interval(Step step) {
    return Objects.requireNonNull(step.intervalDays());
  }

  private static TimingRepeatComponent repeat(int times, BigDecimal days) {
    return new TimingRepeatComponent()
        .setFrequency(times)
        .setPeriod(days)
        .setPeriodUnit(UnitsOfTime.D);
  }

  /// FHIR counts in whole numbers: 2.5 a week are five in two.
  private static TimingRepeatComponent asNeeded(BigDecimal perWeek) {
    int scale = Math.max(0, perWeek.stripTrailingZeros().scale());
    BigInteger times = perWeek.movePointRight(scale).toBigIntegerExact();
    BigInteger weeks = BigInteger.TEN.pow(scale);
    BigInteger common = times.gcd(weeks);
    return new TimingRepeatComponent()
        .setFrequency(times.divide(common).intValueExact())
        .setPeriod(new BigDecimal(weeks.divide(common)))
        .setPeriodUnit(UnitsOfTime.WK);
  }
}
