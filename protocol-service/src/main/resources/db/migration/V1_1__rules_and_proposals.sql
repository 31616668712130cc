-- What rules ask of a patient comes with the profile and with results.
alter table known_patient add column profile jsonb; -- as last published

update known_patient set profile = jsonb_build_object(
  'patientId', patient_id, 'version', version, 'sexForClinicalUse', sex, 'deceased', deceased,
  'menopause', jsonb_build_object('status', menopause), 'uterus', uterus,
  'hypogonadism', jsonb_build_object('kind', 'UNKNOWN'), 'growthHormoneDeficiency', jsonb_build_object('presence', 'UNKNOWN'),
  'smoking', 'UNKNOWN', 'medications', '[]'::jsonb, 'registeredAt', now(), 'recordedAt', now())
  || case when region is null then '{}'::jsonb else jsonb_build_object('region', region) end
  || case when birth_month is null then '{}'::jsonb else jsonb_build_object('birth', to_char(birth_month, 'YYYY-MM')) end;

alter table known_patient alter column profile set not null;

-- Results that some rule asks for. They may precede their patient.
create table known_result (
  clinic         text not null,
  measurement_id uuid not null,
  patient_id     uuid not null,
  version        int not null,      -- of the measurement: an older one changes nothing
  counts         boolean not null,  -- neither preliminary nor withdrawn
  analyte        text not null,
  value          numeric not null,  -- in the analyte's canonical unit
  unit           text not null,
  effective_at   timestamptz not null,
  method         text,
  primary key (clinic, measurement_id)
);

create index known_result_of_patient on known_result (clinic, patient_id) where counts;

create table known_clinic (
  clinic       text primary key,
  version      int not null,
  zone         text not null,
  jurisdiction text not null
);

alter table regimen
  add column ordered_jurisdiction text,                    -- whose prescribing law holds by the order; null: the order does not say
  add column jurisdiction text,                            -- whose it was when rules were asked last; null: unknown
  add column rule_set     text,                            -- version of the rules that were asked last; null: none yet
  add column findings     jsonb not null default '[]',
  add column overrides    jsonb not null default '[]',     -- rules that a prescriber has set aside, by whom and why
  add column acknowledged jsonb not null default '[]',     -- rules whose findings a clinician has read
  add column evaluated_at timestamptz not null default now(),
  add column due_at       timestamptz;                     -- to be evaluated again from then on; null: not

create index regimen_due on regimen (due_at) where due_at is not null;
create index regimen_by_jurisdiction on regimen (jurisdiction) where ended_on is null;

-- What the rules said at each version of a patient's regimen, and why they were asked.
create table regimen_evaluation (
  clinic       text not null,
  patient_id   uuid not null,
  regimen_id   uuid not null,
  version      int not null,
  cause        text not null,
  rule_set     text not null,
  findings     jsonb not null,
  flags        jsonb not null,
  evaluated_at timestamptz not null,
  primary key (clinic, regimen_id, version),
  foreign key (clinic, regimen_id) references regimen on delete cascade
);

create index regimen_evaluation_of_patient on regimen_evaluation (clinic, patient_id);

-- What somebody proposes. It is no order, and nothing of it is published.
create table proposal (
  clinic           text not null,
  id               uuid not null,
  patient_id       uuid not null,
  sequence         bigint generated always as identity,
  protocol_code    text,
  protocol_version int,
  jurisdiction     text,
  steps            jsonb not null,
  findings         jsonb not null,
  flags            jsonb not null,
  rule_set         text not null,
  proposed_by      text not null,
  proposed_at      timestamptz not null,
  decision         text,          -- ACCEPTED or DECLINED; null: open
  decided_by       text,
  decided_at       timestamptz,
  decision_reason  text,
  regimen_id       uuid,          -- the order that it became
  primary key (clinic, id),
  foreign key (clinic, patient_id) references known_patient on delete cascade
);

create index proposal_of_patient on proposal (clinic, patient_id, sequence);
