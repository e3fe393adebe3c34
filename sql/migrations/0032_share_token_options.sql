-- Up Migration

alter table app.share_tokens
  add column note text
    constraint share_tokens_note_check check (length(note) between 1 and 1000),
  add column max_views integer
    constraint share_tokens_max_views_check check (max_views between 1 and 1000),
  add column sign_in_required boolean not null default false,
  add column recipients_only boolean not null default false,
  -- PHC string of argon2id (RFC 9106) with 16 bytes of salt and 32 of hash. The costs are named one by one: a lower one would be weak, a
  -- higher one would let whoever stores it make the api work for seconds.
  add column passphrase_hash text
    constraint share_tokens_passphrase_hash_check check (
      passphrase_hash ~ '^\$argon2id\$v=19\$m=(19456|32768|65536),t=[2-4],p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$'),
  -- Whether one is asked for is told apart from the hash, which no role may read.
  add column has_passphrase boolean not null default false
    constraint share_tokens_has_passphrase_check check (has_passphrase = (passphrase_hash is not null)),
  add column embed_origins text[] not null default '{}'
    constraint share_tokens_embed_origins_check check (
      cardinality(embed_origins) <= 10
      and array_position(embed_origins, null) is null
      and array_to_string(embed_origins, ' ') ~ '^(https://[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[1-9][0-9]{0,4})?( (?=.)|$))*$');

-- Lets the lines below a link prove by a foreign key that their coach is the link's coach. A link lives for a week and its row is small, so
-- that the lock is short; and an index cannot be built concurrently in the transaction of a deployment.
-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid
alter table app.share_tokens add constraint share_tokens_id_coach_id_key unique (id, coach_id);

comment on column app.share_tokens.expires_at is 'Not valid from this moment on. Prolonged by api.extend_share_token() alone, to 7 days of life at the most. [class: internal]';
comment on column app.share_tokens.secret_hash is 'SHA-256 of the secret in the link''s fragment. The secret itself is shown once and kept nowhere. Replaced by api.rotate_share_token() alone. [class: sensitive]';
comment on column app.share_tokens.note is 'What the coach wants to remember about it; at most 1,000 characters; never shown to a viewer. [class: personal; erasure: clear]';
comment on column app.share_tokens.max_views is 'How many viewers may watch with it, 1 to 1,000; null: any number. [class: internal]';
comment on column app.share_tokens.sign_in_required is 'Whether a viewer must be signed in to an account of this product (SH-12). Never changes. [class: internal]';
comment on column app.share_tokens.recipients_only is 'Whether it is for the addresses in app.share_recipients alone: for nobody, when there is none. Never taken back. [class: internal]';
comment on column app.share_tokens.passphrase_hash is 'argon2id of the passphrase, as a PHC string made by the api; null: none is asked for. Read by no role; the api gets it for the right secret. Never changes. [class: sensitive]';
comment on column app.share_tokens.has_passphrase is 'Whether a passphrase is asked for. [class: internal]';
comment on column app.share_tokens.embed_origins is 'Sites whose pages may show the video in a frame, as exact https origins; at most 10. Our own page may always. [class: internal]';

create table app.share_recipients (
  id uuid not null default uuidv7(),
  share_token_id uuid not null,
  coach_id uuid not null,
  kind text not null,
  value text not null,
  created_at timestamptz not null default now(),
  constraint share_recipients_pkey primary key (id),
  constraint share_recipients_share_token_id_kind_value_key unique (share_token_id, kind, value),
  constraint share_recipients_share_token_id_coach_id_fkey foreign key (share_token_id, coach_id)
    references app.share_tokens (id, coach_id) on update cascade on delete cascade,
  constraint share_recipients_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint share_recipients_kind_check check (kind in ('email', 'domain')),
  constraint share_recipients_value_check check (
    value = lower(value)
    and case kind
      when 'email' then length(value) <= 254 and value ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$'
      else length(value) <= 253 and value ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
    end)
);

create index share_recipients_share_token_id_coach_id_idx on app.share_recipients (share_token_id, coach_id);
create index share_recipients_coach_id_idx on app.share_recipients (coach_id, created_at desc, id desc);
create index share_recipients_created_at_idx on app.share_recipients (created_at desc, id desc);

alter table app.share_recipients enable row level security;
alter table app.share_recipients force row level security;

comment on table app.share_recipients is 'For whom a share link is: addresses and domains that a viewer must prove, when the link is for recipients only.';
comment on column app.share_recipients.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.share_recipients.share_token_id is 'The link. [class: internal]';
comment on column app.share_recipients.coach_id is 'The link''s owner; the same as the link''s by a foreign key. [class: internal]';
comment on column app.share_recipients.kind is 'email: one address; domain: every address behind its @, subdomains not. [class: internal]';
comment on column app.share_recipients.value is 'The address or the domain, in lower case. [class: personal; erasure: delete]';
comment on column app.share_recipients.created_at is 'When it was added. [class: internal]';

create table app.share_views (
  share_token_id uuid not null,
  view_no integer not null,
  session_id uuid not null,
  coach_id uuid not null,
  claimed_at timestamptz not null default now(),
  constraint share_views_pkey primary key (share_token_id, view_no),
  constraint share_views_session_id_key unique (session_id),
  constraint share_views_share_token_id_coach_id_fkey foreign key (share_token_id, coach_id)
    references app.share_tokens (id, coach_id) on update cascade on delete cascade,
  constraint share_views_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint share_views_view_no_check check (view_no >= 1)
);

create index share_views_share_token_id_coach_id_idx on app.share_views (share_token_id, coach_id);
create index share_views_coach_id_idx on app.share_views (coach_id, claimed_at desc);
create index share_views_claimed_at_idx on app.share_views (claimed_at desc);

alter table app.share_views enable row level security;
alter table app.share_views force row level security;

comment on table app.share_views is 'The views of a link that have been claimed, counted from 1: one for each viewer session that began to watch.';
comment on column app.share_views.share_token_id is 'Primary key: the link. [class: internal]';
comment on column app.share_views.view_no is 'Primary key: which view of the link, without gaps. [class: internal]';
comment on column app.share_views.session_id is 'The viewer session that claimed it and keeps it. [class: personal; erasure: expire]';
comment on column app.share_views.coach_id is 'The link''s owner; the same as the link''s by a foreign key. [class: internal]';
comment on column app.share_views.claimed_at is 'When: at the session''s first heartbeat, or at its renewal without one. [class: internal]';

alter table app.playback_decisions add column session_id uuid;
-- PostgreSQL builds no index of a partitioned table concurrently.
-- squawk-ignore require-concurrent-index-creation
create index playback_decisions_share_session_idx
  on app.playback_decisions (share_token_id, session_id, decided_at) where allowed;

comment on column app.playback_decisions.session_id is 'The viewer session: a random id that the first decision gives out and renewals and events name; null when refused, and for a preview. [class: personal; erasure: expire]';
comment on column app.playback_decisions.profile_id is 'Who previewed, or who was signed in where the link demands it; null for a stranger. [class: internal]';
