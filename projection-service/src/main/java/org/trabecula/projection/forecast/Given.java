package org.trabecula.projection.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.ForecastComputed.Input;
import org.trabecula.contracts.ForecastComputed.Statement;
import org.trabecula.contracts.MeasurementRecorded;
import org.trabecula.contracts.MeasurementRecorded.Finding;
import org.trabecula.contracts.MeasurementRecorded.Finding.Severity;
import org.trabecula.contracts.MeasurementRecorded.Finding.Use;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.engine.Analyte;
import org.trabecula.engine.ForecastRequest;
import org.trabecula.engine.Observation;
import org.trabecula.engine.Person;
import org.trabecula.engine.model.Parameters;
import org.trabecula.projection.dossier.Regimen;

/// What the engine is given of a dossier: preliminary results, limits of detection, what a finding
/// of data quality excludes and what the model does not read stay behind.
///
/// @param request its lists are in one order, whatever the order in which the inputs arrived
/// @param origins where each administration of the request is stated, such as `regimen.steps[0]`
/// @param assumptions what stands in for something unknown
/// @param warnings what of the dossier the engine is not given, and why
/// @param inputs which versions of what went in
record Given(
    ForecastRequest request,
    List<String> origins,
    List<Statement> assumptions,
    List<Statement> warnings,
    List<Input> inputs) {
  /// Day that stands for a month stated without one: the middle, at most half a month wrong.
  private static final int MID_MONTH = 15;

  /// @param parameterHash of the engine that will read it
  static Given of(
      ProfileRecorded profile,
      @Nullable Regimen regimen,
      List<MeasurementRecorded> measurements,
      String parameterHash) {
    var warnings = new ArrayList<Statement>();
    List<MeasurementRecorded> read =
        measurements.stream()
            .filter(measurement -> isRead(measurement, warnings))
            .sorted(
                Comparator.comparing(MeasurementRecorded::effectiveAt)
                    .thenComparing(MeasurementRecorded::analyte)
                    .thenComparing(MeasurementRecorded::measurementId))
            .toList();
    List<Observation> observations = read.stream().map(Given::observation).toList();
    Instant asOf = AsOf.of(profile, regimen, observations);
    var medications = new Medications(asOf, warnings);
    List<Medications.Taken> taken = medications.taken(profile, regimen);
    var request =
        new ForecastRequest(
            asOf,
            ForecastRequest.DEFAULT_HORIZON_MONTHS,
            person(profile),
            taken.stream().map(Medications.Taken::administration).toList(),
            observations,
            seed(profile.patientId(), parameterHash));
    return new Given(
        request,
        taken.stream().map(Medications.Taken::origin).toList(),
        medications.assumptions(),
        warnings.stream()
            .sorted(Comparator.comparing(Statement::code).thenComparing(Statement::text))
            .toList(),
        inputs(profile, regimen, read));
  }

  /// Of neither results nor regimen, so that the draws stay the same when these change.
  private static long seed(UUID patient, String parameterHash) {
    String digest = Parameters.sha256(patient + "\n" + parameterHash);
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }

  private static boolean isRead(MeasurementRecorded measurement, List<Statement> warnings) {
    return Analyte.ofCode(measurement.analyte())
        .filter(analyte -> measurement.status() != MeasurementRecorded.Status.PRELIMINARY)
        .filter(analyte -> isExact(measurement, warnings))
        .filter(analyte -> isUnbiased(measurement, warnings))
        .filter(analyte -> isInUnit(measurement, analyte, warnings))
        .isPresent();
  }

  private static boolean isExact(MeasurementRecorded measurement, List<Statement> warnings) {
    if (measurement.comparator() == null) {
      return true;
    }
    warnings.add(
        new Statement(
            "MEASUREMENT_IS_A_LIMIT",
            "%s of %s is a limit of detection; the forecast leaves it out."
                .formatted(measurement.analyte(), measurement.effectiveAt())));
    return false;
  }

  /// Some findings of data quality say that a result is not to be learnt from.
  private static boolean isUnbiased(MeasurementRecorded measurement, List<Statement> warnings) {
    Optional<Finding> excluding =
        findings(measurement)
            .filter(
                finding ->
                    finding.severity() == Severity.BLOCK
                        || finding.excludes().contains(Use.FORECAST))
            .findFirst();
    excluding.ifPresent(
        finding ->
            warnings.add(
                new Statement(
                    "MEASUREMENT_EXCLUDED",
                    "%s of %s: %s The forecast leaves it out (%s)."
                        .formatted(
                            measurement.analyte(),
                            measurement.effectiveAt(),
                            finding.message(),
                            finding.rule()))));
    return excluding.isEmpty();
  }

  private static Stream<Finding> findings(MeasurementRecorded measurement) {
    return Stream.ofNullable(measurement.findings()).flatMap(List::stream);
  }

  /// A CTX that was not drawn fasting in the morning, whichever of both it lacks, counts as one
  /// that is not known to be fasting: with a larger variance.
  private static Observation.Fasting fasting(MeasurementRecorded measurement) {
    boolean unsuited = findings(measurement).anyMatch(finding -> finding.rule().equals("DATA-03"));
    return unsuited && measurement.fasting() == MeasurementRecorded.Fasting.YES
        ? Observation.Fasting.UNKNOWN
        : Observation.Fasting.valueOf(measurement.fasting().name());
  }

  private static boolean isInUnit(
      MeasurementRecorded measurement, Analyte analyte, List<Statement> warnings) {
    if (measurement.value().unit().equals(analyte.unit())) {
      return true;
    }
    warnings.add(
        new Statement(
            "MEASUREMENT_UNIT_NOT_MODELLED",
            "%s of %s is in %s, not %s; the forecast leaves it out."
                .formatted(
                    measurement.analyte(),
                    measurement.effectiveAt(),
                    measurement.value().unit(),
                    analyte.unit())));
    return false;
  }

  private static Observation observation(MeasurementRecorded measurement) {
    Analyte analyte = Analyte.ofCode(measurement.analyte()).orElseThrow();
    return new Observation(
        measurement.measurementId().toString(),
        analyte,
        measurement.value().value().doubleValue(),
        measurement.effectiveAt(),
        fasting(measurement),
        measurement.device() != null ? measurement.device() : laboratory(measurement),
        manufacturer(measurement.device()));
  }

  /// Results compare within one assay of one laboratory.
  private static @Nullable String laboratory(MeasurementRecorded measurement) {
    List<String> known =
        Stream.of(measurement.method(), measurement.laboratory())
            .flatMap(Stream::ofNullable)
            .toList();
    return known.isEmpty() ? null : String.join(" @ ", known);
  }

  /// By the maker's name in the scanner's, the only place where it is stated.
  private static Observation.@Nullable Manufacturer manufacturer(@Nullable String device) {
    String name = device == null ? "" : device.toLowerCase(Locale.ROOT);
    if (name.contains("hologic")) {
      return Observation.Manufacturer.HOLOGIC;
    }
    return name.contains("lunar") ? Observation.Manufacturer.GE_LUNAR : null;
  }

  private static Person person(ProfileRecorded profile) {
    var facts = new ModelledFacts(profile);
    return new Person(
        Person.SexForClinicalUse.valueOf(profile.sexForClinicalUse().name()),
        birth(profile),
        menopause(profile.menopause().status()),
        day(profile.menopause().finalPeriod()),
        Person.Hypogonadism.valueOf(profile.hypogonadism().kind().name()),
        day(profile.hypogonadism().since()),
        growthHormone(profile.growthHormoneDeficiency().presence()),
        day(profile.growthHormoneDeficiency().since()),
        facts.cortisol(),
        profile.heightCm(),
        profile.weightKg(),
        facts.factors(),
        profile.deceased());
  }

  /// Of a year alone its middle, which is off by half a year at most (assumed).
  private static @Nullable YearMonth birth(ProfileRecorded profile) {
    if (profile.birth() != null || profile.birthYear() == null) {
      return profile.birth();
    }
    return YearMonth.of(profile.birthYear(), Month.JULY);
  }

  private static Person.MenopausalStatus menopause(ProfileRecorded.MenopausalStatus status) {
    return switch (status) {
      case PREMENOPAUSAL -> Person.MenopausalStatus.PREMENOPAUSAL;
      case PERIMENOPAUSAL -> Person.MenopausalStatus.PERIMENOPAUSAL;
      case POSTMENOPAUSAL -> Person.MenopausalStatus.POSTMENOPAUSAL;
      case SURGICAL -> Person.MenopausalStatus.SURGICAL;
      case NOT_APPLICABLE, UNKNOWN -> Person.MenopausalStatus.UNKNOWN;
    };
  }

  private static Person.GrowthHormoneDeficiency growthHormone(ProfileRecorded.Presence presence) {
    return switch (presence) {
      case PRESENT -> Person.GrowthHormoneDeficiency.PRESENT;
      case ABSENT -> Person.GrowthHormoneDeficiency.ABSENT;
      case UNKNOWN -> Person.GrowthHormoneDeficiency.UNKNOWN;
    };
  }

  private static @Nullable LocalDate day(@Nullable YearMonth month) {
    return month == null ? null : month.atDay(MID_MONTH);
  }

  private static List<Input> inputs(
      ProfileRecorded profile, @Nullable Regimen regimen, List<MeasurementRecorded> read) {
    var inputs = new ArrayList<Input>();
    inputs.add(new Input("profile", profile.patientId(), profile.version()));
    if (regimen != null) {
      inputs.add(new Input("regimen", regimen.regimenId(), regimen.version()));
    }
    read.forEach(
        measurement ->
            inputs.add(
                new Input("measurement", measurement.measurementId(), measurement.version())));
    return inputs;
  }
}
