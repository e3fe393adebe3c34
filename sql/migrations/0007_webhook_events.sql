-- Up Migration

create table app.webhook_events (
  id uuid not null default uuidv7(),
  provider text not null,
  event_id text not null,
  type text not null,
  object_id text,
  body bytea not null,
  signed_at timestamptz not null,
  received_at timestamptz not null default now(),
  state text not null default 'received',
  attempts integer not null default 0,
  last_error text,
  next_attempt_at timestamptz not null default now(),
  processed_at timestamptz,
  constraint webhook_events_pkey primary key (id, received_at),
  constraint webhook_events_provider_check check (provider in ('mux')),
  constraint webhook_events_event_id_check check (length(event_id) between 1 and 200),
  constraint webhook_events_type_check check (length(type) between 1 and 200),
  constraint webhook_events_object_id_check check (length(object_id) between 1 and 200),
  constraint webhook_events_body_check check (octet_length(body) between 1 and 1048576),
  constraint webhook_events_state_check check (state in ('received', 'processed', 'ignored', 'dead', 'quarantined')),
  constraint webhook_events_attempts_check check (attempts >= 0),
  constraint webhook_events_last_error_check check (length(last_error) <= 1000)
) partition by range (received_at);

create index webhook_events_due_idx on app.webhook_events (next_attempt_at, id) where state = 'received';
create index webhook_events_received_at_idx on app.webhook_events (received_at desc, id desc);
create index webhook_events_object_id_idx on app.webhook_events (object_id);

alter table app.webhook_events enable row level security;
alter table app.webhook_events force row level security;

-- Uniqueness across months cannot be a constraint of a partitioned table, so the ids that have been seen stand here.
create table app.webhook_receipts (
  provider text not null,
  event_id text not null,
  webhook_event_id uuid not null,
  received_at timestamptz not null default now(),
  constraint webhook_receipts_pkey primary key (provider, event_id)
);

create index webhook_receipts_received_at_idx on app.webhook_receipts (received_at);

alter table app.webhook_receipts enable row level security;
alter table app.webhook_receipts force row level security;

comment on table app.webhook_receipts is 'Which events have been received: an event is stored once, whatever month its second delivery comes in.';
comment on column app.webhook_receipts.provider is 'Who sent it: mux. [class: internal]';
comment on column app.webhook_receipts.event_id is 'The provider''s id of the event. [class: internal]';
comment on column app.webhook_receipts.webhook_event_id is 'Where it is stored. Not a foreign key, because months are dropped. [class: internal]';
comment on column app.webhook_receipts.received_at is 'When it was first received. [class: internal]';

comment on table app.webhook_events is 'The inbox: every validly signed event, stored once, before it is acknowledged (UP-06, UP-07). By the month.';
comment on column app.webhook_events.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.webhook_events.provider is 'Who sent it: mux. [class: internal]';
comment on column app.webhook_events.event_id is 'The provider''s id of the event; a second delivery has the same one. [class: internal]';
comment on column app.webhook_events.type is 'The provider''s event type, such as video.asset.ready. [class: internal]';
comment on column app.webhook_events.object_id is 'The provider''s id of what the event is about. [class: sensitive]';
comment on column app.webhook_events.body is 'The bytes that were signed, exactly. Seen by no role; only folded. [class: sensitive]';
comment on column app.webhook_events.signed_at is 'The signature''s timestamp. [class: internal]';
comment on column app.webhook_events.received_at is 'When it was stored. [class: internal]';
comment on column app.webhook_events.state is 'received, then processed or ignored; dead after the last failed attempt; quarantined when its signature was too old. [class: internal]';
comment on column app.webhook_events.attempts is 'How often folding it failed. [class: internal]';
comment on column app.webhook_events.last_error is 'Why folding it failed last. [class: sensitive]';
comment on column app.webhook_events.next_attempt_at is 'Not to be folded again before. [class: internal]';
comment on column app.webhook_events.processed_at is 'When it was folded or found to be of no interest. [class: internal]';
