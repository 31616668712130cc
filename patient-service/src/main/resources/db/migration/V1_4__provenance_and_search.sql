-- The end of the stated time, so that a search compares stretches of time: a day is one, an instant is next to none.
alter table measurement add column effective_until timestamptz not null generated always as (
  (effective_at at time zone 'UTC'
   + case effective_precision
       when 'YEAR' then interval '1 year'
       when 'MONTH' then interval '1 month'
       when 'DAY' then interval '1 day'
       else interval '1 microsecond'
     end) at time zone 'UTC') stored;

create index measurement_by_code on measurement (clinic, patient_id, analyte, effective_at, id);
create index measurement_by_change on measurement (clinic, recorded_at, id);
create index patient_by_change on patient (clinic, recorded_at, id);

-- Who brought each version, and in which message: one row per version of what a message can bring.
create table provenance (
  clinic         text not null,
  target_id      uuid not null,   -- of a patient, a measurement, a statement
  target_version int not null,
  target_kind    text not null,
  patient_id     uuid not null,
  activity       text not null,
  agent          text not null,   -- the client that the token names
  message_system text,
  message        text,            -- what the sender calls the message
  recorded_at    timestamptz not null,
  primary key (clinic, target_id, target_version),
  foreign key (clinic, patient_id) references patient (clinic, id)
);

create index provenance_by_patient on provenance (clinic, patient_id);
