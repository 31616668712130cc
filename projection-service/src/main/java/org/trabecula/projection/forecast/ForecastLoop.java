package org.trabecula.projection.forecast;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.projection.dossier.Dossiers;
import org.trabecula.projection.dossier.Dossiers.DossierDue;
import org.trabecula.projection.dossier.Dossiers.DuePatient;

/// Keeps the forecasts up with the dossiers.
///
/// A change that is committed in this process wakes it; what another process left behind it finds
/// within [#SWEEP]. After waking it lets the dust settle for a moment: the results of one bundle
/// arrive within milliseconds of each other and make one forecast.
@ApplicationScoped
class ForecastLoop {
  private static final Logger LOG = Logger.getLogger(ForecastLoop.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final int BATCH = 16;

  private final Dossiers dossiers;
  private final Forecaster forecaster;
  private final Duration settle;
  private final Counter failures;
  private final List<Thread> threads;
  private final Semaphore changes = new Semaphore(0);
  private volatile boolean running = true;

  ForecastLoop(
      Dossiers dossiers,
      Forecaster forecaster,
      MeterRegistry meters,
      @ConfigProperty(name = "trabecula.forecast.settle", defaultValue = "PT0.05S") Duration settle,
      @ConfigProperty(name = "trabecula.forecast.threads", defaultValue = "2") int threads) {
    this.dossiers = dossiers;
    this.forecaster = forecaster;
    this.settle = settle;
    this.failures =
        Counter.builder("trabecula.forecast.failures")
            .description("Forecasts that could not be made and are put off")
            .register(meters);
    this.threads =
        IntStream.range(0, threads)
            .mapToObj(i -> Thread.ofPlatform().name("forecast-" + i).unstarted(this::run))
            .toList();
  }

  void start(@Observes StartupEvent event) {
    threads.forEach(Thread::start);
  }

  /// Lets the forecast at hand be finished; the marks of the others wait in their dossiers.
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    changes.release(threads.size());
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(3));
      thread.interrupt();
    }
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) DossierDue due) {
    changes.release();
  }

  private void run() {
    try {
      while (running) {
        awaitChange();
        catchUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitChange() throws InterruptedException {
    if (changes.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS) && running) {
      Thread.sleep(settle);
      changes.drainPermits();
    }
  }

  private void catchUp() {
    try {
      while (running && advance()) {}
    } catch (RuntimeException e) {
      LOG.warnf("Forecasts wait: %s", e.toString());
    }
  }

  /// False when nobody is due, or all that are due are in other hands.
  private boolean advance() {
    boolean advanced = false;
    for (DuePatient due : dossiers.due(BATCH)) {
      advanced |= forecast(due);
    }
    return advanced;
  }

  private boolean forecast(DuePatient due) {
    try {
      return CurrentClinic.call(due.clinic(), () -> forecaster.forecast(due.patientId()));
    } catch (Exception e) {
      putOff(due, e);
      return true;
    }
  }

  /// Exceptions may quote what the patient's records hold, so the log names kind and place only;
  /// which dossier it is stands in the database, as docs/operations.md tells.
  private void putOff(DuePatient due, Exception failure) {
    try {
      int attempts = CurrentClinic.call(due.clinic(), () -> forecaster.putOff(due.patientId()));
      failures.increment();
      LOG.errorf(
          "A patient has no new forecast after %d attempts: %s at %s",
          attempts, failure.getClass().getName(), place(failure));
    } catch (Exception e) {
      throw new IllegalStateException("A forecast cannot be put off", e);
    }
  }

  private static String place(Exception failure) {
    StackTraceElement[] frames = failure.getStackTrace();
    return frames.length == 0 ? "an unknown place" : frames[0].toString();
  }
}
