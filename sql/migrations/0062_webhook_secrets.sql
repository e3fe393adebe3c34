-- Up Migration

create table app.webhook_secrets (
  id text not null,
  provider text not null,
  state text not null default 'pending',
  sealed_secret bytea,
  created_at timestamptz not null default now(),
  active_at timestamptz,
  draining_at timestamptz,
  deleted_at timestamptz,
  last_seen_at timestamptz,
  constraint webhook_secrets_pkey primary key (id),
  constraint webhook_secrets_id_check check (id ~ '^[0-9a-f]{16}$'),
  constraint webhook_secrets_provider_check check (provider in ('mux', 'clerk', 'resend')),
  constraint webhook_secrets_state_check check (state in ('pending', 'active', 'draining', 'deleted')),
  constraint webhook_secrets_sealed_check check ((sealed_secret is null) = (state = 'deleted')),
  constraint webhook_secrets_times_check check (
    (state <> 'pending' or active_at is null) and (state <> 'active' or (active_at is not null and draining_at is null))
    and (state <> 'draining' or draining_at is not null) and (deleted_at is not null) = (state = 'deleted'))
);

create unique index webhook_secrets_pending_idx on app.webhook_secrets (provider) where state = 'pending';
create unique index webhook_secrets_active_idx on app.webhook_secrets (provider) where state = 'active';

alter table app.webhook_secrets enable row level security;
alter table app.webhook_secrets force row level security;

comment on table app.webhook_secrets is 'Secrets that providers sign their webhooks with, since the first rotation (UP-11). What is not deleted is accepted; at most one of a provider is pending, and one active.';
comment on column app.webhook_secrets.id is 'A keyed fingerprint of the secret, made outside the database: the same secret has the same id. [class: internal]';
comment on column app.webhook_secrets.provider is 'mux, clerk, resend. [class: internal]';
comment on column app.webhook_secrets.state is 'pending, active, draining, deleted. [class: internal]';
comment on column app.webhook_secrets.sealed_secret is 'The secret, encrypted outside the database with KEY_ENCRYPTION_KEY; null once it is deleted. Never in the audit log. [class: sensitive]';
comment on column app.webhook_secrets.created_at is 'When it was written down. [class: internal]';
comment on column app.webhook_secrets.active_at is 'Since when it is the one the provider is known to sign with. [class: internal]';
comment on column app.webhook_secrets.draining_at is 'Since when another is. [class: internal]';
comment on column app.webhook_secrets.deleted_at is 'Since when it is refused. [class: internal]';
comment on column app.webhook_secrets.last_seen_at is 'When a delivery signed with it was last seen, to within a minute; null before the first. [class: internal]';
