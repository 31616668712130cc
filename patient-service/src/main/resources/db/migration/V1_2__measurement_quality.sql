-- What a laboratory or scanner says beside the value, and what our rules make of it.
alter table measurement
  add column unit_as_sent     text,      -- the unit as it was written, where that was not UCUM
  add column unit_confirmed   boolean not null default false,
  add column specimen         text,
  add column region           text,      -- region of interest of a scan, such as L1-L4
  add column note             text,      -- free text: shown to the clinic, never published
  add column interval_low     numeric,   -- the laboratory's own reference interval, in the canonical unit
  add column interval_high    numeric,
  add column withdrawn_because text,
  add column assessment       jsonb;     -- findings, reference interval, interpretation; null when there is nothing to say

-- The rules and the trends read one patient's results of one analyte.
create index measurement_by_analyte on measurement (clinic, patient_id, analyte, effective_at);
