-- Up Migration

create table authz.confirmations (
  id uuid not null default uuidv7(),
  session_id text not null,
  profile_id uuid not null,
  action text not null,
  confirmed_at timestamptz not null,
  used_at timestamptz not null default now(),
  constraint confirmations_pkey primary key (id),
  constraint confirmations_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete cascade,
  constraint confirmations_session_id_check check (length(session_id) between 1 and 200),
  constraint confirmations_action_check check (action ~ '^[a-z_]+\.[a-z_]+$')
);

create index confirmations_session_id_idx on authz.confirmations (session_id, confirmed_at desc);
create index confirmations_profile_id_idx on authz.confirmations (profile_id);

alter table authz.confirmations enable row level security;
alter table authz.confirmations force row level security;

comment on table authz.confirmations is 'Confirmations that have been used: who proved again who they are, and for which act. Each serves one act.';
comment on column authz.confirmations.id is 'Primary key, UUIDv7. [class: internal]';
comment on column authz.confirmations.session_id is 'The token''s `sid`. [class: personal; erasure: delete]';
comment on column authz.confirmations.profile_id is 'Who confirmed. [class: internal]';
comment on column authz.confirmations.action is 'The act it was used for, as in the audit log. [class: internal]';
comment on column authz.confirmations.confirmed_at is 'When the factor was verified, to the minute, reckoned from the token''s `iat` and `fva`. [class: internal]';
comment on column authz.confirmations.used_at is 'When it was used. [class: internal]';
