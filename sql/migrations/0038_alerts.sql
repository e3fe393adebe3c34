-- Up Migration

create table app.alerts (
  id uuid not null default uuidv7(),
  key text not null,
  severity text not null,
  title text not null,
  details jsonb not null default '{}',
  runbook text,
  state text not null default 'firing',
  occurrences integer not null default 1,
  opened_at timestamptz not null default now(),
  last_raised_at timestamptz not null default now(),
  escalates_at timestamptz,
  escalated_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledge_note text,
  resolved_at timestamptz,
  resolved_by uuid,
  resolve_note text,
  constraint alerts_pkey primary key (id),
  constraint alerts_acknowledged_by_fkey foreign key (acknowledged_by) references app.profiles (id) on delete restrict,
  constraint alerts_resolved_by_fkey foreign key (resolved_by) references app.profiles (id) on delete restrict,
  constraint alerts_key_check check (key ~ '^[A-Za-z0-9_.:/-]{1,200}$'),
  constraint alerts_severity_check check (severity in ('critical', 'warning', 'info')),
  constraint alerts_title_check check (length(title) between 1 and 200),
  constraint alerts_details_check check (jsonb_typeof(details) = 'object' and octet_length(details::text) <= 8192),
  constraint alerts_runbook_check check (length(runbook) between 1 and 300),
  constraint alerts_state_check check (state in ('firing', 'acknowledged', 'resolved')),
  constraint alerts_occurrences_check check (occurrences >= 1),
  constraint alerts_escalated_check check (escalated_at is null or escalates_at is not null),
  constraint alerts_acknowledged_check check (
    (state <> 'acknowledged' or acknowledged_at is not null)
    and (acknowledged_at is null) = (acknowledged_by is null) and (acknowledged_at is null) = (acknowledge_note is null)
    and (state <> 'firing' or acknowledged_at is null) and length(acknowledge_note) between 3 and 500),
  constraint alerts_resolved_check check (
    (state = 'resolved') = (resolved_at is not null) and (state = 'resolved') = (resolve_note is not null)
    and (resolved_by is null or resolved_at is not null) and length(resolve_note) between 3 and 500)
);

create unique index alerts_open_idx on app.alerts (key) where state <> 'resolved';
create index alerts_opened_at_idx on app.alerts (opened_at desc, id desc);
create index alerts_escalates_at_idx on app.alerts (escalates_at) where state = 'firing' and escalated_at is null;
create index alerts_acknowledged_by_idx on app.alerts (acknowledged_by);
create index alerts_resolved_by_idx on app.alerts (resolved_by);

alter table app.alerts enable row level security;
alter table app.alerts force row level security;

comment on table app.alerts is 'What needs a person of operations: raised by the programs, one open alert for each key (OB-10, OB-11).';
comment on column app.alerts.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.alerts.key is 'Names the condition: while it is open, raising it again counts. Letters, digits and _ . : / -; at most 200. [class: internal]';
comment on column app.alerts.severity is 'critical, warning or info; the gravest since it was opened. [class: internal]';
comment on column app.alerts.title is 'What is wrong, in a sentence; at most 200 characters. [class: internal]';
comment on column app.alerts.details is 'Facts of the last time it was raised: an object of at most 8 kB, without personal values. [class: sensitive]';
comment on column app.alerts.runbook is 'What to do: path of the runbook in the repository. [class: internal]';
comment on column app.alerts.state is 'firing, acknowledged, resolved. [class: internal]';
comment on column app.alerts.occurrences is 'How often it was raised since it was opened. [class: internal]';
comment on column app.alerts.opened_at is 'When it was raised first. [class: internal]';
comment on column app.alerts.last_raised_at is 'When it was raised last. [class: internal]';
comment on column app.alerts.escalates_at is 'Until when a critical one must be acknowledged. [class: internal]';
comment on column app.alerts.escalated_at is 'When it was escalated, because nobody had acknowledged it. [class: internal]';
comment on column app.alerts.acknowledged_at is 'When somebody took it on. [class: internal]';
comment on column app.alerts.acknowledged_by is 'Who did. [class: internal]';
comment on column app.alerts.acknowledge_note is 'What they noted; 3 to 500 characters. [class: personal; erasure: replace]';
comment on column app.alerts.resolved_at is 'When it ended. [class: internal]';
comment on column app.alerts.resolved_by is 'Who resolved it; null when the condition ended by itself. [class: internal]';
comment on column app.alerts.resolve_note is 'How it ended; 3 to 500 characters. [class: personal; erasure: replace]';

insert into app.retention_policies (id, keep_days, default_days) values ('alerts', 365, 365);
