package org.trabecula.contracts;

/// The body of an event. Envelope and clinic travel in the CloudEvents headers.
public sealed interface Event
    permits ProfileRecorded,
        MeasurementRecorded,
        MeasurementWithdrawn,
        ClinicConfigured,
        RegimenAssigned,
        RegimenStopped,
        RegulatoryFlagStated,
        ForecastComputed,
        ForecastRefused,
        AlertRaised {}
