-- What has happened and is not on Kafka yet. Written in the transaction of the change itself, emptied by the relay.
-- The columns aggregatetype (the topic), aggregateid (the record's key), type and payload are those that Debezium's
-- outbox event router expects, so that a site that runs Debezium can let it take the relay's place.
create table outbox (
  sequence      bigint generated always as identity primary key,
  id            uuid not null,
  aggregatetype text not null,
  aggregateid   text not null,
  type          text not null,
  clinic        text,
  partitionkey  text not null,
  subject       text not null,
  payload       text,             -- null: a tombstone
  traceparent   text,
  occurred_at   timestamptz not null
);

-- Events already taken in: the same event has no second effect.
create table inbox (
  source      text not null,
  id          text not null,
  received_at timestamptz not null default now(),
  primary key (source, id)
);

-- Answers to requests that carried an Idempotency-Key.
create table idempotent_request (
  clinic     text not null,
  key        text not null,
  operation  text not null,
  body_hash  text not null,
  status     int,
  location   text,
  etag       text,
  answer     text,
  created_at timestamptz not null default now(),
  primary key (clinic, key)
);
