create table note (
  clinic  text not null,
  id      uuid primary key,
  patient uuid not null,
  text    text not null
);
create table turn (patient uuid primary key, number int not null);
create table taken_in (clinic text not null, measurement uuid not null, version int not null);
