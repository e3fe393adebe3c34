-- Up Migration

create table app.rate_limit_hits (
  hour timestamptz not null,
  rule text not null,
  mode text not null,
  address_hash bytea not null,
  hits bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  constraint rate_limit_hits_pkey primary key (hour, rule, mode, address_hash),
  constraint rate_limit_hits_rule_check check (rule ~ '^[a-z][a-z-]{1,39}$'),
  constraint rate_limit_hits_mode_check check (mode in ('monitor', 'enforce')),
  constraint rate_limit_hits_address_hash_check check (octet_length(address_hash) in (0, 32)),
  constraint rate_limit_hits_hits_check check (hits > 0)
);

create index rate_limit_hits_last_at_idx on app.rate_limit_hits (last_at);

alter table app.rate_limit_hits enable row level security;
alter table app.rate_limit_hits force row level security;

comment on table app.rate_limit_hits is 'Requests over a rate limit (RL-09): counters by the hour, rule, mode and address. The api sends sums.';
comment on column app.rate_limit_hits.hour is 'The hour, in UTC. [class: internal]';
comment on column app.rate_limit_hits.rule is 'The rule, such as playback. [class: internal]';
comment on column app.rate_limit_hits.mode is 'enforce: refused; monitor: let through and counted. [class: internal]';
comment on column app.rate_limit_hits.address_hash is 'Keyed hash of the address, of nobody we could name; empty for all those together that one report had no room for. [class: sensitive]';
comment on column app.rate_limit_hits.hits is 'How many. [class: internal]';
comment on column app.rate_limit_hits.first_at is 'When the first of them was reported. [class: internal]';
comment on column app.rate_limit_hits.last_at is 'When the last of them was reported. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('rate_limit_hits', 30, 30);
