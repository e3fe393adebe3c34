-- Up Migration

create table app.abuse_rules (
  id text not null,
  description text not null,
  threshold integer not null,
  window_minutes integer not null,
  is_watched boolean not null default true,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  changed_by uuid,
  reason text,
  constraint abuse_rules_pkey primary key (id),
  constraint abuse_rules_changed_by_fkey foreign key (changed_by) references app.profiles (id) on delete restrict,
  constraint abuse_rules_id_check check (id in ('guessing', 'many-links', 'spread', 'refusals', 'signatures', 'limits')),
  constraint abuse_rules_description_check check (length(description) between 1 and 500),
  constraint abuse_rules_threshold_check check (threshold between 1 and 1000000),
  constraint abuse_rules_window_minutes_check check (window_minutes between 1 and 1440),
  constraint abuse_rules_reason_check check (length(reason) between 3 and 500)
);

create index abuse_rules_changed_by_idx on app.abuse_rules (changed_by);

alter table app.abuse_rules enable row level security;
alter table app.abuse_rules force row level security;

comment on table app.abuse_rules is 'What is watched for abuse, and from how many on it is an alert (RL-07). A rule comes and goes with app.find_abuse(), by migrations.';
comment on column app.abuse_rules.id is 'Primary key: the name of the rule. [class: internal]';
comment on column app.abuse_rules.description is 'What is counted; at most 500 characters. [class: internal]';
comment on column app.abuse_rules.threshold is 'From how many on it is an alert. [class: internal]';
comment on column app.abuse_rules.window_minutes is 'In the last so many minutes. [class: internal]';
comment on column app.abuse_rules.is_watched is 'Not looked at when false. [class: internal]';
comment on column app.abuse_rules.version is 'Counts the changes: a change names the version that it is about. [class: internal]';
comment on column app.abuse_rules.updated_at is 'When it was changed last. [class: internal]';
comment on column app.abuse_rules.changed_by is 'Who changed it last; null as delivered. [class: internal]';
comment on column app.abuse_rules.reason is 'Why it was changed last; 3 to 500 characters. [class: personal; erasure: clear]';

insert into app.abuse_rules (id, description, threshold, window_minutes) values
  ('guessing', 'Look-ups of links that do not exist, or with a wrong secret, by one address.', 40, 15),
  ('many-links', 'Different links that one address asked for.', 20, 15),
  ('spread', 'Different addresses that one link let in.', 60, 60),
  ('refusals', 'Refused requests to watch, of everybody together.', 300, 15),
  ('signatures', 'Webhooks refused for their signature today, when the last one came in this window.', 100, 15),
  ('limits', 'Requests that an enforced rate limit refused, of everybody together.', 500, 15);
