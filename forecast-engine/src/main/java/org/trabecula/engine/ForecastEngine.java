package org.trabecula.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Person.CortisolDiagnosis;
import org.trabecula.engine.Person.GrowthHormoneDeficiency;
import org.trabecula.engine.Person.Hypogonadism;
import org.trabecula.engine.Person.MenopausalStatus;
import org.trabecula.engine.Refusal.Reason;
import org.trabecula.engine.ensemble.Diagnostics.Verdict;
import org.trabecula.engine.ensemble.EnsembleReadOuts;
import org.trabecula.engine.ensemble.EnsembleSimulation;
import org.trabecula.engine.ensemble.ImportanceSampler;
import org.trabecula.engine.ensemble.Members;
import org.trabecula.engine.ensemble.Observable;
import org.trabecula.engine.ensemble.Posterior;
import org.trabecula.engine.ensemble.Trait;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.Physiology;
import org.trabecula.engine.model.Physiology.HormoneShift;
import org.trabecula.engine.model.SimulationFailure;

/// The door of the engine. Immutable; share one between threads.
public final class ForecastEngine {

  /// Changes whenever an equation or the meaning of an input changes.
  public static final String MODEL_VERSION = "2.0.0";

  private final Parameters parameters;

  /// For onsets of unknown date: how abrupt they were is not known either, and hardly matters.
  private final Parameters gradual;

  private final int members;
  private final Agents agents = Agents.shipped();
  private final Factors factors = Factors.shipped();
  private final DxaReferences references = DxaReferences.shipped();
  private final String parameterHash;

  public ForecastEngine(Parameters parameters) {
    this(parameters, ImportanceSampler.MEMBERS);
  }

  /// @param members size of the ensemble: fewer are faster and noisier
  public ForecastEngine(Parameters parameters, int members) {
    this.parameters = parameters;
    double width = parameters.endocrine().onsetWidthUnknown();
    this.gradual = parameters.with("onsetWidth", width).with("cortisolWidth", width);
    this.members = members;
    this.parameterHash =
        Parameters.sha256(
            String.join(
                "\n",
                parameters.hash(),
                agents.canonical(),
                factors.canonical(),
                references.canonical()));
  }

  /// SHA-256, in hex, over parameters, agents and references.
  public String parameterHash() {
    return parameterHash;
  }

  /// Every fact about a patient that shifts what is expected of them; any other is refused.
  public static Set<Person.Factor> factors() {
    return Factors.shipped().known();
  }

  /// The same request gives the same outcome, on every machine.
  public Outcome forecast(ForecastRequest request) {
    Timeline timeline = new Timeline(request.asOf());
    Optional<Refusals.Ground> ground = new Refusals(agents, factors, request, timeline).first();
    if (ground.isPresent()) {
      return refusal(request, ground.get());
    }
    try {
      return new Run(request, timeline).forecast();
    } catch (SimulationFailure failure) {
      return refusal(
          request,
          new Refusals.Ground(
              Reason.SIMULATION_FAILED,
              "request",
              "The model left its range: " + failure.getMessage()));
    }
  }

  private Refusal refusal(ForecastRequest request, Refusals.Ground ground) {
    return new Refusal(
        request.asOf(),
        ground.reason(),
        ground.field(),
        ground.message(),
        MODEL_VERSION,
        parameterHash);
  }

  private static boolean onsetUnknown(Person person, LocalDate today) {
    boolean hypogonadal =
        person.hypogonadism() == Hypogonadism.PRIMARY
            || person.hypogonadism() == Hypogonadism.CENTRAL;
    return (hypogonadal && isUnknown(person.hypogonadismOnset(), today))
        || (person.growthHormoneDeficiency() == GrowthHormoneDeficiency.PRESENT
            && isUnknown(person.growthHormoneDeficiencyOnset(), today))
        || person.cortisol() == CortisolDiagnosis.HYPERCORTISOLISM;
  }

  private static boolean isUnknown(@Nullable LocalDate onset, LocalDate today) {
    return onset == null || onset.isAfter(today);
  }

  Run run(ForecastRequest request) {
    return new Run(request, new Timeline(request.asOf()));
  }

  /// One forecast in the making.
  final class Run {

    private final Parameters numbers;
    private final ForecastRequest request;
    private final Timeline timeline;
    private final List<Observation> observations;
    private final ExposureHistory exposure;
    private final Notes assumptions = new Notes();
    private final TreeSet<String> used = new TreeSet<>();

