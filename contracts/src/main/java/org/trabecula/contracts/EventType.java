package org.trabecula.contracts;

import java.util.Arrays;
import java.util.Optional;

/// What an event says happened: its CloudEvents type, the topic that carries it, and the record
/// that is its body.
///
/// The schema and the example of `org.trabecula.patient.profile-recorded.v1` are the resources
/// `profile-recorded.v1.schema.json` and `profile-recorded.v1.example.json` beside this class.
public enum EventType {
  PROFILE_RECORDED("patient.profile-recorded", Topic.PATIENT_PROFILE, ProfileRecorded.class),
  MEASUREMENT_RECORDED(
      "patient.measurement-recorded", Topic.PATIENT_MEASUREMENT, MeasurementRecorded.class),
  MEASUREMENT_WITHDRAWN(
      "patient.measurement-withdrawn", Topic.PATIENT_MEASUREMENT, MeasurementWithdrawn.class),
  CLINIC_CONFIGURED("patient.clinic-configured", Topic.PATIENT_CLINIC, ClinicConfigured.class),
  REGIMEN_ASSIGNED("protocol.regimen-assigned", Topic.PROTOCOL_REGIMEN, RegimenAssigned.class),
  REGIMEN_STOPPED("protocol.regimen-stopped", Topic.PROTOCOL_REGIMEN, RegimenStopped.class),
  REGULATORY_FLAG_STATED(
      "protocol.regulatory-flag-stated",
      Topic.PROTOCOL_REGULATORY_FLAG,
      RegulatoryFlagStated.class),
  FORECAST_COMPUTED(
      "projection.forecast-computed", Topic.PROJECTION_FORECAST, ForecastComputed.class),
  FORECAST_REFUSED("projection.forecast-refused", Topic.PROJECTION_FORECAST, ForecastRefused.class),
  ALERT_RAISED("projection.alert-raised", Topic.PROJECTION_ALERT, AlertRaised.class);

  private static final String PREFIX = "org.trabecula.";
  private static final String VERSION = ".v1";

  private final String verb;
  private final Topic topic;
  private final Class<? extends Event> body;

  EventType(String verb, Topic topic, Class<? extends Event> body) {
    this.verb = verb;
    this.topic = topic;
    this.body = body;
  }

  /// The CloudEvents `type` attribute.
  public String type() {
    return PREFIX + verb + VERSION;
  }

  public Topic topic() {
    return topic;
  }

  public Class<? extends Event> body() {
    return body;
  }

  /// The `$id` of the schema, and the CloudEvents `dataschema` attribute.
  public String schemaId() {
    return "urn:trabecula:schema:" + name(verb) + VERSION;
  }

  /// The schema as a resource beside this class.
  public String schemaResource() {
    return name(verb) + VERSION + ".schema.json";
  }

  /// A complete example as a resource beside this class.
  public String exampleResource() {
    return name(verb) + VERSION + ".example.json";
  }

  public static Optional<EventType> ofType(String type) {
    return Arrays.stream(values()).filter(candidate -> candidate.type().equals(type)).findFirst();
  }

  public static EventType of(Event event) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.body.isInstance(event))
        .findFirst()
        .orElseThrow();
  }

  private static String name(String verb) {
    return verb.substring(verb.indexOf('.') + 1);
  }
}
