-- Up Migration

create table app.webhook_refusals (
  day date not null,
  provider text not null,
  reason text not null,
  refused bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  constraint webhook_refusals_pkey primary key (day, provider, reason),
  constraint webhook_refusals_provider_check check (provider in ('mux', 'clerk', 'resend')),
  constraint webhook_refusals_reason_check check (reason in ('missing', 'malformed', 'mismatch', 'future')),
  constraint webhook_refusals_refused_check check (refused > 0)
);

create index webhook_refusals_first_at_idx on app.webhook_refusals (first_at desc);

alter table app.webhook_refusals enable row level security;
alter table app.webhook_refusals force row level security;

comment on table app.webhook_refusals is 'How many deliveries were refused for their signature (AU-11): counters, a dozen a day at most. Nothing of what was sent is kept.';
comment on column app.webhook_refusals.day is 'The day, in UTC. [class: internal]';
comment on column app.webhook_refusals.provider is 'Whose deliveries they claimed to be: mux, clerk or resend. [class: internal]';
comment on column app.webhook_refusals.reason is 'What was wrong with the signature: missing, malformed, mismatch, or future when its time is too far ahead. [class: internal]';
comment on column app.webhook_refusals.refused is 'How many. [class: internal]';
comment on column app.webhook_refusals.first_at is 'When the first of them was counted. [class: internal]';
comment on column app.webhook_refusals.last_at is 'When the last of them was counted. [class: internal]';
