-- Up Migration

-- Both columns are new and empty, so there is nothing to scan for the constraint or its index; and the whole deployment is one
-- transaction, in which nothing can be built concurrently or validated later.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation

alter table app.playback_decisions add column recipient_id uuid;
comment on column app.playback_decisions.recipient_id is 'Which recipient of the link proved themself, by a code or by their account; null where nobody has to. Not a foreign key, because months are dropped. [class: personal; erasure: expire]';

alter table app.share_views add column recipient_id uuid;
alter table app.share_views add constraint share_views_recipient_id_fkey
  foreign key (recipient_id) references app.share_recipients (id) on delete set null;
create index share_views_recipient_id_idx on app.share_views (recipient_id);
comment on column app.share_views.recipient_id is 'Which recipient of the link watched; null where the link is for nobody in particular, and once they are taken off. [class: personal; erasure: clear]';

create table app.share_code_challenges (
  id uuid not null default uuidv7(),
  share_token_id uuid not null,
  coach_id uuid not null,
  recipient_id uuid,
  address text,
  address_hash bytea not null,
  code_hash bytea not null,
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  state text not null default 'queued',
  send_attempts integer not null default 0,
  last_error text,
  provider_id text,
  finished_at timestamptz,
  constraint share_code_challenges_pkey primary key (id),
  constraint share_code_challenges_provider_id_key unique (provider_id),
  constraint share_code_challenges_share_token_id_coach_id_fkey foreign key (share_token_id, coach_id)
    references app.share_tokens (id, coach_id) on update cascade on delete cascade,
  constraint share_code_challenges_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint share_code_challenges_recipient_id_fkey foreign key (recipient_id) references app.share_recipients (id) on delete set null,
  constraint share_code_challenges_address_check check (length(address) <= 254 and (address is null or state = 'queued')),
  constraint share_code_challenges_address_hash_check check (octet_length(address_hash) = 32),
  constraint share_code_challenges_code_hash_check check (octet_length(code_hash) = 32),
  constraint share_code_challenges_attempts_check check (attempts between 0 and 5),
  constraint share_code_challenges_expires_at_check check (expires_at > created_at),
  constraint share_code_challenges_state_check check (state in ('queued', 'sent', 'failed', 'withheld', 'bounced')),
  constraint share_code_challenges_send_attempts_check check (send_attempts >= 0),
  constraint share_code_challenges_last_error_check check (length(last_error) <= 1000),
  constraint share_code_challenges_provider_id_check check (length(provider_id) between 1 and 200),
  constraint share_code_challenges_finished_check check ((state = 'queued') = (finished_at is null))
);

create index share_code_challenges_newest_idx on app.share_code_challenges (share_token_id, address_hash, created_at desc);
create index share_code_challenges_share_token_id_coach_id_idx on app.share_code_challenges (share_token_id, coach_id, created_at);
create index share_code_challenges_coach_id_idx on app.share_code_challenges (coach_id);
create index share_code_challenges_recipient_id_idx on app.share_code_challenges (recipient_id);
create index share_code_challenges_created_at_idx on app.share_code_challenges (created_at);
create index share_code_challenges_bounced_idx on app.share_code_challenges (address_hash) where state = 'bounced';

alter table app.share_code_challenges enable row level security;
alter table app.share_code_challenges force row level security;

