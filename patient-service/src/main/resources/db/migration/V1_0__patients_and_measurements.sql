-- Patients as they now stand. Identity and clinical facts are kept apart, since only the facts are ever published.
create table patient (
  clinic        text not null,
  id            uuid not null,
  version       int not null,
  person        jsonb not null,   -- identifiers and name: they never leave this service
  profile       jsonb not null,   -- what is known; what is unknown is absent
  registered_at timestamptz not null,
  recorded_at   timestamptz not null,
  primary key (clinic, id)
);

create index patient_by_registration on patient (clinic, registered_at, id);

-- Every version of every patient, the present one included.
create table patient_version (
  clinic      text not null,
  id          uuid not null,
  version     int not null,
  person      jsonb not null,
  profile     jsonb not null,
  recorded_at timestamptz not null,
  primary key (clinic, id, version),
  foreign key (clinic, id) references patient (clinic, id)
);

-- Who holds an identifier. The key lets one patient have it, however many ask at once. It is claimed before the
-- patient is written, hence the deferred reference.
create table patient_identifier (
  clinic     text not null,
  system     text not null,
  value      text not null,
  patient_id uuid not null,
  primary key (clinic, system, value),
  foreign key (clinic, patient_id) references patient (clinic, id) deferrable initially deferred
);

create index patient_identifier_by_patient on patient_identifier (clinic, patient_id);

-- Measurements as they now stand. The identifier is made from the natural key: clinic, source, the source's identifier.
create table measurement (
  clinic              text not null,
  id                  uuid not null,
  patient_id          uuid not null,
  version             int not null,
  analyte             text not null,
  value               numeric not null,       -- in the analyte's canonical unit
  unit                text not null,
  original_value      numeric not null,       -- as it was sent
  original_unit       text not null,
  comparator          text,
  effective_at        timestamptz not null,   -- the start of the stated period
  effective_precision text not null,
  status              text not null,
  fasting             text not null,
  method              text,
  laboratory          text,
  device              text,
  source_system       text not null,
  source_id           text not null,
  recorded_at         timestamptz not null,
  primary key (clinic, id),
  unique (clinic, source_system, source_id),
  foreign key (clinic, patient_id) references patient (clinic, id)
);

create index measurement_by_time on measurement (clinic, patient_id, effective_at, id);

-- Versions of measurements that a correction or a withdrawal superseded.
create table measurement_superseded (
  clinic        text not null,
  id            uuid not null,
  version       int not null,
  content       jsonb not null,   -- the row as it was
  superseded_at timestamptz not null,
  primary key (clinic, id, version),
  foreign key (clinic, id) references measurement (clinic, id)
);