    Run(ForecastRequest request, Timeline timeline) {
      this.numbers = onsetUnknown(request.person(), timeline.today()) ? gradual : parameters;
      this.request = request;
      this.timeline = timeline;
      this.observations =
          request.observations().stream()
              .filter(observation -> !observation.at().isAfter(request.asOf()))
              .sorted(Comparator.comparing(Observation::at).thenComparing(Observation::id))
              .toList();
      this.exposure = new ExposureHistory(dosings(), numbers.endocrine().iStack());
    }

    Forecast forecast() {
      PatientPrior prior = prior();
      Evidence evidence = evidence(prior);
      used.addAll(evidence.used());
      Posterior posterior = posterior(prior, evidence);
      Physiology body = centre(prior.typical(), posterior);
      Summaries summaries = summaries(body, evidence, posterior);
      Calibration calibration = new Calibration(numbers, body, withinHorizon());
      if (!withinHorizon().isEmpty()) {
        assumptions.add(
            "REGIMEN_CONTINUES",
            "Medication without a stop date is taken as prescribed to the end of the forecast.");
      }
      return new Forecast(
          request.asOf(),
          IntStream.rangeClosed(0, request.horizonMonths()).boxed().toList(),
          summaries.series(),
          summaries.probabilities(),
          summaries.unavailable(),
          summaries.diagnostics(),
          assumptions.all(),
          warnings(calibration, posterior.diagnostics().verdict()),
          calibration.evidence(),
          calibration.regimenGrade(),
          calibration.exposures(),
          MODEL_VERSION,
          parameterHash,
          request.observations().stream().map(Observation::id).filter(used::contains).toList());
    }

    Evidence evidence(PatientPrior prior) {
      return new Evidence(
          numbers,
          prior.typical(),
          exposure,
          shifts().peakBmd(),
          references,
          observations.stream().map(o -> new Evidence.Dated(o, day(o))).toList(),
          assumptions);
    }

    Posterior posterior(PatientPrior prior, Evidence evidence) {
      return new Inference(numbers, prior, exposure, evidence, days())
          .posterior(request.seed(), members);
    }

    /// The course of members, on [#days].
    EnsembleReadOuts simulate(PatientPrior prior, Members drawn) {
      EnsembleReadOuts readOuts = new EnsembleReadOuts();
      EnsembleSimulation.run(numbers, prior.typical(), exposure, drawn, days(), readOuts);
      return readOuts;
    }

    private Summaries summaries(Physiology body, Evidence evidence, Posterior posterior) {
      Summaries summaries = new Summaries(posterior, request.horizonMonths(), request.seed());
      for (Site site : Site.values()) {
        summaries.bmd(
            site,
            anchor(evidence, site.observable()),
            evidence.scale(site.observable()).manufacturer(),
            request.person().sex(),
            body.ageAtZero(),
            tScoreApplies(body),
            references,
            numbers.uncertainty());
      }
      summaries.markers(
          anchor(evidence, Observable.CTX),
          anchor(evidence, Observable.P1NP),
          numbers.uncertainty());
      summaries.hormones(
          measured(Analyte.ESTRADIOL), measured(Analyte.TESTOSTERONE), measured(Analyte.IGF1));
      summaries.inferred(numbers.readOut());
      return summaries;
    }

    private static Summaries.Anchor anchor(Evidence evidence, Observable observable) {
      Evidence.Scale scale = evidence.scale(observable);
      return new Summaries.Anchor(scale.population(), scale.basis(), scale.reference());
    }

    PatientPrior prior() {
      Baseline baseline =
          new Baseline(
              numbers.endocrine(),
              request.person(),
              Objects.requireNonNull(request.person().birth()),
              timeline,
              assumptions);
      Physiology body = baseline.body(take(Baseline.latest(observations, Analyte.VITAMIN_D)));
      return new PatientPrior(
          numbers,
          body,
          baseline.unknownAges(),
          baseline.fault(body.male() ? take(untreatedLh()) : null),
          shifts());
    }

    private Factors.Shifts shifts() {
      return factors.shifts(request.person().factors(), this::onlyOralEstrogen);
    }

    private boolean onlyOralEstrogen() {
      return exposure.dosings().stream()
          .map(Dosing::agent)
          .filter(agent -> agent.effect() == Agent.Effect.ESTROGEN)
          .allMatch(Agent::firstPass);
    }

    /// Every month of the forecast and every day of a result.
    private double[] days() {
      return DoubleStream.concat(
              IntStream.rangeClosed(0, request.horizonMonths()).mapToDouble(Timeline::dayOfMonth),
              observations.stream().mapToDouble(this::day))
          .sorted()
          .distinct()
          .toArray();
    }

