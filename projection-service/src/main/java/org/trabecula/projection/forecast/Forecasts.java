package org.trabecula.projection.forecast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;
import org.trabecula.contracts.ForecastComputed;
import org.trabecula.contracts.ForecastRefused;
import org.trabecula.engine.Outcome;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;
import org.trabecula.projection.dossier.Dossier;

/// The forecasts of the present clinic's patients, every one that was ever published.
@ApplicationScoped
@Transactional
public class Forecasts {
  private final EntityManager entities;
  private final Outbox outbox;
  private final ObjectMapper json;
  private final Clock clock = Clock.systemUTC();

  Forecasts(EntityManager entities, Outbox outbox, ObjectMapper json) {
    this.entities = entities;
    this.outbox = outbox;
    this.json = json;
  }

  Optional<StoredForecast> current(UUID patient) {
    return before(patient, Long.MAX_VALUE, 1).stream().findFirst();
  }

  /// The latest first.
  List<StoredForecast> before(UUID patient, long sequence, int limit) {
    return entities
        .createQuery(
            "from StoredForecast where patientId = ?1 and sequence < ?2 order by sequence desc",
            StoredForecast.class)
        .setParameter(1, patient)
        .setParameter(2, sequence)
        .setMaxResults(limit)
        .getResultList();
  }

  Optional<StoredForecast> find(UUID patient, UUID forecast) {
    return entities
        .createQuery(
            "from StoredForecast where patientId = ?1 and forecastId = ?2 order by sequence desc",
            StoredForecast.class)
        .setParameter(1, patient)
        .setParameter(2, forecast)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /// Makes a forecast the patient's current one, here and on the topic.
  void publish(Dossier dossier, InputsHash hash, Outcome outcome, Event body) {
    var forecast = new StoredForecast();
    forecast.patientId = dossier.patientId();
    forecast.forecastId = hash.forecastId();
    forecast.status = status(body);
    forecast.asOf = outcome.asOf();
    forecast.inputsHash = hash.hex();
    forecast.modelVersion = outcome.modelVersion();
    forecast.parameterHash = outcome.parameterHash();
    forecast.inputs = hash.canonical();
    forecast.body = write(body);
    forecast.computedAt = clock.instant();
    entities.persist(forecast);
    outbox.append(
        OutgoingEvent.ofPatient(dossier.clinic(), dossier.patientId(), body)
            .withId(hash.forecastId()));
  }

  /// Takes the patient's forecast off the topic. The rows go with the dossier.
  public void withdraw(Dossier dossier) {
    if (current(dossier.patientId()).isEmpty()) {
      return;
    }
    outbox.append(
        OutgoingEvent.tombstone(
            EventType.FORECAST_COMPUTED, dossier.clinic(), dossier.patientId()));
  }

  private static String status(Event body) {
    return switch (body) {
      case ForecastComputed computed -> "computed";
      case ForecastRefused refused -> "refused";
      default -> throw new IllegalArgumentException("No forecast: " + EventType.of(body));
    };
  }

  private String write(Event body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A forecast cannot be written as JSON", e);
    }
  }
}
