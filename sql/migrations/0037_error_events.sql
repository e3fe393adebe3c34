-- Up Migration

create table app.error_groups (
  id uuid not null default uuidv7(),
  fingerprint text not null,
  environment text not null,
  severity text not null,
  code text not null,
  message text not null,
  event_count bigint not null default 1,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  acknowledged_count bigint,
  note text,
  constraint error_groups_pkey primary key (id),
  constraint error_groups_environment_fingerprint_key unique (environment, fingerprint),
  constraint error_groups_acknowledged_by_fkey foreign key (acknowledged_by) references app.profiles (id) on delete restrict,
  constraint error_groups_fingerprint_check check (length(fingerprint) between 1 and 64),
  constraint error_groups_environment_check check (length(environment) between 1 and 50),
  constraint error_groups_severity_check check (severity in ('warning', 'error', 'critical')),
  constraint error_groups_code_check check (length(code) between 1 and 100),
  constraint error_groups_message_check check (length(message) <= 1000),
  constraint error_groups_event_count_check check (event_count >= 1),
  constraint error_groups_acknowledged_check check (
    (acknowledged_at is null and acknowledged_by is null and acknowledged_count is null and note is null)
    or (acknowledged_at is not null and acknowledged_by is not null and acknowledged_count is not null and length(note) between 3 and 500))
);

create index error_groups_last_seen_at_idx on app.error_groups (last_seen_at desc, id desc);
create index error_groups_acknowledged_by_idx on app.error_groups (acknowledged_by);

alter table app.error_groups enable row level security;
alter table app.error_groups force row level security;

comment on table app.error_groups is 'Errors that are the same fault: counted always, told in full by app.error_events (OB-04, OB-05).';
comment on column app.error_groups.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.error_groups.fingerprint is 'What makes two errors the same one; at most 64 characters. [class: internal]';
comment on column app.error_groups.environment is 'Where it happened, such as production. [class: internal]';
comment on column app.error_groups.severity is 'The gravest so far: warning, error or critical. [class: internal]';
comment on column app.error_groups.code is 'Stable code of the error. [class: internal]';
comment on column app.error_groups.message is 'The newest message, scrubbed; at most 1,000 characters. [class: sensitive]';
comment on column app.error_groups.event_count is 'How often it happened. [class: internal]';
comment on column app.error_groups.first_seen_at is 'When it happened first. [class: internal]';
comment on column app.error_groups.last_seen_at is 'When it happened last. [class: internal]';
comment on column app.error_groups.acknowledged_at is 'When somebody acknowledged it last. [class: internal]';
comment on column app.error_groups.acknowledged_by is 'Who did. [class: internal]';
comment on column app.error_groups.acknowledged_count is 'How often it had happened by then: what is above has not been acknowledged. [class: internal]';
comment on column app.error_groups.note is 'What they noted; 3 to 500 characters. [class: personal; erasure: replace]';

-- No foreign keys: made to be dropped by the month.
create table app.error_events (
  id uuid not null default uuidv7(),
  occurred_at timestamptz not null default now(),
  group_id uuid not null,
  environment text not null,
  severity text not null,
  code text not null,
  message text not null,
  stack text,
  context jsonb,
  request_id text,
  profile_id uuid,
  constraint error_events_pkey primary key (id, occurred_at),
  constraint error_events_severity_check check (severity in ('warning', 'error', 'critical')),
  constraint error_events_message_check check (length(message) <= 1000),
  constraint error_events_stack_check check (length(stack) <= 8000),
  constraint error_events_context_check check (octet_length(context::text) <= 8192),
  constraint error_events_request_id_check check (length(request_id) <= 200)
) partition by range (occurred_at);

create index error_events_occurred_at_idx on app.error_events (occurred_at desc, id desc);
create index error_events_group_id_idx on app.error_events (group_id, occurred_at desc, id desc);
create index error_events_profile_id_idx on app.error_events (profile_id);

alter table app.error_events enable row level security;
alter table app.error_events force row level security;

comment on table app.error_events is 'Errors in full, at most so many an hour of each group. By the month.';
comment on column app.error_events.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.error_events.occurred_at is 'When it was recorded. [class: internal]';
comment on column app.error_events.group_id is 'Which fault it is: app.error_groups. [class: internal]';
comment on column app.error_events.environment is 'Where it happened. [class: internal]';
comment on column app.error_events.severity is 'warning, error or critical. [class: internal]';
comment on column app.error_events.code is 'Stable code of the error. [class: internal]';
comment on column app.error_events.message is 'What it said, scrubbed; at most 1,000 characters. [class: personal; erasure: replace]';
comment on column app.error_events.stack is 'Where in the code, scrubbed; at most 8,000 characters. [class: sensitive]';
comment on column app.error_events.context is 'What was going on, scrubbed; at most 8 kB. [class: personal; erasure: clear]';
comment on column app.error_events.request_id is 'Id of the HTTP request, as in the logs (OB-03). [class: internal]';
comment on column app.error_events.profile_id is 'Who met it, when somebody was signed in. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('error_events', 90, 90), ('error_groups', 90, 90);
