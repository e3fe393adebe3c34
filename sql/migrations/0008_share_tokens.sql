-- Up Migration

create table app.share_tokens (
  id uuid not null default uuidv7(),
  public_id text not null,
  secret_hash bytea not null,
  video_id uuid not null,
  coach_id uuid not null,
  label text,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  starts_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  revoke_reason text,
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  constraint share_tokens_pkey primary key (id),
  constraint share_tokens_public_id_key unique (public_id),
  constraint share_tokens_secret_hash_key unique (secret_hash),
  constraint share_tokens_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint share_tokens_video_id_coach_id_fkey foreign key (video_id, coach_id)
    references app.videos (id, coach_id) on update cascade on delete restrict,
  constraint share_tokens_created_by_fkey foreign key (created_by) references app.profiles (id) on delete restrict,
  constraint share_tokens_revoked_by_fkey foreign key (revoked_by) references app.profiles (id) on delete restrict,
  constraint share_tokens_public_id_check check (public_id ~ '^[0-9A-Za-z]{12}$'),
  constraint share_tokens_secret_hash_check check (octet_length(secret_hash) = 32),
  constraint share_tokens_label_check check (length(label) between 1 and 120),
  constraint share_tokens_starts_at_check check (starts_at >= created_at),
  -- SH-06: at least 24 hours, at most 7 days. The function says it kindly; this says it to everybody, the owner included.
  constraint share_tokens_life_check
    check (expires_at - coalesce(starts_at, created_at) between interval '24 hours' and interval '168 hours'),
  constraint share_tokens_revoked_check check (
    (revoked_at is null and revoked_by is null and revoke_reason is null)
    or (revoked_at is not null and revoked_by is not null and length(revoke_reason) between 3 and 500))
);

create index share_tokens_video_id_coach_id_idx on app.share_tokens (video_id, coach_id);
create index share_tokens_coach_id_created_at_idx on app.share_tokens (coach_id, created_at desc, id desc);
create index share_tokens_created_at_idx on app.share_tokens (created_at desc, id desc);
create index share_tokens_created_by_idx on app.share_tokens (created_by);
create index share_tokens_revoked_by_idx on app.share_tokens (revoked_by);

alter table app.share_tokens enable row level security;
alter table app.share_tokens force row level security;

comment on table app.share_tokens is 'A link that lets whoever holds its secret watch one video for a limited time (SH-05, SH-06).';
comment on column app.share_tokens.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.share_tokens.public_id is 'The id in the link''s path: 12 random base62 characters. Lets the row be found; grants nothing. [class: sensitive]';
comment on column app.share_tokens.secret_hash is 'SHA-256 of the secret in the link''s fragment. The secret itself is shown once and kept nowhere. [class: sensitive]';
comment on column app.share_tokens.video_id is 'The video it lets people watch. Never changes. [class: internal]';
comment on column app.share_tokens.coach_id is 'The video''s owner; the same as the video''s by a foreign key. [class: internal]';
comment on column app.share_tokens.label is 'What the coach calls it, to tell links apart; at most 120 characters. [class: personal; erasure: clear]';
comment on column app.share_tokens.created_by is 'Who made it: the owner, or an admin. [class: internal]';
comment on column app.share_tokens.created_at is 'When it was made. [class: internal]';
comment on column app.share_tokens.starts_at is 'Not valid before; null: at once. [class: internal]';
comment on column app.share_tokens.expires_at is 'Not valid from this moment on. [class: internal]';
comment on column app.share_tokens.revoked_at is 'When it was taken back. Never undone. [class: internal]';
comment on column app.share_tokens.revoked_by is 'Who took it back. [class: internal]';
comment on column app.share_tokens.revoke_reason is 'Why it was taken back; 3 to 500 characters. [class: personal; erasure: replace]';
comment on column app.share_tokens.updated_at is 'Last change of the row. [class: internal]';
comment on column app.share_tokens.version is 'Counts changes of the row; lets a writer notice that somebody else was faster. [class: internal]';
