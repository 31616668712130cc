package org.trabecula.protocol.regimen;

import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.protocol.regimen.Reevaluations.Due;
import org.trabecula.protocol.regimen.Reevaluations.DueRegimen;

/// Keeps what rules and regulators say of active regimens up to date.
///
/// One thread, a small batch in each transaction: however many are due, a clinician who changes a
/// regimen waits for no more than one batch.
@ApplicationScoped
class ReevaluationLoop {
  private static final Logger LOG = Logger.getLogger(ReevaluationLoop.class);

  /// What another process has marked is found within this time.
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private static final int BATCH = 50;

  private final Reevaluations reevaluations;
  private final Counter failures;
  private final Thread thread = Thread.ofPlatform().name("reevaluation").unstarted(this::run);
  private final Semaphore changes = new Semaphore(0);
  private volatile boolean running = true;

  ReevaluationLoop(Reevaluations reevaluations, MeterRegistry meters) {
    this.reevaluations = reevaluations;
    this.failures =
        Counter.builder("trabecula.reevaluation.failures")
            .description("Regimens that rules could not be asked about and that are put off")
            .register(meters);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    changes.release();
    thread.join(Duration.ofSeconds(3));
    thread.interrupt();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Due due) {
    changes.release();
  }

  /// Rules that go by dates are asked every day, and all of them once after a release.
  @Scheduled(every = "1h", delayed = "5s")
  void sweep() {
    int marked = reevaluations.sweep();
    if (marked > 0) {
      LOG.infof("%d regimens are evaluated again", marked);
    }
  }

  private void run() {
    try {
      while (running) {
        if (changes.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
          changes.drainPermits();
        }
        catchUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void catchUp() {
    try {
      while (running && advance()) {}
    } catch (RuntimeException e) {
      LOG.warnf("Rules wait to be asked again: %s", e.toString());
    }
  }

  /// False when nothing is due, or all that is due is in other hands.
  private boolean advance() {
    int asked = 0;
    for (var clinic : Reevaluations.byClinic(reevaluations.due(BATCH)).entrySet()) {
      asked += reevaluate(clinic.getKey(), clinic.getValue());
    }
    return asked > 0;
  }

  private int reevaluate(String clinic, List<DueRegimen> due) {
    try {
      return CurrentClinic.call(
          clinic,
          () -> reevaluations.reevaluate(due.stream().map(DueRegimen::id).collect(toSet())));
    } catch (Exception e) {
      if (due.size() == 1) {
        putOff(due.getFirst(), e);
      } else {
        due.forEach(one -> reevaluate(clinic, List.of(one)));
      }
      return due.size();
    }
  }

  /// Exceptions may quote what the patient's records hold, so the log names their kind only.
  private void putOff(DueRegimen due, Exception failure) {
    try {
      CurrentClinic.call(
          due.clinic(),
          () -> {
            reevaluations.putOff(due.id());
            return true;
          });
      failures.increment();
      LOG.errorf("Rules could not be asked about a regimen: %s", failure.getClass().getName());
    } catch (Exception e) {
      throw new IllegalStateException("A regimen cannot be put off", e);
    }
  }
}
