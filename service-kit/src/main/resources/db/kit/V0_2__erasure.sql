-- Patients who were erased, without saying whom: a late record of theirs is told from a new patient's by the marker.
create table erased (
  clinic    text not null,
  marker    text not null,                 -- HMAC-SHA-256 of clinic and patient, keyed with trabecula.erasure.salt
  erased_at timestamptz not null default now(),
  erased_by text,                          -- who did it, by the token; null where the erasure arrived as an event
  primary key (clinic, marker)
);

-- The hash of the salt that the markers were made with: with another, none of them would be found.
create table erasure_salt (
  one  boolean primary key default true check (one),
  hash text not null
);

-- Whom an event was about, so that what is remembered of it goes with the patient.
alter table inbox add column partitionkey text;
create index inbox_by_patient on inbox (partitionkey) where partitionkey is not null;
