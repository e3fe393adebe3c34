-- Up Migration

-- No foreign keys, on purpose: an entry outlives what it is about and must never be changed by a cascade.
create table audit.entries (
  id uuid not null default uuidv7(),
  occurred_at timestamptz not null default now(),
  xid xid8 not null default pg_current_xact_id(),
  actor_subject text,
  actor_profile_id uuid,
  actor_role text not null,
  acting_as jsonb,
  door text not null,
  request_id text,
  action text not null,
  object_type text not null,
  object_id text not null,
  owner_id uuid,
  before jsonb,
  after jsonb,
  reason text,
  constraint entries_pkey primary key (id, occurred_at),
  constraint entries_door_check check (door in ('rest', 'api', 'worker', 'sql')),
  constraint entries_action_check check (action ~ '^[a-z_]+\.[a-z_]+$')
) partition by range (occurred_at);

create index entries_occurred_at_idx on audit.entries (occurred_at desc, id desc);
create index entries_owner_id_idx on audit.entries (owner_id, occurred_at desc, id desc);
create index entries_object_idx on audit.entries (object_type, object_id, occurred_at desc);
create index entries_actor_subject_idx on audit.entries (actor_subject, occurred_at desc);
create index entries_action_idx on audit.entries (action, occurred_at desc);
create index entries_xid_idx on audit.entries (xid, id);

alter table audit.entries enable row level security;
alter table audit.entries force row level security;

comment on table audit.entries is 'Who did what, when, through which door and why: one entry per changed row or privileged read. Append-only for every role. By the month.';
comment on column audit.entries.id is 'Primary key, UUIDv7. [class: internal]';
comment on column audit.entries.occurred_at is 'Start of the transaction that did it. [class: internal]';
comment on column audit.entries.xid is 'The transaction that did it. Entries are safe to seal once it is below pg_snapshot_xmin. [class: internal]';
comment on column audit.entries.actor_subject is 'The token''s `sub`; null when a program acted on its own. [class: personal; erasure: keep]';
comment on column audit.entries.actor_profile_id is 'The actor''s profile, when there is one. [class: internal]';
comment on column audit.entries.actor_role is 'Database role that acted: a caller''s role, or the login itself. [class: internal]';
comment on column audit.entries.acting_as is 'The token''s `act`: who really sat there, when somebody impersonated the subject. [class: personal; erasure: keep]';
comment on column audit.entries.door is 'rest (PostgREST), api, worker, or sql for a direct connection. [class: internal]';
comment on column audit.entries.request_id is 'Id of the HTTP request, as in the logs. [class: internal]';
comment on column audit.entries.action is 'What was done, such as share_token.revoked or video.preview. [class: internal]';
comment on column audit.entries.object_type is 'What kind of thing it was done to. [class: internal]';
comment on column audit.entries.object_id is 'Which one. [class: internal]';
comment on column audit.entries.owner_id is 'The coach whose thing it is: they may read the entry. [class: internal]';
comment on column audit.entries.before is 'The changed columns as they were. Without secrets; personal values are only told to have changed. [class: sensitive]';
comment on column audit.entries.after is 'The changed columns as they are; of a new row, all of them. Without secrets and personal values. [class: sensitive]';
comment on column audit.entries.reason is 'Why, in the actor''s words or the program''s. [class: sensitive]';
