-- Up Migration

-- An event that nobody wants folded is discarded, for good.
alter table app.webhook_events drop constraint webhook_events_state_check;
alter table app.webhook_events add constraint webhook_events_state_check
  check (state in ('received', 'processed', 'ignored', 'dead', 'quarantined', 'discarded'));

alter table app.webhook_events add column replays integer not null default 0;
alter table app.webhook_events add constraint webhook_events_replays_check check (replays >= 0);

-- What waits aside is few, and asked for again and again: how much there is, and what may be replayed. An index of a partitioned table
-- cannot be made concurrently.
-- squawk-ignore require-concurrent-index-creation
create index webhook_events_aside_idx on app.webhook_events (state, next_attempt_at, id) where state in ('dead', 'quarantined');

comment on column app.webhook_events.state is 'received, then processed or ignored; dead after the last failed attempt; quarantined when its signature was too old; discarded by a person, for good. [class: internal]';
comment on column app.webhook_events.attempts is 'How often folding it failed since it was received or replayed. [class: internal]';
comment on column app.webhook_events.replays is 'How often it was replayed, by a person or by the job mux-dlq-replay. [class: internal]';
comment on column app.webhook_events.next_attempt_at is 'Not to be folded again before; of a dead event, not to be replayed by the job mux-dlq-replay before. [class: internal]';
comment on column app.webhook_events.processed_at is 'When it was folded, found to be of no interest, or discarded. [class: internal]';

create table app.webhook_attempts (
  webhook_event_id uuid not null,
  no integer not null,
  replay_no integer not null,
  failed_at timestamptz not null default now(),
  error text not null,
  constraint webhook_attempts_pkey primary key (webhook_event_id, no, failed_at),
  constraint webhook_attempts_no_check check (no >= 1),
  constraint webhook_attempts_replay_no_check check (replay_no >= 0),
  constraint webhook_attempts_error_check check (length(error) <= 1000)
) partition by range (failed_at);

create index webhook_attempts_failed_at_idx on app.webhook_attempts (failed_at desc, webhook_event_id);

alter table app.webhook_attempts enable row level security;
alter table app.webhook_attempts force row level security;

comment on table app.webhook_attempts is 'Every failed attempt to fold a webhook event, with its error; of an event with more than 100, the first 5 and the newest 95. By the month; goes with the events.';
comment on column app.webhook_attempts.webhook_event_id is 'Which event. Not a foreign key, because months are dropped. [class: internal]';
comment on column app.webhook_attempts.no is 'The how manieth failure of the event, counted through its replays. [class: internal]';
comment on column app.webhook_attempts.replay_no is 'After how many replays; 0 before the first. [class: internal]';
comment on column app.webhook_attempts.failed_at is 'When it failed. [class: internal]';
comment on column app.webhook_attempts.error is 'Why, without tokens and addresses; at most 1,000 characters. [class: sensitive]';
