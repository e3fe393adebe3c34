-- Up Migration

-- No foreign keys, on purpose: the record outlives what it is about, is the busiest table to insert into, and is made to be
-- dropped by the month.
create table app.playback_decisions (
  id uuid not null default uuidv7(),
  decided_at timestamptz not null default now(),
  kind text not null,
  allowed boolean not null,
  is_renewal boolean not null default false,
  rule text not null,
  share_token_id uuid,
  video_id uuid,
  coach_id uuid,
  profile_id uuid,
  public_id text,
  request_id text,
  ip_hash bytea,
  user_agent_family text,
  token_expires_at timestamptz,
  constraint playback_decisions_pkey primary key (id, decided_at),
  constraint playback_decisions_kind_check check (kind in ('share', 'preview')),
  constraint playback_decisions_rule_check check (rule ~ '^play\.[a-z_]+$'),
  constraint playback_decisions_allowed_check check (allowed = (token_expires_at is not null) and allowed = (rule = 'play.allowed')),
  constraint playback_decisions_renewal_check check (allowed or not is_renewal),
  constraint playback_decisions_public_id_check check (length(public_id) <= 64),
  constraint playback_decisions_request_id_check check (length(request_id) <= 200),
  constraint playback_decisions_user_agent_family_check check (length(user_agent_family) <= 100)
) partition by range (decided_at);

create index playback_decisions_decided_at_idx on app.playback_decisions (decided_at desc, id desc);
create index playback_decisions_coach_id_idx on app.playback_decisions (coach_id, decided_at desc, id desc);
create index playback_decisions_video_id_idx on app.playback_decisions (video_id, decided_at desc);
create index playback_decisions_share_viewer_idx
  on app.playback_decisions (share_token_id, ip_hash, token_expires_at) where allowed;
create index playback_decisions_share_plays_idx
  on app.playback_decisions (share_token_id, decided_at) where allowed and not is_renewal;

alter table app.playback_decisions enable row level security;
alter table app.playback_decisions force row level security;

comment on table app.playback_decisions is 'The playback audit (SH-10): each time somebody asked to watch, what was answered, and by which rule. By the month.';
comment on column app.playback_decisions.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.playback_decisions.decided_at is 'When. [class: internal]';
comment on column app.playback_decisions.kind is 'share: by a link; preview: by a signed-in owner or admin. [class: internal]';
comment on column app.playback_decisions.allowed is 'Whether playback tokens were minted. [class: internal]';
comment on column app.playback_decisions.is_renewal is 'Allowed while a token of the same viewer on the same link still ran: goes on watching, not a new play. [class: internal]';
comment on column app.playback_decisions.rule is 'The rule that decided, such as play.allowed or play.revoked. [class: internal]';
comment on column app.playback_decisions.share_token_id is 'The link, when the public id is known. [class: internal]';
comment on column app.playback_decisions.video_id is 'The video. [class: internal]';
comment on column app.playback_decisions.coach_id is 'The video''s owner. [class: internal]';
comment on column app.playback_decisions.profile_id is 'Who previewed; null for a link, whose holder is a stranger. [class: internal]';
comment on column app.playback_decisions.public_id is 'The public id that was asked for, known or not. [class: sensitive]';
comment on column app.playback_decisions.request_id is 'Id of the HTTP request, as in the logs. [class: internal]';
comment on column app.playback_decisions.ip_hash is 'Keyed hash of the viewer''s address, to tell viewers apart. Seen by no role. [class: personal; erasure: expire]';
comment on column app.playback_decisions.user_agent_family is 'Browser family such as Firefox; no version. [class: personal; erasure: expire]';
comment on column app.playback_decisions.token_expires_at is 'When the minted tokens die; null when refused. [class: internal]';
