-- Up Migration

create table app.playback_cuts (
  id uuid not null default uuidv7(),
  video_id uuid not null,
  coach_id uuid not null,
  asset_id text not null,
  requested_by uuid not null,
  requested_at timestamptz not null default clock_timestamp(),
  reason text not null,
  revocation_id uuid,
  state text not null default 'requested',
  old_playback_id text not null,
  new_playback_id text,
  retired_ids text[] not null default '{}',
  switched_at timestamptz,
  deleted_at timestamptz,
  confirmed_at timestamptz,
  failed_at timestamptz,
  refused_status integer,
  runner uuid,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  constraint playback_cuts_pkey primary key (id),
  constraint playback_cuts_video_id_coach_id_fkey foreign key (video_id, coach_id)
    references app.videos (id, coach_id) on update cascade on delete restrict,
  constraint playback_cuts_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint playback_cuts_asset_id_fkey foreign key (asset_id) references app.mux_assets (id) on delete restrict,
  constraint playback_cuts_requested_by_fkey foreign key (requested_by) references app.profiles (id) on delete restrict,
  constraint playback_cuts_revocation_id_fkey foreign key (revocation_id) references app.revocations (id) on delete set null,
  constraint playback_cuts_reason_check check (length(reason) between 3 and 500),
  constraint playback_cuts_state_check check (state in ('requested', 'switched', 'deleted', 'confirmed', 'failed')),
  constraint playback_cuts_switched_check check (
    (switched_at is null) = (new_playback_id is null) and (state <> 'switched' or switched_at is not null)),
  constraint playback_cuts_deleted_check check (state not in ('deleted', 'confirmed') or deleted_at is not null),
  constraint playback_cuts_ended_check check (
    (confirmed_at is not null) = (state = 'confirmed') and (failed_at is not null) = (state = 'failed')),
  constraint playback_cuts_refused_status_check check (refused_status between 400 and 499),
  constraint playback_cuts_attempts_check check (attempts >= 0),
  constraint playback_cuts_last_error_check check (length(last_error) between 1 and 200)
);

create unique index playback_cuts_open_idx on app.playback_cuts (video_id) where state in ('requested', 'switched', 'deleted');
create index playback_cuts_due_idx on app.playback_cuts (next_attempt_at) where state in ('requested', 'switched', 'deleted');
create index playback_cuts_video_id_coach_id_idx on app.playback_cuts (video_id, coach_id);
create index playback_cuts_coach_id_idx on app.playback_cuts (coach_id, requested_at desc, id desc);
create index playback_cuts_requested_at_idx on app.playback_cuts (requested_at desc, id desc);
create index playback_cuts_requested_by_idx on app.playback_cuts (requested_by);
create index playback_cuts_asset_id_idx on app.playback_cuts (asset_id);
create index playback_cuts_revocation_id_idx on app.playback_cuts (revocation_id);

alter table app.playback_cuts enable row level security;
alter table app.playback_cuts force row level security;

comment on table app.playback_cuts is 'Cuts: a video gets a new playback id at Mux and loses the old one, so that tokens already out open nothing. The row is the worker''s job as well.';
comment on column app.playback_cuts.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.playback_cuts.video_id is 'The video. [class: internal]';
comment on column app.playback_cuts.coach_id is 'The video''s owner; the same as the video''s by a foreign key. [class: internal]';
comment on column app.playback_cuts.asset_id is 'Mux''s id of the asset whose playback id is replaced. [class: sensitive]';
comment on column app.playback_cuts.requested_by is 'Who cut. [class: internal]';
comment on column app.playback_cuts.requested_at is 'When. [class: internal]';
comment on column app.playback_cuts.reason is 'Why; 3 to 500 characters. [class: personal; erasure: replace]';
comment on column app.playback_cuts.revocation_id is 'The receipt of the links that were revoked in the same statement; null when they live on. [class: internal]';
comment on column app.playback_cuts.state is 'requested, switched (new tokens are for the new id), deleted (Mux has deleted the old one), confirmed (the stream refuses it), failed. [class: internal]';
comment on column app.playback_cuts.old_playback_id is 'The playback id when the cut was asked for. [class: sensitive]';
comment on column app.playback_cuts.new_playback_id is 'The playback id that replaces it; null before, and when the asset is gone. [class: sensitive]';
comment on column app.playback_cuts.retired_ids is 'Every playback id that the asset had besides the new one. Never adopted again, however late an event names it. [class: sensitive]';
comment on column app.playback_cuts.switched_at is 'Since when tokens are for the new id. [class: internal]';
comment on column app.playback_cuts.deleted_at is 'When Mux had deleted the old ids. [class: internal]';
comment on column app.playback_cuts.confirmed_at is 'When the stream refused a fresh token for each of them. [class: internal]';
comment on column app.playback_cuts.failed_at is 'When the worker gave up. [class: internal]';
comment on column app.playback_cuts.refused_status is 'The HTTP status with which the stream refused. [class: internal]';
comment on column app.playback_cuts.runner is 'The worker''s claim that is at it; another claim takes it away. [class: internal]';
comment on column app.playback_cuts.attempts is 'How often it was taken up. [class: internal]';
comment on column app.playback_cuts.next_attempt_at is 'Not to be taken up before. [class: internal]';
comment on column app.playback_cuts.last_error is 'Why the last attempt did not get further, as a code. [class: internal]';

-- A restored link is a new one. The old row is small and lives a week, so that the locks of the new key and its index are
-- short; and an index cannot be built concurrently in the transaction of a deployment.
alter table app.share_tokens add column restores_id uuid;
alter table app.share_tokens
  -- squawk-ignore adding-foreign-key-constraint
  add constraint share_tokens_restores_id_fkey foreign key (restores_id) references app.share_tokens (id) on delete set null;
-- squawk-ignore require-concurrent-index-creation
create index share_tokens_restores_id_idx on app.share_tokens (restores_id);
comment on column app.share_tokens.restores_id is 'The revoked or expired link that this one was made to restore, with its options and another secret; null for none. Never changes but when that row goes. [class: internal]';

alter table app.revocations
  add column filter jsonb constraint revocations_filter_check check (jsonb_typeof(filter) = 'object');
comment on column app.revocations.filter is 'The filter by which links were chosen; null when another choice was made. [class: personal; erasure: clear]';

alter table app.revoked_tokens add column last_heartbeat_at timestamptz;
comment on column app.revoked_tokens.last_heartbeat_at is 'When a viewer''s page last told that it plays; null when none ever did. [class: internal]';
