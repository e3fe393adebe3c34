-- Up Migration

-- The table is new, so its indexes and keys have nothing to wait for; and a deployment is one transaction, in which nothing is built
-- concurrently.
create table app.playback_sessions (
  id uuid not null default uuidv7(),
  share_token_id uuid not null,
  video_id uuid not null,
  coach_id uuid not null,
  recipient_id uuid,
  started_at timestamptz not null,
  last_event_at timestamptz not null,
  event_count integer not null,
  is_played boolean not null,
  is_measured boolean not null,
  is_ended boolean not null,
  watched_ms int4multirange not null,
  watched_length_ms integer not null,
  played_ms bigint not null,
  rebuffer_ms bigint not null,
  error_count integer not null,
  last_error_sequence integer,
  last_error_code text,
  user_agent_family text,
  constraint playback_sessions_pkey primary key (id),
  constraint playback_sessions_share_token_id_coach_id_fkey foreign key (share_token_id, coach_id)
    references app.share_tokens (id, coach_id) on update cascade on delete cascade,
  constraint playback_sessions_video_id_fkey foreign key (video_id) references app.videos (id) on delete restrict,
  constraint playback_sessions_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint playback_sessions_recipient_id_fkey foreign key (recipient_id) references app.share_recipients (id) on delete set null,
  constraint playback_sessions_event_count_check check (event_count >= 1),
  constraint playback_sessions_watched_ms_check check (watched_ms <@ '{[0,172800001)}'::int4multirange),
  constraint playback_sessions_watched_length_ms_check check (watched_length_ms between 0 and least(played_ms, 172800001)),
  constraint playback_sessions_rebuffer_ms_check check (rebuffer_ms >= 0),
  constraint playback_sessions_error_check check ((error_count > 0) = (last_error_sequence is not null) and error_count >= 0),
  constraint playback_sessions_error_code_check check (
    last_error_code is null or (error_count > 0 and last_error_code ~ '^[A-Za-z0-9_.-]{1,64}$')),
  constraint playback_sessions_user_agent_family_check check (length(user_agent_family) <= 100)
)
-- A row is written at each report while it plays. None of the columns that change has an index, so that with room on the page it stays in
-- its place.
with (fillfactor = 70);

create index playback_sessions_share_token_id_coach_id_idx
  on app.playback_sessions (share_token_id, coach_id, started_at desc, id desc);
create index playback_sessions_video_id_idx on app.playback_sessions (video_id, started_at desc, id desc);
create index playback_sessions_coach_id_idx on app.playback_sessions (coach_id, started_at desc, id desc);
create index playback_sessions_recipient_id_idx on app.playback_sessions (recipient_id);
create index playback_sessions_started_at_idx on app.playback_sessions (started_at desc, id desc);

alter table app.playback_sessions enable row level security;
alter table app.playback_sessions force row level security;

comment on table app.playback_sessions is 'What was watched, by viewer session (AN-03): the sum of its events, kept up to date as they come in, so that nobody adds up events to read it.';
comment on column app.playback_sessions.id is 'Primary key, UUIDv7: the viewer session, by the id of the decision that let it in. [class: personal; erasure: expire]';
comment on column app.playback_sessions.share_token_id is 'The link. [class: internal]';
comment on column app.playback_sessions.video_id is 'The video. [class: internal]';
comment on column app.playback_sessions.coach_id is 'The link''s owner; the same as the link''s by a foreign key. [class: internal]';
comment on column app.playback_sessions.recipient_id is 'Which recipient of the link it was; null where nobody has to prove who they are, and once they are taken off. [class: personal; erasure: clear]';
comment on column app.playback_sessions.started_at is 'When it was first let in. [class: internal]';
comment on column app.playback_sessions.last_event_at is 'When the last of its events was received. [class: internal]';
comment on column app.playback_sessions.event_count is 'How many events it has reported, each counted once. [class: internal]';
comment on column app.playback_sessions.is_played is 'Whether it began to watch: it has reported more than errors. [class: internal]';
comment on column app.playback_sessions.is_measured is 'Whether the viewer agreed to be measured. Otherwise nothing is known but that it began to watch. [class: internal]';
comment on column app.playback_sessions.is_ended is 'Whether it came to the end of the video. [class: internal]';
comment on column app.playback_sessions.watched_ms is 'Which parts of the video were played, joined, in milliseconds of the video. [class: internal]';
comment on column app.playback_sessions.watched_length_ms is 'How long these parts are together: a scene seen twice counts once. [class: internal]';
comment on column app.playback_sessions.played_ms is 'For how long it played: a scene seen twice counts twice. [class: internal]';
comment on column app.playback_sessions.rebuffer_ms is 'For how long the picture stood still to load. [class: internal]';
comment on column app.playback_sessions.error_count is 'How many errors it has reported. [class: internal]';
comment on column app.playback_sessions.last_error_sequence is 'Which event was the last error, as the page counts them; null without one. [class: internal]';
comment on column app.playback_sessions.last_error_code is 'The player''s code of that error, if it told one. [class: internal]';
comment on column app.playback_sessions.user_agent_family is 'Browser family such as Firefox; no version. [class: personal; erasure: expire]';

insert into app.retention_policies (id, keep_days, default_days) values ('playback_sessions', 365, 365);

-- What has been reported until now. An event with anything in it was sent with consent; without, only a bare heartbeat is kept.
insert into app.playback_sessions (
  id, share_token_id, video_id, coach_id, started_at, last_event_at, event_count, is_played, is_measured, is_ended, watched_ms,
  watched_length_ms, played_ms, rebuffer_ms, error_count, last_error_sequence, last_error_code, user_agent_family)
select
  s.session_id, s.share_token_id, s.video_id, s.coach_id, s.session_started_at, s.last_event_at, s.event_count, s.is_played, s.is_measured,
  s.is_ended, s.watched_ms, (select coalesce(sum(upper(r) - lower(r)), 0) from unnest(s.watched_ms) r), s.played_ms, s.rebuffer_ms,
  s.error_count, s.last_error_sequence, s.last_error_code,
  (select d.user_agent_family from app.playback_decisions d where d.id = s.session_id and d.decided_at = s.session_started_at)
from (
  select
    e.session_id, e.share_token_id, e.video_id, e.coach_id, e.session_started_at,
    max(e.received_at) as last_event_at,
    count(*) as event_count,
    bool_or(e.kind <> 'error') as is_played,
    bool_or(e.kind <> 'heartbeat' or e.position_ms is not null or e.watched_ms <> '{}' or e.rebuffer_ms > 0) as is_measured,
    bool_or(e.kind = 'ended') as is_ended,
    range_agg(e.watched_ms) as watched_ms,
    coalesce(sum((select sum(upper(r) - lower(r)) from unnest(e.watched_ms) r)), 0) as played_ms,
    sum(e.rebuffer_ms) as rebuffer_ms,
    count(*) filter (where e.kind = 'error') as error_count,
    max(e.sequence) filter (where e.kind = 'error') as last_error_sequence,
    (array_agg(e.error_code order by e.sequence desc) filter (where e.kind = 'error'))[1] as last_error_code
  from app.playback_events e
  where exists (select from app.share_tokens t where t.id = e.share_token_id and t.coach_id = e.coach_id)
  group by e.session_id, e.share_token_id, e.video_id, e.coach_id, e.session_started_at
) s;
