import type { Scenario } from '../scenario.ts';

/** A check constraint, and a value that it must refuse: to everybody, triggers or not, the superuser included. */
const violations: [constraint: string, table: string, set: string][] = [
  ['profiles_subject_check', 'app.profiles', `subject = ''`],
  ['profiles_role_check', 'app.profiles', `role = 'owner'`],
  ['profiles_email_check', 'app.profiles', `email = '@'`],
  ['profiles_display_name_check', 'app.profiles', `display_name = ''`],
  ['videos_title_check', 'app.videos', `title = ' Squat'`],
  ['videos_description_check', 'app.videos', `description = repeat('x', 2001)`],
  ['videos_status_check', 'app.videos', `status = 'public'`],
  ['videos_duration_seconds_check', 'app.videos', 'duration_seconds = -1'],
  ['upload_jobs_state_check', 'app.upload_jobs', `state = 'done'`],
  ['upload_jobs_file_name_check', 'app.upload_jobs', `file_name = ''`],
  ['upload_jobs_file_size_bytes_check', 'app.upload_jobs', 'file_size_bytes = 0'],
  ['upload_jobs_content_type_check', 'app.upload_jobs', `content_type = 'text/html'`],
  ['upload_jobs_file_fingerprint_check', 'app.upload_jobs', `file_fingerprint = 'the first bytes'`],
  ['mux_assets_status_check', 'app.mux_assets', `status = 'public'`],
  ['mux_assets_duration_seconds_check', 'app.mux_assets', 'duration_seconds = -1'],
  ['webhook_events_provider_check', 'app.webhook_events', `provider = 'nobody'`],
  ['webhook_events_event_id_check', 'app.webhook_events', `event_id = ''`],
  ['webhook_events_type_check', 'app.webhook_events', `type = ''`],
  ['webhook_events_object_id_check', 'app.webhook_events', `object_id = ''`],
  ['webhook_events_body_check', 'app.webhook_events', `body = ''`],
  ['webhook_events_state_check', 'app.webhook_events', `state = 'lost'`],
  ['webhook_events_attempts_check', 'app.webhook_events', 'attempts = -1'],
  ['webhook_events_last_error_check', 'app.webhook_events', `last_error = repeat('x', 1001)`],
  ['webhook_refusals_provider_check', 'app.webhook_refusals', `provider = 'nobody'`],
  ['webhook_refusals_reason_check', 'app.webhook_refusals', `reason = 'mood'`],
  ['webhook_refusals_refused_check', 'app.webhook_refusals', 'refused = 0'],
  ['retention_policies_keep_days_check', 'app.retention_policies', 'keep_days = 0'],
  ['retention_policies_audit_entries_check', 'app.retention_policies', `id = 'audit_entries', keep_days = 364`],
  ['retention_policies_reason_check', 'app.retention_policies', `reason = 'x'`],
  ['dropped_months_row_count_check', 'app.dropped_months', 'row_count = -1'],
  ['legal_holds_reason_check', 'app.legal_holds', `reason = 'x'`],
  ['legal_holds_lifted_check', 'app.legal_holds', 'lifted_at = now()'],
  [
    'erasure_requests_state_check',
    'app.erasure_requests',
    `state = 'done', decided_by = requested_by, decided_at = now(), decision_reason = 'Enough'`,
  ],
  ['erasure_requests_reason_check', 'app.erasure_requests', `reason = 'x'`],
  ['erasure_requests_decided_check', 'app.erasure_requests', `state = 'approved'`],
  ['erasure_steps_action_check', 'app.erasure_steps', `action = 'forget'`],
  ['share_tokens_public_id_check', 'app.share_tokens', `public_id = 'short'`],
  ['share_tokens_secret_hash_check', 'app.share_tokens', `secret_hash = 'plain text'`],
  ['share_tokens_label_check', 'app.share_tokens', `label = ''`],
  ['share_tokens_starts_at_check', 'app.share_tokens', `starts_at = created_at - interval '1 hour'`],
  ['share_tokens_life_check', 'app.share_tokens', `expires_at = created_at + interval '169 hours'`],
  ['share_tokens_revoked_check', 'app.share_tokens', 'revoked_at = now()'],
  ['playback_decisions_kind_check', 'app.playback_decisions', `kind = 'guess'`],
  [
    'playback_decisions_rule_check',
    'app.playback_decisions',
    `rule = 'because', allowed = false, token_expires_at = null`,
  ],
  ['playback_decisions_allowed_check', 'app.playback_decisions', 'token_expires_at = null'],
  [
    'playback_decisions_renewal_check',
    'app.playback_decisions',
    `is_renewal = true, allowed = false, rule = 'play.expired', token_expires_at = null`,
  ],
  ['playback_decisions_public_id_check', 'app.playback_decisions', `public_id = repeat('x', 65)`],
  ['playback_decisions_request_id_check', 'app.playback_decisions', `request_id = repeat('x', 201)`],
  ['playback_decisions_user_agent_family_check', 'app.playback_decisions', `user_agent_family = repeat('x', 101)`],
  ['entries_door_check', 'audit.entries', `door = 'window'`],
  ['entries_action_check', 'audit.entries', `action = 'Something Happened'`],
  ['checkpoints_size_check', 'audit.checkpoints', 'size = 0'],
  ['checkpoints_root_check', 'audit.checkpoints', `root = 'short'`],
  ['checkpoints_key_id_check', 'audit.checkpoints', `key_id = 'short'`],
  ['sessions_id_check', 'authz.sessions', `id = ''`],
  ['sessions_denied_check', 'authz.sessions', 'denied_at = now()'],
  ['confirmations_session_id_check', 'authz.confirmations', `session_id = ''`],
  ['confirmations_action_check', 'authz.confirmations', `action = 'Anything'`],
  ['revocations_reason_check', 'app.revocations', `reason = 'x'`],
  ['revocations_token_count_check', 'app.revocations', 'token_count = 0'],
  [
    'revocations_last_byte_possible_by_check',
    'app.revocations',
    `last_byte_possible_by = revoked_at - interval '1 hour'`,
  ],
  ['identity_providers_issuer_check', 'authz.identity_providers', `issuer = ''`],
  ['identity_providers_audience_check', 'authz.identity_providers', `audience = ''`],
];

/** Triggers are off, so that the constraint answers and nothing before it. */
export const checkScenarios: Scenario[] = violations.map(([constraint, table, set]) => ({
  rule: `${constraint} refuses ${set}`,
  as: 'superuser',
  statement: (key) => {
    const rows = [
      'app.webhook_events',
      'app.webhook_refusals',
      'app.retention_policies',
      'app.dropped_months',
      'audit.checkpoints',
      'authz.identity_providers',
    ].includes(table)
      ? 'nobody'
      : 'own';
    const column =
      { 'authz.identity_providers': 'issuer', 'audit.checkpoints': 'size', 'app.webhook_refusals': 'reason' }[table] ??
      'id';
    return `do $$ begin
      set local session_replication_role = 'replica';
      update ${table} set ${set} where ${column} = ${key(table, rows)};
    end $$`;
  },
  answer: `23514 ${constraint}`,
}));

/** Names of the constraints that are tried. */
export const declaredChecks = violations.map(([constraint]) => constraint);
