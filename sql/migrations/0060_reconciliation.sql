-- Up Migration

-- No foreign keys to what a finding is about: it outlives it.
create table app.reconciliation_runs (
  id uuid not null default uuidv7(),
  kind text not null,
  is_dry_run boolean not null,
  orphan_rule text not null,
  outcome text,
  stage text not null default 'uploads',
  page_cursor text,
  window_from timestamptz,
  runner uuid,
  leased_until timestamptz,
  attempts integer not null default 1,
  list_calls integer not null default 0,
  uploads_seen integer not null default 0,
  assets_seen integer not null default 0,
  found jsonb not null default '{}',
  last_error text,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint reconciliation_runs_pkey primary key (id),
  constraint reconciliation_runs_kind_check check (kind in ('light', 'whole')),
  constraint reconciliation_runs_orphan_rule_check check (orphan_rule in ('list', 'delete')),
  constraint reconciliation_runs_stage_check check (stage in ('uploads', 'assets', 'missing', 'shares', 'done')),
  constraint reconciliation_runs_outcome_check check (outcome in ('matched', 'repaired', 'open', 'halted', 'failed')),
  constraint reconciliation_runs_ended_check check ((ended_at is null) = (outcome is null)),
  constraint reconciliation_runs_found_check check (jsonb_typeof(found) = 'object'),
  constraint reconciliation_runs_last_error_check check (length(last_error) between 1 and 200)
);

create unique index reconciliation_runs_open_idx on app.reconciliation_runs ((1)) where ended_at is null;
create index reconciliation_runs_started_at_idx on app.reconciliation_runs (started_at desc, id desc);
create index reconciliation_runs_ended_at_idx on app.reconciliation_runs (ended_at);

create table app.reconciliation_findings (
  id uuid not null default uuidv7(),
  run_id uuid not null,
  kind text not null,
  subject text not null,
  action text not null,
  found_at timestamptz not null default now(),
  constraint reconciliation_findings_pkey primary key (id),
  constraint reconciliation_findings_run_id_kind_subject_key unique (run_id, kind, subject),
  constraint reconciliation_findings_run_id_fkey foreign key (run_id)
    references app.reconciliation_runs (id) on delete cascade,
  constraint reconciliation_findings_kind_check check (kind in (
    'upload_differs', 'upload_orphan', 'upload_gone', 'asset_unmatched', 'asset_differs', 'asset_contradicts', 'asset_orphan',
    'asset_withdrawn', 'asset_public', 'asset_missing', 'link_dead')),
  constraint reconciliation_findings_subject_check check (length(subject) between 1 and 255),
  constraint reconciliation_findings_action_check check (
    action in ('adopted', 'folded', 'closed', 'cancelled', 'deleted', 'marked', 'revoked', 'listed'))
);

create table app.reconciliation_sightings (
  run_id uuid not null,
  kind text not null,
  subject text not null,
  constraint reconciliation_sightings_pkey primary key (run_id, kind, subject),
  constraint reconciliation_sightings_run_id_fkey foreign key (run_id)
    references app.reconciliation_runs (id) on delete cascade,
  constraint reconciliation_sightings_kind_check check (kind in ('upload', 'asset')),
  constraint reconciliation_sightings_subject_check check (length(subject) between 1 and 255)
);

alter table app.reconciliation_runs enable row level security;
alter table app.reconciliation_runs force row level security;
alter table app.reconciliation_findings enable row level security;
alter table app.reconciliation_findings force row level security;
alter table app.reconciliation_sightings enable row level security;
alter table app.reconciliation_sightings force row level security;

comment on table app.reconciliation_runs is 'Comparisons of our uploads and assets with Mux''s lists, light every hour and whole every day (JB-08, UP-10). At most one is open.';
comment on column app.reconciliation_runs.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.reconciliation_runs.kind is 'light: what was made lately; whole: everything. [class: internal]';
comment on column app.reconciliation_runs.is_dry_run is 'Whether it only says what it would do. [class: internal]';
comment on column app.reconciliation_runs.orphan_rule is 'list or delete: what happens to assets at Mux that belong to no upload of ours. [class: internal]';
comment on column app.reconciliation_runs.outcome is 'matched: nothing found; repaired: all found is settled; open: something is listed for a person; halted: too much would have changed; failed. Null while it runs. [class: internal]';
comment on column app.reconciliation_runs.stage is 'uploads, assets, missing, shares, done: how far it is. [class: internal]';
comment on column app.reconciliation_runs.page_cursor is 'Where the next page of the stage''s list begins; null for the first. [class: internal]';
comment on column app.reconciliation_runs.window_from is 'A light run looks at what was made since; null for a whole one. [class: internal]';
comment on column app.reconciliation_runs.runner is 'Random id of the process at it; another that takes over changes it. [class: internal]';
comment on column app.reconciliation_runs.leased_until is 'Until when nobody may take over. [class: internal]';
comment on column app.reconciliation_runs.attempts is 'How many processes began or went on with it. [class: internal]';
comment on column app.reconciliation_runs.list_calls is 'How many pages of lists Mux was asked for. [class: internal]';
comment on column app.reconciliation_runs.uploads_seen is 'How many uploads Mux listed. [class: internal]';
comment on column app.reconciliation_runs.assets_seen is 'How many assets Mux listed. [class: internal]';
comment on column app.reconciliation_runs.found is 'At its end, how many findings of each kind and action: {"asset_orphan.listed": 2}. [class: internal]';
comment on column app.reconciliation_runs.last_error is 'Why an attempt ended early, as a code. [class: internal]';
comment on column app.reconciliation_runs.started_at is 'When it began. [class: internal]';
comment on column app.reconciliation_runs.ended_at is 'When it ended. [class: internal]';

comment on table app.reconciliation_findings is 'What a reconciliation found to differ, and what it did about it.';
comment on column app.reconciliation_findings.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.reconciliation_findings.run_id is 'The run. [class: internal]';
comment on column app.reconciliation_findings.kind is 'What differs; docs/explanation/reconciliation.md says when and what follows. [class: internal]';
comment on column app.reconciliation_findings.subject is 'Mux''s id of the upload or asset; for link_dead the id of the link. [class: sensitive]';
comment on column app.reconciliation_findings.action is 'adopted, folded, closed, cancelled, deleted, marked or revoked; listed: left for a person. [class: internal]';
comment on column app.reconciliation_findings.found_at is 'When. [class: internal]';

comment on table app.reconciliation_sightings is 'What the open run has seen at Mux so far, so that it can go on where it was and then say what is missing. Emptied at its end.';
comment on column app.reconciliation_sightings.run_id is 'The run. [class: internal]';
comment on column app.reconciliation_sightings.kind is 'upload or asset. [class: internal]';
comment on column app.reconciliation_sightings.subject is 'Mux''s id of it. [class: sensitive]';

insert into app.retention_policies (id, keep_days, default_days) values ('reconciliation_runs', 365, 365);
