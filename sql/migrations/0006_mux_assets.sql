-- Up Migration

create table app.mux_assets (
  id text not null,
  video_id uuid,
  upload_job_id uuid,
  status text not null default 'preparing',
  playback_id text,
  playback_id_observed_at timestamptz,
  duration_seconds numeric,
  aspect_ratio text,
  error_type text,
  error_message text,
  created_at timestamptz not null,
  updated_at timestamptz not null default now(),
  ready_at timestamptz,
  errored_at timestamptz,
  deleted_at timestamptz,
  constraint mux_assets_pkey primary key (id),
  constraint mux_assets_playback_id_key unique (playback_id),
  constraint mux_assets_video_id_fkey foreign key (video_id) references app.videos (id) on delete set null,
  constraint mux_assets_upload_job_id_fkey foreign key (upload_job_id) references app.upload_jobs (id) on delete set null,
  constraint mux_assets_status_check check (status in ('preparing', 'errored', 'ready', 'deleted')),
  constraint mux_assets_duration_seconds_check check (duration_seconds >= 0)
);

create index mux_assets_video_id_idx on app.mux_assets (video_id);
create index mux_assets_upload_job_id_idx on app.mux_assets (upload_job_id);
create index mux_assets_orphan_idx on app.mux_assets (created_at) where video_id is null;

alter table app.mux_assets enable row level security;
alter table app.mux_assets force row level security;

comment on table app.mux_assets is 'What Mux holds. An asset that matches no upload of ours is kept here without a video, to be listed for action (UP-10).';
comment on column app.mux_assets.id is 'Mux''s asset id. [class: sensitive]';
comment on column app.mux_assets.video_id is 'The video it is the media of; null for an orphan. [class: internal]';
comment on column app.mux_assets.upload_job_id is 'The upload it came from; null for an orphan. [class: internal]';
comment on column app.mux_assets.status is 'preparing < errored < ready < deleted. Only moves up. [class: internal]';
comment on column app.mux_assets.playback_id is 'The asset''s signed playback id (SH-01): useless without a token of ours. [class: sensitive]';
comment on column app.mux_assets.playback_id_observed_at is 'Time of the event that told the playback id: the newest wins. [class: internal]';
comment on column app.mux_assets.duration_seconds is 'Length as Mux measured it. [class: sensitive]';
comment on column app.mux_assets.aspect_ratio is 'Width to height, such as 16:9. [class: sensitive]';
comment on column app.mux_assets.error_type is 'Mux''s error type when it could not be prepared. [class: internal]';
comment on column app.mux_assets.error_message is 'Mux''s explanation when it could not be prepared. [class: internal]';
comment on column app.mux_assets.created_at is 'Time of the earliest event that mentioned it. [class: internal]';
comment on column app.mux_assets.updated_at is 'Last change of the row. [class: internal]';
comment on column app.mux_assets.ready_at is 'Time of the event that reported it ready. [class: internal]';
comment on column app.mux_assets.errored_at is 'Time of the event that reported it errored. [class: internal]';
comment on column app.mux_assets.deleted_at is 'Time of the event that reported it deleted. [class: internal]';
