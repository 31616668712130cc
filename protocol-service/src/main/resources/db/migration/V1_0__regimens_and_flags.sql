-- Patients of patient-service, as far as regimens and flags need them; kept from the profile topic.
create table known_patient (
  clinic      text not null,
  patient_id  uuid not null,
  region      text,               -- null: unknown
  sex         text not null,
  menopause   text not null,
  uterus      text not null,
  birth_month date,               -- first day of the month of birth; null: unknown
  deceased    boolean not null,
  version     int not null,       -- of the profile
  primary key (clinic, patient_id)
);

-- What a patient takes or took. A replaced or stopped regimen stays as it was ordered; its end says from when it no longer holds.
create table regimen (
  clinic           text not null,
  id               uuid not null,
  patient_id       uuid not null,
  sequence         int not null,  -- of the patient's regimens: the version at which it was assigned
  version          int not null,  -- of the patient's regimen at its last change
  protocol_code    text,
  protocol_version int,
  steps            jsonb not null,
  flags            jsonb not null,
  assigned_at      timestamptz not null,
  ended_on         date,          -- first day without it; null: active
  end_reason       text,          -- null: active, or replaced by the next
  ended_at         timestamptz,
  primary key (clinic, id),
  unique (clinic, patient_id, sequence),
  foreign key (clinic, patient_id) references known_patient on delete cascade
);

-- At most one is active.
create unique index regimen_active on regimen (clinic, patient_id) where ended_on is null;

-- The regulators' table as it was last published. It belongs to no clinic.
create table regulatory_flag (
  key           text primary key, -- region/agent/form/indication/population
  region        text not null,
  agent         text not null,
  statement     text not null,    -- the row as JSON
  table_version text not null     -- the table that last changed the row
);

create table regulatory_table (
  one       boolean primary key default true check (one),
  version   text not null,
  loaded_at timestamptz not null default now()
);
