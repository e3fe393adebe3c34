-- Up Migration

-- No foreign keys: the link of a run goes when the run is over, and the run outlives the video.
create table app.canary_runs (
  id uuid not null default uuidv7(),
  kind text not null,
  video_id uuid not null,
  share_token_id uuid not null,
  cut_id uuid,
  started_at timestamptz not null default clock_timestamp(),
  acted_at timestamptz,
  token_expires_at timestamptz,
  mint_ms integer,
  manifest_ms integer,
  segment_ms integer,
  outcome text,
  error text,
  ended_at timestamptz,
  constraint canary_runs_pkey primary key (id),
  constraint canary_runs_kind_check check (kind in ('revoke', 'cut')),
  constraint canary_runs_mint_ms_check check (mint_ms >= 0),
  constraint canary_runs_manifest_ms_check check (manifest_ms >= 0),
  constraint canary_runs_segment_ms_check check (segment_ms >= 0),
  constraint canary_runs_outcome_check check (outcome in ('in_time', 'late', 'failed')),
  constraint canary_runs_ended_check check ((ended_at is null) = (outcome is null)),
  constraint canary_runs_error_check check ((error is not null) = (outcome is not distinct from 'failed') and length(error) between 1 and 200)
);

create index canary_runs_started_at_idx on app.canary_runs (started_at desc, id desc);

alter table app.canary_runs enable row level security;
alter table app.canary_runs force row level security;

comment on table app.canary_runs is 'Measurements of how soon a revoked link, or a video that was cut off, stops to play: a link of our own on a probe video (SH-08).';
comment on column app.canary_runs.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.canary_runs.kind is 'revoke (the link was taken back) or cut (the video was cut off). [class: internal]';
comment on column app.canary_runs.video_id is 'The probe video. [class: internal]';
comment on column app.canary_runs.share_token_id is 'The link, which is removed after the run. [class: internal]';
comment on column app.canary_runs.cut_id is 'The cut; null for a revocation. [class: internal]';
comment on column app.canary_runs.started_at is 'When it began. [class: internal]';
comment on column app.canary_runs.acted_at is 'When the link was revoked or the cut asked for: what the times count from. [class: internal]';
comment on column app.canary_runs.token_expires_at is 'When the playback token that was played with ends by itself. [class: internal]';
comment on column app.canary_runs.mint_ms is 'Milliseconds until a renewal was refused; of a cut until it was for the new id. [class: internal]';
comment on column app.canary_runs.manifest_ms is 'Milliseconds until the stream refused the manifest. [class: internal]';
comment on column app.canary_runs.segment_ms is 'Milliseconds until the stream refused a segment. [class: internal]';
comment on column app.canary_runs.outcome is 'in_time, late, or failed when it could not be measured; null while it runs. [class: internal]';
comment on column app.canary_runs.error is 'Why it could not be measured, as a code. [class: internal]';
comment on column app.canary_runs.ended_at is 'When it ended. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('canary_runs', 365, 365);
