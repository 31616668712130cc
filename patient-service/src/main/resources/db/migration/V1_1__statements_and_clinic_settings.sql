-- What sources state about patients: clinical facts and medications. The identifier is made from the natural key:
-- clinic, source, the source's identifier. A patient's profile holds what they come to.
create table statement (
  clinic        text not null,
  id            uuid not null,
  patient_id    uuid not null,
  version       int not null,
  kind          text not null,          -- FACT or MEDICATION
  code          text,                   -- of the fact or the agent; null for a medication that has none of ours
  content       jsonb not null,
  standing      text not null,          -- ACTIVE or WITHDRAWN
  source_system text not null,
  source_id     text not null,
  recorded_at   timestamptz not null,
  primary key (clinic, id),
  unique (clinic, source_system, source_id),
  foreign key (clinic, patient_id) references patient (clinic, id)
);

create index statement_by_patient on statement (clinic, patient_id, kind, recorded_at, id);

-- Versions of statements that a correction or a withdrawal superseded.
create table statement_superseded (
  clinic        text not null,
  id            uuid not null,
  version       int not null,
  content       jsonb not null,   -- the row as it was
  superseded_at timestamptz not null,
  primary key (clinic, id, version),
  foreign key (clinic, id) references statement (clinic, id)
);

-- How a clinic is set up, as it now stands.
create table clinic_settings (
  clinic      text not null primary key,
  version     int not null,
  settings    jsonb not null,
  recorded_at timestamptz not null
);

-- Every version of it, the present one included.
create table clinic_settings_version (
  clinic      text not null,
  version     int not null,
  settings    jsonb not null,
  recorded_at timestamptz not null,
  primary key (clinic, version),
  foreign key (clinic) references clinic_settings (clinic)
);
