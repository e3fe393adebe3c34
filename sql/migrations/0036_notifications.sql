-- Up Migration

create table app.notification_kinds (
  id text not null,
  title text not null,
  is_critical boolean not null,
  audience text[] not null,
  channels text[] not null,
  constraint notification_kinds_pkey primary key (id),
  constraint notification_kinds_id_check check (id ~ '^[a-z_]+\.[a-z_]+$'),
  constraint notification_kinds_title_check check (length(title) between 1 and 120),
  constraint notification_kinds_audience_check check (
    cardinality(audience) > 0 and audience <@ array['coach', 'admin', 'compliance', 'operator', 'auditor']),
  constraint notification_kinds_channels_check check (cardinality(channels) > 0 and channels <@ array['in_app', 'email', 'slack'])
);

alter table app.notification_kinds enable row level security;
alter table app.notification_kinds force row level security;

comment on table app.notification_kinds is 'What people are told about (NT-05). A kind comes and goes with the code that tells it, by migrations.';
comment on column app.notification_kinds.id is 'Primary key: the kind, such as share.issued; also the name of its templates. [class: public]';
comment on column app.notification_kinds.title is 'What the preference centre calls it; 1 to 120 characters. [class: public]';
comment on column app.notification_kinds.is_critical is 'Critical or statutory: nobody can switch it off (NT-04). [class: public]';
comment on column app.notification_kinds.audience is 'The roles that may be told: coach, admin, compliance, operator, auditor. [class: public]';
comment on column app.notification_kinds.channels is 'By which ways: in_app, email, slack (to a channel of the team, not to a person). [class: public]';

insert into app.notification_kinds (id, title, is_critical, audience, channels) values
  ('share.issued', 'A share link was made', false, '{coach}', '{in_app,email}'),
  ('share.expiring', 'A share link is about to expire', false, '{coach}', '{in_app,email}'),
  ('share.revoked', 'A share link was revoked', false, '{coach}', '{in_app,email}'),
  ('upload.ready', 'A video is ready', false, '{coach}', '{in_app,email}'),
  ('upload.failed', 'An upload failed', false, '{coach}', '{in_app,email}'),
  ('erasure.received', 'A request to erase was received', true, '{coach,compliance}', '{in_app,email}'),
  ('erasure.done', 'An erasure was carried out', true, '{coach,compliance}', '{in_app,email}'),
  ('erasure.near_deadline', 'An erasure is near its deadline', true, '{compliance}', '{in_app,email,slack}'),
  ('retention.warning', 'Videos are about to be removed', true, '{coach,compliance}', '{in_app,email}'),
  ('alert.raised', 'An alert was raised', false, '{operator,admin}', '{in_app,email,slack}'),
  ('alert.escalated', 'Nobody acknowledged an alert in time', true, '{operator,admin}', '{in_app,email,slack}'),
  ('webhook.dead', 'Webhook events were laid aside as dead', false, '{operator,admin}', '{in_app,email,slack}'),
  ('cost.threshold', 'A cost threshold was passed', false, '{operator,admin}', '{in_app,email,slack}'),
  ('vendor_review.due', 'A vendor review is due', false, '{compliance,admin}', '{in_app,email}'),
  ('deployment.result', 'A deployment ended', false, '{operator,admin}', '{in_app,email,slack}');

create table app.notification_preferences (
  id uuid not null default uuidv7(),
  profile_id uuid not null,
  kind text not null,
  channel text not null,
  is_enabled boolean not null,
  updated_at timestamptz not null default now(),
  constraint notification_preferences_pkey primary key (id),
  constraint notification_preferences_profile_id_kind_channel_key unique (profile_id, kind, channel),
  constraint notification_preferences_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint notification_preferences_kind_fkey foreign key (kind) references app.notification_kinds (id) on delete restrict,
  constraint notification_preferences_channel_check check (channel in ('in_app', 'email'))
);

create index notification_preferences_profile_id_idx on app.notification_preferences (profile_id, updated_at desc, id desc);
create index notification_preferences_kind_idx on app.notification_preferences (kind);

alter table app.notification_preferences enable row level security;
alter table app.notification_preferences force row level security;

comment on table app.notification_preferences is 'What a person chose of the kinds of notices, by channel. No row: everything is on.';
comment on column app.notification_preferences.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.notification_preferences.profile_id is 'Whose choice. [class: internal]';
comment on column app.notification_preferences.kind is 'Of which kind. [class: internal]';
comment on column app.notification_preferences.channel is 'in_app or email. [class: internal]';
comment on column app.notification_preferences.is_enabled is 'Whether they want it. [class: personal; erasure: delete]';
comment on column app.notification_preferences.updated_at is 'When they chose last. [class: internal]';

create table app.notifications (
  id uuid not null default uuidv7(),
  kind text not null,
  profile_id uuid,
  dedupe_key text not null,
  variables jsonb not null,
  is_in_app boolean not null,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  constraint notifications_pkey primary key (id),
  constraint notifications_dedupe_key unique nulls not distinct (dedupe_key, profile_id),
  constraint notifications_kind_fkey foreign key (kind) references app.notification_kinds (id) on delete restrict,
  constraint notifications_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint notifications_dedupe_key_check check (length(dedupe_key) between 1 and 200),
  constraint notifications_variables_check check (jsonb_typeof(variables) = 'object' and octet_length(variables::text) <= 8192),
  constraint notifications_is_in_app_check check (profile_id is not null or not is_in_app),
  constraint notifications_read_at_check check (read_at is null or is_in_app)
);

