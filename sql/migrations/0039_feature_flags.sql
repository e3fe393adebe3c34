-- Up Migration

create table app.feature_flags (
  id text not null,
  description text not null,
  applies_to text not null,
  is_enabled boolean not null,
  rollout_percent integer not null default 100,
  roles text[] not null default '{}',
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  changed_by uuid,
  reason text,
  constraint feature_flags_pkey primary key (id),
  constraint feature_flags_changed_by_fkey foreign key (changed_by) references app.profiles (id) on delete restrict,
  constraint feature_flags_id_check check (id ~ '^[A-Z][A-Z0-9_]{2,63}$'),
  constraint feature_flags_description_check check (length(description) between 1 and 500),
  constraint feature_flags_applies_to_check check (applies_to in ('people', 'webhook_events')),
  constraint feature_flags_rollout_percent_check check (rollout_percent between 0 and 100),
  constraint feature_flags_roles_check check (
    roles <@ array['coach', 'admin', 'compliance', 'operator', 'auditor'] and (applies_to = 'people' or roles = '{}')),
  constraint feature_flags_reason_check check (length(reason) between 3 and 500)
);

create index feature_flags_changed_by_idx on app.feature_flags (changed_by);

alter table app.feature_flags enable row level security;
alter table app.feature_flags force row level security;

comment on table app.feature_flags is 'Switches of the running product (CF-08). A flag comes and goes with the code that asks it, by migrations.';
comment on column app.feature_flags.id is 'Primary key: the name of the flag. [class: internal]';
comment on column app.feature_flags.description is 'What it switches, and what off means; at most 500 characters. [class: internal]';
comment on column app.feature_flags.applies_to is 'What it is asked about: people, or webhook_events. [class: internal]';
comment on column app.feature_flags.is_enabled is 'Off for all when false. [class: internal]';
comment on column app.feature_flags.rollout_percent is 'For how many in a hundred it is on, the same ones every time. [class: internal]';
comment on column app.feature_flags.roles is 'Of people: for which roles it is on; none named means all. [class: internal]';
comment on column app.feature_flags.version is 'Counts the changes: a change names the version that it is about. [class: internal]';
comment on column app.feature_flags.updated_at is 'When it was changed last. [class: internal]';
comment on column app.feature_flags.changed_by is 'Who changed it last; null as delivered. [class: internal]';
comment on column app.feature_flags.reason is 'Why it was changed last; 3 to 500 characters. [class: personal; erasure: clear]';

insert into app.feature_flags (id, description, applies_to, is_enabled) values (
  'MUX_WEBHOOK_DLQ_ENABLED',
  'Events of Mux that failed as often as they may are laid aside as dead and wait for a person (JB-10). Off: they go on being tried, at most 15 minutes apart, and none is laid aside.',
  'webhook_events', true);
