-- What was done with cards of CDS Hooks: of which rule or status, and why it was set aside. No patient, no user and no comment is in it.
create table cds_feedback (
  clinic        text not null,
  card          uuid not null,
  service       text not null,
  topic         text,                -- rule or regulatory status; null: of none that there is now
  accepted      boolean not null,    -- else set aside
  suggestions   uuid[] not null,     -- that were taken over
  reason_system text,
  reason        text,                -- code; null: not stated
  outcome_at    timestamptz not null,
  received_at   timestamptz not null default now(),
  primary key (clinic, card, accepted, outcome_at)
);
