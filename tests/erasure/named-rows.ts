/**
 * Rows that say something about the person with profile $1 in tables in which nobody owns a row, so that the conformance suite's world has
 * none of theirs.
 */
export const namedRows: readonly string[] = [
  `update app.retention_policies set changed_by = $1, reason = 'Amelia wants it so' where id = 'webhook_events'`,
  `update app.feature_flags set changed_by = $1, reason = 'Amelia wants it so' where id = 'MUX_WEBHOOK_DLQ_ENABLED'`,
  // The one flag there is would be theirs; another is not.
  `insert into app.feature_flags (id, description, applies_to, is_enabled) select 'NOT_THEIRS', 'Not theirs', 'people', $1::uuid is not null`,
  `update app.abuse_rules set changed_by = $1, reason = 'Amelia wants it so' where id = 'guessing'`,
  `insert into app.address_blocks (address_hash, reason, blocked_by, expires_at) values (sha256('named'), 'Amelia saw it', $1, now() + interval '1 hour')`,
  `insert into app.alerts (key, severity, title, state, acknowledged_at, acknowledged_by, acknowledge_note)
   values ('named', 'warning', 'The queue stands still', 'acknowledged', now(), $1, 'Amelia looks at it')`,
  `insert into app.error_groups (fingerprint, environment, severity, code, message, acknowledged_at, acknowledged_by, acknowledged_count, note)
   values ('named', 'test', 'error', 'service.failed', 'It failed', now(), $1, 1, 'Amelia looks at it')`,
  `insert into app.error_events (group_id, environment, severity, code, message, context, profile_id)
   select g.id, 'test', 'error', 'service.failed', 'Amelia met it', '{"page": "/videos"}', $1 from app.error_groups g where g.fingerprint = 'named'`,
  `insert into app.notification_deliveries (notification_id, kind, channel, address_hash)
   select n.id, n.kind, 'email', sha256('an address') from app.notifications n where n.profile_id = $1`,
  // By the conformance world, the person invited somebody; here they were invited, and invited again after they had come.
  `insert into app.invitations (email, role, note, invited_by, state, accepted_at, accepted_by, expires_at, pending_step)
   select 'amelia.before@club.example', 'coach', 'Amelia of the north', p.id, 'accepted', now(), $1, now() + interval '7 days', null
   from app.profiles p where p.subject = 'user_priya_nair'`,
  `insert into app.invitations (email, role, note, invited_by, state, revoked_at, revoked_by, expires_at, pending_step)
   select lower(q.email), 'coach', 'Amelia once more', p.id, 'revoked', now(), p.id, now() + interval '7 days', null
   from app.profiles p, app.profiles q where p.subject = 'user_priya_nair' and q.id = $1`,
  `insert into app.webhook_events (provider, event_id, type, body, signed_at)
   select 'clerk', 'event-of-clerk', 'user.updated', convert_to(json_build_object('id', p.subject)::text, 'UTF8'), now()
   from app.profiles p where p.id = $1`,
  `insert into app.webhook_events (provider, event_id, type, body, signed_at)
   select 'resend', 'event-of-resend', 'email.delivered', convert_to(json_build_object('to', p.email)::text, 'UTF8'), now()
   from app.profiles p where p.id = $1`,
];
