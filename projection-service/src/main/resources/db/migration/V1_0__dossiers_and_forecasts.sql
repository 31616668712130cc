-- What this service knows of a patient, from events alone. A row may precede its profile: what arrives first waits here.
create table dossier (
  clinic            text not null,
  patient_id        uuid not null unique,  -- a patient belongs to one clinic
  profile           jsonb,                 -- null: not arrived yet
  regimen           jsonb,                 -- null: none was ever assigned
  forecast_due      timestamptz,           -- not null: something changed that no forecast has seen; not to be tried before
  forecast_attempts int not null default 0, -- failed attempts since the last change
  traceparent       text,                  -- trace of the latest change
  primary key (clinic, patient_id)
);

-- The forecasters' question: who is due? Few are, whatever the number of patients.
create index dossier_due on dossier (forecast_due) where forecast_due is not null;

-- Measurements, the withdrawn included: their version still tells a late record from a new one.
create table dossier_measurement (
  clinic         text not null,
  patient_id     uuid not null,
  measurement_id uuid not null unique,
  version        int not null,
  withdrawn      boolean not null,
  body           jsonb,                    -- null when withdrawn
  primary key (clinic, patient_id, measurement_id),
  foreign key (clinic, patient_id) references dossier on delete cascade
);

-- Every forecast in the order in which it became the patient's current one; the last is current. An earlier forecast
-- returns, under its own id, when a correction is corrected back.
create table forecast (
  sequence       bigint generated always as identity,
  clinic         text not null,
  patient_id     uuid not null,
  forecast_id    uuid not null,
  status         text not null check (status in ('computed', 'refused')),
  as_of          timestamptz not null,
  inputs_hash    text not null,
  model_version  text not null,
  parameter_hash text not null,
  inputs         jsonb not null,           -- what the engine was given, so that a forecast can be made again
  body           jsonb not null,           -- the event's body
  computed_at    timestamptz not null,
  primary key (clinic, patient_id, sequence),
  foreign key (clinic, patient_id) references dossier on delete cascade
);
