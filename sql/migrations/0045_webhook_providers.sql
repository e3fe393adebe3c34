-- Up Migration

-- Clerk and Resend send to the same inbox as Mux.
alter table app.webhook_events drop constraint webhook_events_provider_check;
alter table app.webhook_events add constraint webhook_events_provider_check
  check (provider in ('mux', 'clerk', 'resend'));

comment on column app.webhook_events.provider is 'Who sent it: mux, clerk or resend. [class: internal]';
comment on column app.webhook_events.event_id is 'The provider''s id of the event, with Clerk and Resend of the message; a second delivery has the same one. [class: internal]';
comment on column app.webhook_events.type is 'The provider''s event type, such as video.asset.ready or user.updated. [class: internal]';
comment on column app.webhook_events.object_id is 'The provider''s id of what the event is about; null for Clerk, whose events are about people. [class: sensitive]';
comment on column app.webhook_events.body is 'The bytes that were signed, exactly. Seen by no role; only folded. Those of Clerk and Resend name people. [class: personal; erasure: expire]';
comment on column app.webhook_receipts.provider is 'Who sent it: mux, clerk or resend. [class: internal]';

-- What the identity provider says of a person, in its own time.
alter table app.profiles add column identity_observed_at timestamptz;
alter table app.profiles add column identity_deleted_at timestamptz;

comment on column app.profiles.identity_observed_at is 'How new, by the identity provider''s own time, the name and the address are: what is older never overwrites them. Null: as of the last sign-in. [class: internal]';
comment on column app.profiles.identity_deleted_at is 'When the identity provider deleted the person; the account is suspended and its rows stay. [class: internal]';

-- A session that the identity provider ended was ended by nobody here.
alter table authz.sessions drop constraint sessions_denied_check;
alter table authz.sessions add constraint sessions_denied_check check (
  (denied_at is null and denied_by is null and deny_reason is null)
  or (denied_at is not null and deny_reason is not null and length(deny_reason) between 3 and 500));

comment on column authz.sessions.denied_by is 'Who ended it; null when the identity provider did. [class: internal]';
