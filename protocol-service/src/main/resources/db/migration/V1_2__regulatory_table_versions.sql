-- Every table of the regulators that was ever loaded, in the order of loading: the last is in force. It belongs to no clinic.
create table regulatory_table_version (
  number          bigint generated always as identity primary key,
  version         text not null,        -- hash of the file and of the aliases by which it was read
  label           text not null,
  origin          text not null check (origin in ('SHIPPED', 'IMPORTED')),
  as_of           date not null,        -- first day of the month in which its newest row was checked
  row_count       int not null,         -- of rows in our codes
  file            text not null,        -- as it was loaded
  loaded_by       text,                 -- who imported it; null: a release brought it
  loaded_from     text,                 -- the importer's clinic
  loaded_at       timestamptz not null default now(),
  active_regimens int not null,         -- that it touched, over all clinics
  diff            jsonb not null        -- from the table that was in force before
);

create index regulatory_table_version_version on regulatory_table_version (version, number);

create function regulatory_table_version_stays() returns trigger language plpgsql as $$
begin
  raise exception 'What was loaded stays as it was loaded';
end $$;

create trigger regulatory_table_version_stays before update or delete on regulatory_table_version
  for each row execute function regulatory_table_version_stays();

-- Its place is taken by the last version; regulatory_flag holds the rows that are in force.
drop table regulatory_table;
