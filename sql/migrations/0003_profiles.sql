-- Up Migration

create table app.profiles (
  id uuid not null default uuidv7(),
  subject text not null,
  role text not null,
  email text,
  display_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_seen_at timestamptz,
  suspended_at timestamptz,
  role_assigned_at timestamptz,
  constraint profiles_pkey primary key (id),
  constraint profiles_subject_key unique (subject),
  constraint profiles_subject_check check (length(subject) between 1 and 200),
  constraint profiles_role_check check (role in ('coach', 'admin', 'compliance', 'operator', 'auditor')),
  constraint profiles_email_check check (length(email) between 3 and 320),
  constraint profiles_display_name_check check (length(display_name) between 1 and 200)
);

create index profiles_created_at_idx on app.profiles (created_at desc, id desc);

alter table app.profiles enable row level security;
alter table app.profiles force row level security;

comment on table app.profiles is 'Everybody who has signed in. The identity provider decides who they are and which role they have; the row remembers it.';
comment on column app.profiles.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.profiles.subject is 'The token''s `sub`: the person''s id at the identity provider. [class: personal; erasure: replace]';
comment on column app.profiles.role is 'Role without the prefix mm_: of the last sign-in, or assigned by an admin. [class: internal]';
comment on column app.profiles.email is 'Address at the last sign-in. Personal; never in the audit log. [class: personal; erasure: clear]';
comment on column app.profiles.display_name is 'Name at the last sign-in. Personal; never in the audit log. [class: personal; erasure: replace]';
comment on column app.profiles.created_at is 'First sign-in. [class: internal]';
comment on column app.profiles.updated_at is 'Last change of the row. [class: internal]';
comment on column app.profiles.last_seen_at is 'Last sign-in, to the minute. [class: personal; erasure: clear]';
comment on column app.profiles.suspended_at is 'Set: every request of this person is refused, whatever their token says. [class: internal]';
comment on column app.profiles.role_assigned_at is 'Set: an admin assigned the role, and a token that names another is refused. [class: internal]';
