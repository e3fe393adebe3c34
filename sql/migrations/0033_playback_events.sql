-- Up Migration

-- By the month in which the viewer session began, a moment that every event of the session shares: so one event is stored once, also
-- when it is sent again in another month. No foreign keys, like the decisions.
create table app.playback_events (
  session_id uuid not null,
  sequence integer not null,
  session_started_at timestamptz not null,
  received_at timestamptz not null default now(),
  occurred_at timestamptz not null,
  share_token_id uuid not null,
  video_id uuid not null,
  coach_id uuid not null,
  kind text not null,
  position_ms integer,
  watched_ms int4multirange not null default '{}',
  rebuffer_ms integer not null default 0,
  error_code text,
  constraint playback_events_pkey primary key (session_id, sequence, session_started_at),
  constraint playback_events_sequence_check check (sequence between 0 and 100000),
  constraint playback_events_kind_check check (kind in ('play', 'heartbeat', 'ended', 'error')),
  constraint playback_events_position_ms_check check (position_ms between 0 and 172800000),
  constraint playback_events_watched_ms_check check (watched_ms <@ '{[0,172800001)}'::int4multirange),
  constraint playback_events_rebuffer_ms_check check (rebuffer_ms between 0 and 86400000),
  constraint playback_events_error_code_check check (
    error_code is null or (kind = 'error' and error_code ~ '^[A-Za-z0-9_.-]{1,64}$'))
) partition by range (session_started_at);

create index playback_events_share_token_id_idx on app.playback_events (share_token_id, session_id);
create index playback_events_video_id_idx on app.playback_events (video_id, session_id);
create index playback_events_coach_id_idx on app.playback_events (coach_id, received_at desc);
create index playback_events_received_at_idx on app.playback_events (received_at desc);

alter table app.playback_events enable row level security;
alter table app.playback_events force row level security;

comment on table app.playback_events is 'What viewers'' pages report while a shared video plays (AN-03): first-party, of a random session, without address, token or playback id. By the month.';
comment on column app.playback_events.session_id is 'Primary key: the viewer session that a decision let in. [class: personal; erasure: expire]';
comment on column app.playback_events.sequence is 'Primary key: which event of the session, as the page counts them; sent again, it is the same event. [class: internal]';
comment on column app.playback_events.session_started_at is 'Primary key: when the session was first let in. [class: internal]';
comment on column app.playback_events.received_at is 'When it was stored. [class: internal]';
comment on column app.playback_events.occurred_at is 'When it happened by the viewer''s clock, moved between the session''s beginning and received_at. [class: personal; erasure: expire]';
comment on column app.playback_events.share_token_id is 'The link. [class: internal]';
comment on column app.playback_events.video_id is 'The video. [class: internal]';
comment on column app.playback_events.coach_id is 'The video''s owner. [class: internal]';
comment on column app.playback_events.kind is 'play, heartbeat, ended or error. [class: internal]';
comment on column app.playback_events.position_ms is 'Where in the video, in milliseconds. [class: internal]';
comment on column app.playback_events.watched_ms is 'Which parts of the video were played since the event before, in milliseconds of the video. [class: internal]';
comment on column app.playback_events.rebuffer_ms is 'For how long the picture stood still to load since the event before, in milliseconds. [class: internal]';
comment on column app.playback_events.error_code is 'The player''s code, of an error. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('playback_events', 365, 365);
