-- HL7 v2 messages that were taken: a re-send gets the same acknowledgment and has no second effect. Kept for 30 days;
-- later re-sends have no effect either, since measurements go by their natural keys.
create table hl7v2_message (
  clinic         text not null,
  sender         text not null,
  control_id     text not null,
  content_hash   text not null,
  acknowledgment text,
  received_at    timestamptz not null,
  primary key (clinic, sender, control_id)
);

create index hl7v2_message_by_age on hl7v2_message (clinic, received_at);

-- HL7 v2 messages about a patient whom the clinic does not know, until someone says who it is.
create table parked_message (
  clinic      text not null,
  id          uuid not null,
  sender      text not null,
  control_id  text not null,
  reason      text not null,
  identifiers jsonb not null,  -- the patient's, as {system, value}: an erased patient's messages are found by them
  content     text not null,   -- the message itself
  received_by text not null,   -- the client that sent it
  received_at timestamptz not null,
  primary key (clinic, id)
);

create index parked_message_by_time on parked_message (clinic, received_at, id);
create index parked_message_by_control_id on parked_message (clinic, sender, control_id);
