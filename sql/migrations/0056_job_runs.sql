-- Up Migration

create table app.job_runs (
  id uuid not null default uuidv7(),
  job text not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text not null default 'running',
  counts jsonb not null default '{}',
  error text,
  constraint job_runs_pkey primary key (id),
  constraint job_runs_job_check check (job ~ '^[a-z][a-z0-9-]{1,62}$'),
  constraint job_runs_outcome_check check (outcome in ('running', 'succeeded', 'failed', 'abandoned')),
  constraint job_runs_ended_check check ((outcome = 'running') = (ended_at is null)),
  constraint job_runs_counts_check check (jsonb_typeof(counts) = 'object' and octet_length(counts::text) <= 4096),
  constraint job_runs_error_check check ((outcome = 'failed') = (error is not null) and length(error) <= 1000)
);

-- One runner for each job (JB-11), whatever the queue believes.
create unique index job_runs_running_idx on app.job_runs (job) where outcome = 'running';
create index job_runs_job_idx on app.job_runs (job, started_at desc, id desc);
create index job_runs_started_at_idx on app.job_runs (started_at desc, id desc);

alter table app.job_runs enable row level security;
alter table app.job_runs force row level security;

comment on table app.job_runs is 'Every run of a scheduled job: when, how long, with which outcome (JB-11).';
comment on column app.job_runs.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.job_runs.job is 'Which job: one of app.job_schedule(), or one that was. [class: internal]';
comment on column app.job_runs.started_at is 'When it began. [class: internal]';
comment on column app.job_runs.ended_at is 'When it ended, or was found to have been abandoned. Null while it runs. [class: internal]';
comment on column app.job_runs.outcome is 'running, succeeded, failed; abandoned when its worker was gone before it ended. [class: internal]';
comment on column app.job_runs.counts is 'What it did, in numbers that the job names; at most 4 kB. [class: internal]';
comment on column app.job_runs.error is 'Why it failed, without tokens and addresses; at most 1,000 characters. [class: sensitive]';

insert into app.retention_policies (id, keep_days, default_days) values ('job_runs', 90, 90);
