-- Up Migration

-- In a transaction of its own: validating blocks nobody, as long as the constraint was made in another one.
alter table app.webhook_events validate constraint webhook_events_provider_check;
alter table authz.sessions validate constraint sessions_denied_check;
