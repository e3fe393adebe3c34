-- Up Migration

create table app.signing_keys (
  id text not null,
  state text not null default 'created',
  sealed_private_key bytea,
  created_at timestamptz not null default now(),
  active_at timestamptz,
  draining_at timestamptz,
  deleted_at timestamptz,
  constraint signing_keys_pkey primary key (id),
  constraint signing_keys_id_check check (id ~ '^[A-Za-z0-9_-]{1,255}$'),
  constraint signing_keys_state_check check (state in ('created', 'active', 'draining', 'deleted')),
  constraint signing_keys_sealed_check check ((sealed_private_key is null) = (state = 'deleted')),
  constraint signing_keys_times_check check (
    (active_at is not null) = (state <> 'created') and (draining_at is not null) = (state in ('draining', 'deleted'))
    and (deleted_at is not null) = (state = 'deleted'))
);

create unique index signing_keys_created_idx on app.signing_keys ((1)) where state = 'created';
create unique index signing_keys_active_idx on app.signing_keys ((1)) where state = 'active';
create unique index signing_keys_draining_idx on app.signing_keys ((1)) where state = 'draining';

alter table app.signing_keys enable row level security;
alter table app.signing_keys force row level security;

comment on table app.signing_keys is 'Keys of Mux that playback tokens are signed with, since the first rotation (SH-17). At most one in each state but deleted.';
comment on column app.signing_keys.id is 'Mux''s id of the key, the `kid` of tokens. [class: internal]';
comment on column app.signing_keys.state is 'created, active, draining, deleted. [class: internal]';
comment on column app.signing_keys.sealed_private_key is 'The private half, encrypted outside the database with KEY_ENCRYPTION_KEY; null once it is deleted. Never in the audit log. [class: sensitive]';
comment on column app.signing_keys.created_at is 'When it was written down. [class: internal]';
comment on column app.signing_keys.active_at is 'Since when tokens are signed with it. [class: internal]';
comment on column app.signing_keys.draining_at is 'Since when no new ones are, while those that are out run off. [class: internal]';
comment on column app.signing_keys.deleted_at is 'When Mux had deleted it. [class: internal]';
