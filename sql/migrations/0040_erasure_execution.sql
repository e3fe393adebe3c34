-- Up Migration

-- Both tables have a row for each request, or a few dozen: what blocks them does so for an instant.
-- squawk-ignore-file constraint-missing-not-valid, require-concurrent-index-creation, require-concurrent-index-deletion, adding-foreign-key-constraint, disallowed-unique-constraint, ban-drop-not-null

-- An approved request is carried out: running, then completed when every step is.
alter table app.erasure_requests
  add column completed_at timestamptz,
  drop constraint erasure_requests_state_check,
  add constraint erasure_requests_state_check
    check (state in ('requested', 'withdrawn', 'declined', 'approved', 'running', 'completed')),
  add constraint erasure_requests_completed_check check ((state = 'completed') = (completed_at is not null));

drop index app.erasure_requests_open_idx;
create unique index erasure_requests_open_idx on app.erasure_requests (profile_id)
  where state in ('requested', 'approved', 'running');
create index erasure_requests_due_idx on app.erasure_requests (due_at) where state in ('approved', 'running');

comment on column app.erasure_requests.state is 'requested, then withdrawn, declined or approved; approved, then running and completed. [class: internal]';
comment on column app.erasure_requests.completed_at is 'When the last step had ended and the receipt was written. [class: internal]';

-- A step is about one column of one table, or about something else that has to go: a share link, a Mux asset, an account elsewhere.
alter table app.erasure_steps
  alter column table_name drop not null,
  alter column column_name drop not null,
  drop constraint erasure_steps_request_id_table_name_column_name_key,
  drop constraint erasure_steps_action_check,
  add column system text not null default 'postgres',
  add column phase integer not null default 2,
  add column target text not null default '',
  add column is_manual boolean not null default false,
  add column state text not null default 'planned',
  add column attempts integer not null default 0,
  add column next_attempt_at timestamptz not null default now(),
  add column last_error text,
  add column evidence jsonb,
  add column started_at timestamptz,
  add column finished_at timestamptz,
  add column completed_by uuid;

-- Plans that were made before steps could be carried out.
update app.erasure_steps
set target = table_name || '.' || column_name,
    system = case table_name when 'audit.disclosures' then 'audit' else 'postgres' end,
    phase = case table_name when 'audit.disclosures' then 5 when 'app.profiles' then 4 else 2 end;

alter table app.erasure_steps
  alter column target drop default,
  alter column system drop default,
  alter column phase drop default,
  add constraint erasure_steps_request_id_system_action_target_key unique (request_id, system, action, target),
  add constraint erasure_steps_completed_by_fkey foreign key (completed_by) references app.profiles (id) on delete restrict,
  add constraint erasure_steps_system_check check (system in ('postgres', 'audit', 'mux', 'clerk', 'resend')),
  add constraint erasure_steps_phase_check check (phase between 1 and 5),
  add constraint erasure_steps_action_check check (
    action in ('suspend', 'revoke', 'deny', 'withdraw', 'clear', 'replace', 'delete', 'expire', 'keep', 'cancel')),
  add constraint erasure_steps_column_check check (
    (table_name is null) = (column_name is null)
    and (column_name is not null) = (action in ('clear', 'replace', 'expire', 'keep') or (action = 'delete' and system in ('postgres', 'audit')))),
  add constraint erasure_steps_state_check check (state in ('planned', 'running', 'failed', 'done', 'kept')),
  add constraint erasure_steps_attempts_check check (attempts >= 0),
  add constraint erasure_steps_last_error_check check (length(last_error) <= 500),
  add constraint erasure_steps_finished_check check (
    (state in ('done', 'kept')) = (finished_at is not null) and (finished_at is null or evidence is not null)),
  add constraint erasure_steps_manual_check check (completed_by is null or is_manual);

create index erasure_steps_completed_by_idx on app.erasure_steps (completed_by);

comment on table app.erasure_steps is 'The plan of an approved erasure and how far it is: one step for each personal column of the data catalogue, and one for everything else that has to go (CO-02).';
comment on column app.erasure_steps.table_name is 'Table, with its schema; null when the step is not about a column. [class: internal]';
comment on column app.erasure_steps.column_name is 'Column; null when the step is not about one. [class: internal]';
comment on column app.erasure_steps.action is 'For a column what its class says: clear, replace, delete, expire or keep. Otherwise suspend, revoke, deny, withdraw, cancel or delete. [class: internal]';
comment on column app.erasure_steps.system is 'Where it is carried out: postgres, audit, mux, clerk or resend. [class: internal]';
comment on column app.erasure_steps.phase is '1 shut out, 2 data, 3 vendors, 4 identity, 5 values behind the audit log. A phase waits for those before it; 3 does not wait for 2. [class: internal]';
comment on column app.erasure_steps.target is 'What it is about: schema.table.column, a name for many things, or the vendor''s id of one. [class: sensitive]';
comment on column app.erasure_steps.is_manual is 'Whether compliance staff do it by hand and say so, because the vendor has no API or none is configured. [class: internal]';
comment on column app.erasure_steps.state is 'planned, running, then done, kept or failed; a failed one runs again. [class: internal]';
comment on column app.erasure_steps.attempts is 'How often it was begun. [class: internal]';
comment on column app.erasure_steps.next_attempt_at is 'Not to be begun before: the back-off after a failure, the lease while it runs. [class: internal]';
comment on column app.erasure_steps.last_error is 'Why it failed last, as a code; never a value of the person. [class: internal]';
comment on column app.erasure_steps.evidence is 'What proves it: counts and the query that found nothing left, or a vendor''s answers with their times. [class: sensitive]';
comment on column app.erasure_steps.started_at is 'When it was first begun. [class: internal]';
comment on column app.erasure_steps.finished_at is 'When it ended. [class: internal]';
comment on column app.erasure_steps.completed_by is 'Who did a manual one. [class: internal]';

-- What was classified as nobody's in particular, and is what somebody wrote.
comment on column audit.entries.reason is 'Why, in the actor''s words or the program''s. Sealed with the entry. [class: personal; erasure: expire]';
comment on column app.videos.deleted_at is 'When Mux reported its media deleted, or when the erasure of its owner took it away: whichever was first. [class: internal]';
