-- Up Migration

create table authz.sessions (
  id text not null,
  profile_id uuid,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  denied_at timestamptz,
  denied_by uuid,
  deny_reason text,
  constraint sessions_pkey primary key (id),
  constraint sessions_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete cascade,
  constraint sessions_denied_by_fkey foreign key (denied_by) references app.profiles (id) on delete restrict,
  constraint sessions_id_check check (length(id) between 1 and 200),
  constraint sessions_denied_check check (
    (denied_at is null and denied_by is null and deny_reason is null)
    or (denied_at is not null and denied_by is not null and length(deny_reason) between 3 and 500))
);

create index sessions_profile_id_idx on authz.sessions (profile_id, last_seen_at desc);
create index sessions_denied_by_idx on authz.sessions (denied_by);
create index sessions_last_seen_at_idx on authz.sessions (last_seen_at desc, id desc);

alter table authz.sessions enable row level security;
alter table authz.sessions force row level security;

comment on table authz.sessions is 'Sessions of the identity provider that signed in here, and the deny-list: a denied one is refused at every door.';
comment on column authz.sessions.id is 'The token''s `sid`. [class: personal; erasure: delete]';
comment on column authz.sessions.profile_id is 'Whose session; null for one that was denied before it ever signed in here. [class: internal]';
comment on column authz.sessions.first_seen_at is 'First sign-in of the session, or when it was denied unseen. [class: personal; erasure: delete]';
comment on column authz.sessions.last_seen_at is 'Last sign-in of the session, to the minute. [class: personal; erasure: delete]';
comment on column authz.sessions.denied_at is 'Set: every request of this session is refused. Never undone; a new sign-in makes a new session. [class: internal]';
comment on column authz.sessions.denied_by is 'Who ended it. [class: internal]';
comment on column authz.sessions.deny_reason is 'Why it was ended; 3 to 500 characters. [class: personal; erasure: delete]';