comment on table app.share_code_challenges is 'Codes by which a recipient of a link proves their address: asked for, mailed, tried, used once. One for an address that is no recipient is written like any other and mailed to nobody, so that both take the same time.';
comment on column app.share_code_challenges.id is 'Primary key; the api names it. The code is derived from it with a key that the database does not have. [class: internal]';
comment on column app.share_code_challenges.share_token_id is 'The link. [class: internal]';
comment on column app.share_code_challenges.coach_id is 'The link''s owner; the same as the link''s by a foreign key. [class: internal]';
comment on column app.share_code_challenges.recipient_id is 'Which recipient the address belonged to when it was asked for; null: none. [class: internal]';
comment on column app.share_code_challenges.address is 'Where the code is to be mailed; null as soon as that was done or will not be. [class: personal; erasure: delete]';
comment on column app.share_code_challenges.address_hash is 'SHA-256 of the address. [class: personal; erasure: delete]';
comment on column app.share_code_challenges.code_hash is 'Keyed hash of link, address and code; the key is not in the database. [class: sensitive]';
comment on column app.share_code_challenges.attempts is 'How often a code was tried, 0 to 5; at 5 it is dead. [class: internal]';
comment on column app.share_code_challenges.created_at is 'When it was asked for. [class: internal]';
comment on column app.share_code_challenges.expires_at is 'Dead from this moment on. [class: internal]';
comment on column app.share_code_challenges.used_at is 'When it proved the address: it does so once. [class: internal]';
comment on column app.share_code_challenges.state is 'queued, then sent, failed for good, or withheld: from who is no recipient, and from an address that bounced; a sent one may yet have bounced. [class: internal]';
comment on column app.share_code_challenges.send_attempts is 'How often sending was begun. [class: internal]';
comment on column app.share_code_challenges.last_error is 'What the provider said last, scrubbed; at most 1,000 characters. [class: sensitive]';
comment on column app.share_code_challenges.provider_id is 'The provider''s id of the message. [class: internal]';
comment on column app.share_code_challenges.finished_at is 'When it got the state that it has; null while queued. [class: internal]';

create table app.share_proof_attempts (
  id uuid not null default uuidv7(),
  attempted_at timestamptz not null default now(),
  kind text not null,
  rule text not null,
  share_token_id uuid,
  coach_id uuid,
  challenge_id uuid,
  public_id text not null,
  address_hash bytea,
  ip_hash bytea,
  request_id text,
  constraint share_proof_attempts_pkey primary key (id),
  constraint share_proof_attempts_share_token_id_coach_id_fkey foreign key (share_token_id, coach_id)
    references app.share_tokens (id, coach_id) on update cascade on delete cascade,
  constraint share_proof_attempts_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint share_proof_attempts_challenge_id_fkey foreign key (challenge_id)
    references app.share_code_challenges (id) on delete set null,
  constraint share_proof_attempts_kind_check check (kind in ('passphrase', 'code_request', 'code')),
  constraint share_proof_attempts_rule_check check (rule ~ '^(play|proof)\.[a-z_]+$'),
  constraint share_proof_attempts_public_id_check check (length(public_id) <= 64),
  constraint share_proof_attempts_request_id_check check (length(request_id) <= 200)
);

create index share_proof_attempts_share_token_id_coach_id_idx
  on app.share_proof_attempts (share_token_id, coach_id, attempted_at desc);
create index share_proof_attempts_coach_id_idx on app.share_proof_attempts (coach_id, attempted_at desc, id desc);
create index share_proof_attempts_challenge_id_idx on app.share_proof_attempts (challenge_id);
create index share_proof_attempts_attempted_at_idx on app.share_proof_attempts (attempted_at desc, id desc);

alter table app.share_proof_attempts enable row level security;
alter table app.share_proof_attempts force row level security;

comment on table app.share_proof_attempts is 'Each time somebody gave the passphrase of a link, asked for a code or gave one, and the rule that decided. Tries are counted here.';
comment on column app.share_proof_attempts.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.share_proof_attempts.attempted_at is 'When. [class: internal]';
comment on column app.share_proof_attempts.kind is 'passphrase; code_request: a code was asked for; code: one was given. [class: internal]';
comment on column app.share_proof_attempts.rule is 'The rule that decided, such as proof.code_wrong or play.revoked. [class: internal]';
comment on column app.share_proof_attempts.share_token_id is 'The link, when the public id is known. [class: internal]';
comment on column app.share_proof_attempts.coach_id is 'The link''s owner; the same as the link''s by a foreign key. [class: internal]';
comment on column app.share_proof_attempts.challenge_id is 'The code that was asked for or tried. [class: internal]';
comment on column app.share_proof_attempts.public_id is 'The public id that was asked for, known or not. [class: sensitive]';
comment on column app.share_proof_attempts.address_hash is 'SHA-256 of the address that was given. Seen by no role. [class: personal; erasure: delete]';
comment on column app.share_proof_attempts.ip_hash is 'Keyed hash of the viewer''s network address. Seen by no role. [class: personal; erasure: delete]';
comment on column app.share_proof_attempts.request_id is 'Id of the HTTP request, as in the logs. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days)
values ('share_code_challenges', 7, 7), ('share_proof_attempts', 30, 30);
