import type { Arrangement } from './world.ts';

/** Rows of consents and of what people are told. */
export const noticeArrangements: Record<string, Arrangement> = {
  'app.consent_notices': {
    nobody: `select id::text as key from app.consent_notices where jurisdiction = 'EU' and version = 1`,
  },
  'app.consents': {
    own: `insert into app.consents (profile_id, notice_id, action, categories)
          select $1, n.id, 'given', '{analytics}' from app.consent_notices n where n.jurisdiction = 'AU' returning id::text as key`,
    nobody: `insert into app.consents (browser_id, notice_id, action, categories)
             select uuidv7(), n.id, 'refused', '{}' from app.consent_notices n where n.jurisdiction = 'AU' returning id::text as key`,
  },
  'app.notification_kinds': { nobody: `select id as key from app.notification_kinds where id = 'share.issued'` },
  'app.notification_preferences': {
    own: `insert into app.notification_preferences (profile_id, kind, channel, is_enabled)
          values ($1, 'share.issued', 'email', false) returning id::text as key`,
  },
  'app.notifications': {
    own: `insert into app.notifications (kind, profile_id, dedupe_key, variables, is_in_app)
          values ('share.issued', $1, 'arranged', '{}', true) returning id::text as key`,
    nobody: `insert into app.notifications (kind, dedupe_key, variables, is_in_app)
             values ('alert.raised', 'arranged', '{}', false) returning id::text as key`,
  },
  'app.notification_deliveries': {
    nobody: `insert into app.notification_deliveries (notification_id, kind, channel, destination)
             select n.id, n.kind, 'slack', 'platform' from app.notifications n where n.profile_id is null returning id::text as key`,
  },
  'api.my_notification_preferences': { nobody: `select 'share.issued:email' as key` },
};

/** How the back office shows itself to people, and the views that they saved. */
export const settingArrangements: Record<string, Arrangement> = {
  'app.preferences': {
    own: `insert into app.preferences (profile_id, time_zone, language, density)
          values ($1, 'Australia/Perth', 'en-AU', 'compact') returning id::text as key`,
  },
  'app.saved_views': {
    own: `insert into app.saved_views (profile_id, list, name, query)
          values ($1, 'share_tokens', 'Ending soon', 'status=active&sort=expires_at') returning id::text as key`,
  },
};

/** Rows of alerts, errors and feature flags: they are nobody's. */
export const operationArrangements: Record<string, Arrangement> = {
  'app.alerts': {
    nobody: `insert into app.alerts (key, severity, title, escalates_at)
             values ('arranged', 'critical', 'The queue stands still', now()) returning id::text as key`,
  },
  'app.error_groups': {
    nobody: `insert into app.error_groups (fingerprint, environment, severity, code, message)
             values ('arranged', 'test', 'error', 'service.failed', 'It failed') returning id::text as key`,
  },
  'app.error_events': {
    nobody: `insert into app.error_events (group_id, environment, severity, code, message)
             select g.id, g.environment, g.severity, g.code, g.message from app.error_groups g returning id::text as key`,
  },
  'app.feature_flags': { nobody: `select id as key from app.feature_flags where id = 'MUX_WEBHOOK_DLQ_ENABLED'` },
};

/** Rows of a comparison with Mux. */
export const reconciliationArrangements: Record<string, Arrangement> = {
  'app.reconciliation_runs': {
    nobody: `insert into app.reconciliation_runs (kind, is_dry_run, orphan_rule) values ('whole', false, 'list') returning id::text as key`,
  },
  'app.reconciliation_findings': {
    nobody: `insert into app.reconciliation_findings (run_id, kind, subject, action)
             select r.id, 'asset_orphan', 'arranged', 'listed' from app.reconciliation_runs r returning id::text as key`,
  },
  'app.reconciliation_sightings': {
    nobody: `insert into app.reconciliation_sightings (run_id, kind, subject)
             select r.id, 'asset', 'arranged' from app.reconciliation_runs r returning subject as key`,
  },
};

/** A cut of a playback that is confirmed. */
export const playbackCutArrangements: Record<string, Arrangement> = {
  'app.playback_cuts': {
    own: `insert into app.playback_cuts (video_id, coach_id, asset_id, requested_by, reason, state, old_playback_id, new_playback_id,
            switched_at, deleted_at, confirmed_at, refused_status)
          select a.video_id, $1, a.id, $1, 'Season is over', 'confirmed', 'old-' || a.id, 'new-' || a.id, now(), now(), now(), 404
          from app.mux_assets a join app.videos v on v.id = a.video_id where v.coach_id = $1 returning id::text as key`,
  },
};

/** A signing key that waits, and a webhook secret that waits beside the active one. */
export const keyArrangements: Record<string, Arrangement> = {
  'app.webhook_secrets': {
    nobody: `with active as (
               insert into app.webhook_secrets (id, provider, state, sealed_secret, active_at)
               values ('00000000000000aa', 'mux', 'active', '\\x00', now()))
             insert into app.webhook_secrets (id, provider, sealed_secret) values ('00000000000000bb', 'mux', '\\x00') returning id as key`,
  },
  'app.signing_keys': {
    nobody: `insert into app.signing_keys (id, sealed_private_key) values ('arranged', '\\x00') returning id as key`,
  },
};

/** Runs of the canary, and an entry of a revocation; they are nobody's. */
export const canaryArrangements: Record<string, Arrangement> = {
  'app.canary_runs': {
    nobody: `insert into app.canary_runs (kind, video_id, share_token_id, outcome, ended_at)
             values ('revoke', uuidv7(), uuidv7(), 'in_time', now()) returning id::text as key`,
  },
  'api.revocation_latency': {
    nobody: `insert into audit.entries (actor_role, door, action, object_type, object_id, after)
             values ('mm_service', 'worker', 'share_token.revoked', 'share_token', uuidv7()::text,
                     jsonb_build_object('revoked_at', now())) returning id::text as key`,
  },
};

/** An invitation that was sent, by each person, of an address of its own. */
export const invitationArrangements: Record<string, Arrangement> = {
  'app.invitations': {
    own: `insert into app.invitations (email, role, invited_by, state, expires_at, sent_at, provider_id, pending_step)
          values ($1::uuid || '@club.example', 'coach', $1, 'sent', now() + interval '7 days', now(), 'inv_' || $1::uuid, null)
          returning id::text as key`,
  },
};