    /// The typical body with the ensemble's mean exposures, geometric.
    private static Physiology centre(Physiology typical, Posterior posterior) {
      return typical.withShift(
          new HormoneShift(
              typical.shift().femaleTestosterone(),
              mean(posterior, Trait.TESTOSTERONE_EXPOSURE),
              typical.shift().estradiol(),
              typical.shift().estradiolPost(),
              mean(posterior, Trait.ESTRADIOL_EXPOSURE),
              typical.shift().igf()));
    }

    private static double mean(Posterior posterior, Trait trait) {
      double[] factors = posterior.members().of(trait);
      double sum = 0;
      for (int i = 0; i < factors.length; i++) {
        sum += posterior.weights()[i] * StrictMath.log(factors[i]);
      }
      return StrictMath.exp(sum);
    }

    private @Nullable Observation untreatedLh() {
      List<Observation> untreated = observations.stream().filter(o -> !treatsAxis(day(o))).toList();
      return Baseline.latest(untreated, Analyte.LH);
    }

    private boolean treatsAxis(double day) {
      return exposure.dosings().stream()
          .filter(dosing -> dosing.acting(day) > 0.05 * dosing.dailyDose())
          .map(dosing -> dosing.agent().effect())
          .anyMatch(
              effect ->
                  switch (effect) {
                    case TESTOSTERONE,
                        ESTROGEN,
                        AROMATASE_INHIBITOR,
                        FEEDBACK_BLOCK,
                        GONADORELIN,
                        GNRH_SUPPRESSION,
                        ANDROGEN_BLOCK ->
                        true;
                    case GH_SECRETAGOGUE,
                        SOMATROPIN,
                        GLUCOCORTICOID,
                        NO_BONE_EFFECT,
                        OUTSIDE_MODEL ->
                        false;
                  });
    }

    private @Nullable Double take(@Nullable Observation observation) {
      if (observation == null) {
        return null;
      }
      used.add(observation.id());
      return observation.value();
    }

    private boolean measured(Analyte analyte) {
      return observations.stream().anyMatch(o -> o.analyte() == analyte);
    }

    private double day(Observation observation) {
      return timeline.day(observation.at());
    }

    /// Postmenopausal women and men from 50; others need Z-scores.
    private boolean tScoreApplies(Physiology body) {
      if (body.male()) {
        return body.ageAtZero() >= 50;
      }
      MenopausalStatus status = request.person().menopausalStatus();
      return switch (status) {
        case POSTMENOPAUSAL, SURGICAL -> true;
        case PREMENOPAUSAL, PERIMENOPAUSAL -> false;
        case UNKNOWN -> body.ageAtZero() > body.fmp();
      };
    }

    private List<Note> warnings(Calibration calibration, Verdict verdict) {
      Notes notes = new Notes();
      switch (verdict) {
        case FITS -> {}
        case STRAINED ->
            notes.add(
                "RESULTS_STRAIN_THE_MODEL",
                "Some result is improbable even after the model learnt from it, or few courses agree"
                    + " with all results; the bands may be too narrow.");
        case DOES_NOT_FIT ->
            notes.add(
                "RESULTS_DO_NOT_FIT",
                "The results are outside what the model can explain; the forecast is as wide as"
                    + " without them.");
      }
      calibration.warnings().forEach(note -> notes.add(note.code(), note.text()));
      for (Administration given : request.administrations()) {
        if (agent(given).outsideModel()) {
          notes.add(
              "PAST_BONE_DRUG",
              "Earlier treatment with %s is not in the model.".formatted(given.agent()));
        }
      }
      return notes.all();
    }

    private List<Dosing> withinHorizon() {
      double end = Timeline.dayOfMonth(request.horizonMonths());
      return exposure.dosings().stream()
          .filter(dosing -> dosing.stop() > 0 && dosing.start() < end)
          .toList();
    }

    private List<Dosing> dosings() {
      List<Dosing> dosings = new ArrayList<>();
      for (Administration given : request.administrations()) {
        if (!agent(given).outsideModel()) {
          dosings.add(dosing(given));
        }
      }
      return dosings;
    }

    private Dosing dosing(Administration given) {
      double days = given.daysBetween();
      return new Dosing(
          agent(given),
          timeline.day(given.start()),
          given.stop() == null ? Double.POSITIVE_INFINITY : timeline.day(given.stop()),
          agent(given).dailyDose(given.dose(), given.unit(), 1 / days),
          days);
    }

    private Agent agent(Administration given) {
      return agents.find(given.agent()).orElseThrow();
    }
  }
}
