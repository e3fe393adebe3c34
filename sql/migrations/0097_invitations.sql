-- Up Migration

create table app.invitations (
  id uuid not null default uuidv7(),
  email text not null,
  role text not null,
  note text,
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  state text not null default 'queued',
  sendings integer not null default 1,
  asked_at timestamptz not null default now(),
  expires_at timestamptz not null,
  sent_at timestamptz,
  provider_id text,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  pending_step text default 'create',
  runner uuid,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  constraint invitations_pkey primary key (id),
  constraint invitations_invited_by_fkey foreign key (invited_by) references app.profiles (id) on delete restrict,
  constraint invitations_accepted_by_fkey foreign key (accepted_by) references app.profiles (id) on delete restrict,
  constraint invitations_revoked_by_fkey foreign key (revoked_by) references app.profiles (id) on delete restrict,
  constraint invitations_email_check check (email = lower(email) and length(email) between 3 and 254),
  constraint invitations_role_check check (role in ('coach', 'admin', 'compliance', 'operator', 'auditor')),
  constraint invitations_note_check check (length(note) between 1 and 500),
  constraint invitations_state_check check (state in ('queued', 'sent', 'accepted', 'revoked', 'expired', 'failed')),
  constraint invitations_sendings_check check (sendings >= 1),
  constraint invitations_expires_at_check check (expires_at > created_at),
  constraint invitations_provider_id_check check (length(provider_id) between 1 and 200),
  constraint invitations_accepted_check check (
    (accepted_at is not null) = (state = 'accepted') and (accepted_by is null) = (accepted_at is null)),
  constraint invitations_revoked_check check (
    (revoked_at is not null) = (state = 'revoked') and (revoked_by is null) = (revoked_at is null)),
  constraint invitations_pending_step_check check (pending_step in ('create', 'withdraw')),
  constraint invitations_attempts_check check (attempts >= 0),
  constraint invitations_last_error_check check (length(last_error) between 1 and 200)
);

create unique index invitations_open_idx on app.invitations (email) where state in ('queued', 'sent');
create index invitations_due_idx on app.invitations (next_attempt_at) where pending_step is not null;
create index invitations_created_at_idx on app.invitations (created_at desc, id desc);
create index invitations_asked_at_idx on app.invitations (asked_at);
create index invitations_email_idx on app.invitations (email);
create index invitations_invited_by_idx on app.invitations (invited_by);
create index invitations_accepted_by_idx on app.invitations (accepted_by);
create index invitations_revoked_by_idx on app.invitations (revoked_by);

alter table app.invitations enable row level security;
alter table app.invitations force row level security;

comment on table app.invitations is 'Whom administrators have invited, and to which role. Only an open one gives its role, at the first sign-in of who holds the address. The row is the worker''s job at the identity provider as well.';
comment on column app.invitations.id is 'Primary key, UUIDv7. The identity provider keeps it with the account that comes of it. [class: internal]';
comment on column app.invitations.email is 'Whom: the address, in lower case. [class: personal; erasure: delete]';
comment on column app.invitations.role is 'The role that the person is given: coach, admin, compliance, operator or auditor. [class: internal]';
comment on column app.invitations.note is 'What the inviter noted for other administrators; at most 500 characters. [class: personal; erasure: delete]';
comment on column app.invitations.invited_by is 'Who invited. [class: internal]';
comment on column app.invitations.created_at is 'When. [class: internal]';
comment on column app.invitations.state is 'queued (to be sent by the identity provider), sent, accepted, revoked, expired, or failed (it could not be sent). [class: internal]';
comment on column app.invitations.sendings is 'How often it was asked to be sent. [class: internal]';
comment on column app.invitations.asked_at is 'When it was asked to be sent last. [class: internal]';
comment on column app.invitations.expires_at is 'Until when it can be accepted. [class: internal]';
comment on column app.invitations.sent_at is 'When the identity provider took it last. [class: internal]';
comment on column app.invitations.provider_id is 'The identity provider''s id of it. [class: internal]';
comment on column app.invitations.accepted_at is 'When the person signed in first. [class: internal]';
comment on column app.invitations.accepted_by is 'The account that came of it. [class: internal]';
comment on column app.invitations.revoked_at is 'When it was revoked. [class: internal]';
comment on column app.invitations.revoked_by is 'Who revoked it. [class: internal]';
comment on column app.invitations.pending_step is 'What the worker has still to do at the identity provider: create or withdraw. [class: internal]';
comment on column app.invitations.runner is 'The worker''s claim that is at it; another claim takes it away. [class: internal]';
comment on column app.invitations.attempts is 'How often the step was taken up. [class: internal]';
comment on column app.invitations.next_attempt_at is 'Not to be taken up before. [class: internal]';
comment on column app.invitations.last_error is 'Why the last attempt did not get further, as a code. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('invitations', 365, 365);