create index notifications_profile_id_idx on app.notifications (profile_id, created_at desc, id desc);
create index notifications_kind_idx on app.notifications (kind);
create index notifications_created_at_idx on app.notifications (created_at);

alter table app.notifications enable row level security;
alter table app.notifications force row level security;

comment on table app.notifications is 'What somebody was told, once for each occasion (NT-06). It is shown in the app from here; other ways are app.notification_deliveries.';
comment on column app.notifications.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.notifications.kind is 'What kind of notice. [class: internal]';
comment on column app.notifications.profile_id is 'Who was told; null for a channel of the team. [class: internal]';
comment on column app.notifications.dedupe_key is 'Names the occasion: a person is told once of each, however often it is enqueued. [class: internal]';
comment on column app.notifications.variables is 'What the template fills in; an object of at most 8 kB. [class: personal; erasure: delete]';
comment on column app.notifications.is_in_app is 'Whether the app shows it: for a person who has not switched that off. [class: internal]';
comment on column app.notifications.created_at is 'When it was enqueued. [class: internal]';
comment on column app.notifications.read_at is 'When the person marked it as read. [class: internal]';

create table app.notification_deliveries (
  id uuid not null default uuidv7(),
  notification_id uuid not null,
  kind text not null,
  channel text not null,
  destination text,
  address_hash bytea,
  state text not null default 'queued',
  suppressed_by text,
  attempts integer not null default 0,
  last_error text,
  provider_id text,
  template_version text,
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint notification_deliveries_pkey primary key (id),
  constraint notification_deliveries_notification_id_channel_key unique (notification_id, channel),
  constraint notification_deliveries_provider_id_key unique (provider_id),
  constraint notification_deliveries_notification_id_fkey foreign key (notification_id)
    references app.notifications (id) on delete cascade,
  constraint notification_deliveries_kind_fkey foreign key (kind) references app.notification_kinds (id) on delete restrict,
  constraint notification_deliveries_channel_check check (channel in ('email', 'slack')),
  constraint notification_deliveries_destination_check check (
    (channel = 'slack') = (destination is not null) and destination in ('security', 'platform', 'product', 'docs')),
  constraint notification_deliveries_address_hash_check check (octet_length(address_hash) = 32),
  constraint notification_deliveries_state_check check (state in ('queued', 'sent', 'failed', 'bounced', 'suppressed')),
  constraint notification_deliveries_suppressed_by_check check (
    (state = 'suppressed') = (suppressed_by is not null) and suppressed_by in ('preference', 'address')),
  constraint notification_deliveries_attempts_check check (attempts >= 0),
  constraint notification_deliveries_last_error_check check (length(last_error) <= 1000),
  constraint notification_deliveries_provider_id_check check (length(provider_id) between 1 and 200),
  constraint notification_deliveries_template_version_check check (length(template_version) between 1 and 100),
  constraint notification_deliveries_finished_check check ((state = 'queued') = (finished_at is null))
);

create index notification_deliveries_due_idx on app.notification_deliveries (next_attempt_at, id) where state = 'queued';
create index notification_deliveries_created_at_idx on app.notification_deliveries (created_at desc, id desc);
create index notification_deliveries_kind_idx on app.notification_deliveries (kind);
create index notification_deliveries_bounced_idx on app.notification_deliveries (address_hash) where state = 'bounced';

alter table app.notification_deliveries enable row level security;
alter table app.notification_deliveries force row level security;

comment on table app.notification_deliveries is 'The queue and the log of what leaves the house: one row for each way by which a notice is sent (NT-06).';
comment on column app.notification_deliveries.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.notification_deliveries.notification_id is 'The notice. [class: internal]';
comment on column app.notification_deliveries.kind is 'Its kind, for those who read the log of deliveries and not what people are told. [class: internal]';
comment on column app.notification_deliveries.channel is 'email or slack. [class: internal]';
comment on column app.notification_deliveries.destination is 'Of slack the channel: security, platform, product or docs; which one that is, is configuration (NT-03). [class: internal]';
comment on column app.notification_deliveries.address_hash is 'SHA-256 of the address that it went to, to know it again when it has bounced. Seen by no role. [class: personal; erasure: delete]';
comment on column app.notification_deliveries.state is 'queued, then sent, failed after the last attempt, or suppressed; a sent one may yet have bounced. [class: internal]';
comment on column app.notification_deliveries.suppressed_by is 'Why it was not sent: preference (the person switched it off), address (mail to it bounced before). [class: internal]';
comment on column app.notification_deliveries.attempts is 'How often sending was begun. [class: internal]';
comment on column app.notification_deliveries.last_error is 'What the provider said last, scrubbed; at most 1,000 characters. [class: sensitive]';
comment on column app.notification_deliveries.provider_id is 'The provider''s id of the message. [class: internal]';
comment on column app.notification_deliveries.template_version is 'Version of the template that it was rendered from. [class: internal]';
comment on column app.notification_deliveries.created_at is 'When it was enqueued. [class: internal]';
comment on column app.notification_deliveries.next_attempt_at is 'Not to be sent before. [class: internal]';
comment on column app.notification_deliveries.finished_at is 'When it got the state that it has; null while queued. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('notifications', 365, 365);

comment on table app.retention_policies is 'For how long rows are kept (CO-04). Of a monthly table a month goes when its last row is older; of another table each row.';
comment on table app.dropped_months is 'What retention has removed: one row for each month of a table that a run removed, or removed rows from.';
