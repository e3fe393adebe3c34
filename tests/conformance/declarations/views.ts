import { object } from '../declare.ts';

const everyRow = 'all';
const ownRows = 'own';

/** The views of the api: what PostgREST serves, with the rows of the tables behind them. */
export const views = [
  object('api.data_catalogue', {
    // Read from pg_catalog, which everybody reads: so a row of it is nobody's.
    columns: { shown: 'id schema_name table_name column_name data_type class erasure comment' },
    select: { shown: { admin: everyRow, compliance: everyRow, operator: everyRow, auditor: everyRow } },
  }),
  object('api.me', {
    rowsOf: 'app.profiles',
    columns: { shown: 'id subject role email display_name created_at last_seen_at' },
    select: {
      shown: { coach: ownRows, admin: ownRows, compliance: ownRows, operator: ownRows, auditor: ownRows },
    },
  }),
  object('api.profiles', {
    rowsOf: 'app.profiles',
    columns: {
      shown:
        'id subject role email display_name created_at last_seen_at suspended_at role_assigned_at identity_deleted_at status',
    },
    select: { shown: { admin: everyRow } },
  }),
  object('api.sessions', {
    rowsOf: 'authz.sessions',
    columns: { shown: 'id profile_id display_name is_current first_seen_at last_seen_at denied_at deny_reason' },
    select: {
      shown: { coach: ownRows, admin: everyRow, compliance: ownRows, operator: ownRows, auditor: ownRows },
    },
  }),
  object('api.videos', {
    rowsOf: 'app.videos',
    columns: {
      written: 'title description',
      kept: `id coach_id coach_name status duration_seconds aspect_ratio error_code error_message created_at updated_at ready_at
             deleted_at version active_share_count upload_state upload_job_id`,
    },
    select: {
      written: { coach: ownRows, admin: everyRow },
      kept: { coach: ownRows, admin: everyRow },
    },
    update: { written: { coach: ownRows, admin: everyRow } },
  }),
  object('api.upload_jobs', {
    rowsOf: 'app.upload_jobs',
    columns: {
      shown: `id video_id video_title coach_id state file_name file_size_bytes content_type error_code error_message share_token_id expires_at
              requested_at uploading_at processing_at finished_at`,
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.upload_progress', {
    rowsOf: 'app.upload_jobs',
    columns: {
      shown: `id video_id state file_size_bytes content_type error_code expires_at requested_at uploading_at
              processing_at finished_at reconciled_at`,
    },
    select: { shown: { operator: everyRow } },
  }),
  object('api.share_tokens', {
    rowsOf: 'app.share_tokens',
    columns: {
      written: 'label',
      kept: `id public_id video_id video_title video_status coach_id coach_name status created_at starts_at expires_at revoked_at revoke_reason
             revoked_by_name created_by_name last_played_at play_count updated_at version note max_views view_count sign_in_required
             recipients_only has_passphrase embed_origins restores_id`,
    },
    select: {
      written: { coach: ownRows, admin: everyRow },
      kept: { coach: ownRows, admin: everyRow },
    },
    update: { written: { coach: ownRows, admin: everyRow } },
  }),
  object('api.share_recipients', {
    rowsOf: 'app.share_recipients',
    columns: { shown: 'id share_token_id coach_id kind value created_at' },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.share_token_plays', {
    rowsOf: 'app.share_tokens',
    columns: {
      shown: `id video_id coach_id created_at play_count measured_count watch_seconds completion rebuffer_ratio error_session_count
              last_event_at`,
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.video_plays', {
    rowsOf: 'app.videos',
    columns: {
      shown: `id coach_id created_at play_count measured_count watch_seconds completion rebuffer_ratio error_session_count
              last_event_at`,
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.playback_sessions', {
    rowsOf: 'app.playback_sessions',
    columns: {
      shown: `id share_token_id share_label video_id video_title coach_id recipient_id recipient started_at last_event_at is_played
              is_measured is_ended watch_seconds completion rebuffer_seconds rebuffer_ratio error_count last_error_code
              user_agent_family`,
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.recipient_plays', {
    rowsOf: 'app.share_recipients',
    columns: {
      shown: 'id share_token_id video_id coach_id kind value created_at play_count watch_seconds last_played_at',
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.revocations', {
    rowsOf: 'app.revocations',
    columns: {
      shown:
        'id revoked_at revoked_by revoked_by_name reason of_video_id of_coach_id token_count last_byte_possible_by filter',
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.revoked_tokens', {
    rowsOf: 'app.revoked_tokens',
    columns: {
      shown: `id revocation_id coach_id public_id label last_decision_at last_byte_possible_by last_heartbeat_at
              dead_since`,
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('api.retention_policies', {
    rowsOf: 'app.retention_policies',
    columns: { shown: 'id keep_days default_days changed_at changed_by reason' },
    select: { shown: { admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('api.dropped_months', {
    rowsOf: 'app.dropped_months',
    columns: { shown: 'id table_name month_begins_at row_count keep_days dropped_at' },
    select: { shown: { admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('api.legal_holds', {
    rowsOf: 'app.legal_holds',
    columns: { shown: 'id profile_id reason placed_by placed_at lifted_by lifted_at lift_reason' },
    select: { shown: { compliance: everyRow } },
  }),
  object('api.erasure_requests', {
    rowsOf: 'app.erasure_requests',
    columns: {
      shown: `id profile_id state reason requested_by requested_at due_at decided_by decided_at decision_reason completed_at
              is_overdue step_count open_step_count failed_step_count`,
    },
    select: { shown: { coach: ownRows, compliance: everyRow } },
  }),
  object('api.erasure_steps', {
    rowsOf: 'app.erasure_steps',
    columns: {
      shown: `id request_id phase system action target table_name column_name is_manual state attempts next_attempt_at last_error
              evidence planned_at started_at finished_at completed_by`,
    },
    select: { shown: { coach: ownRows, compliance: everyRow } },
  }),
  object('api.erasure_receipts', {
    rowsOf: 'app.erasure_receipts',
    columns: { shown: 'id request_id profile_id completed_at body sha256' },
    select: { shown: { coach: ownRows, compliance: everyRow, auditor: everyRow } },
  }),
  object('api.playback_decisions', {
    rowsOf: 'app.playback_decisions',
    columns: {
      shown: `id decided_at kind allowed is_renewal rule share_token_id public_id video_id video_title coach_id request_id
              user_agent_family token_expires_at`,
    },
    select: { shown: { coach: ownRows, admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('api.audit_entries', {
    rowsOf: 'audit.entries',
    columns: {
      shown: `id occurred_at actor_subject actor_name actor_role acting_as door request_id action object_type object_id owner_id
              before after reason batch_no sealed_at`,
    },
    select: { shown: { coach: ownRows, admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('api.audit_checkpoints', {
    rowsOf: 'audit.checkpoints',
    columns: { shown: 'id size entries root note key_id verifier_key signed_at' },
    select: { shown: { admin: everyRow, compliance: everyRow, operator: everyRow, auditor: everyRow } },
  }),
  object('api.webhook_events', {
    rowsOf: 'app.webhook_events',
    columns: {
      shown: `id provider event_id type object_id signed_at received_at state attempts last_error next_attempt_at processed_at
              replays`,
    },
    select: { shown: { operator: everyRow, admin: everyRow } },
  }),
  object('api.webhook_refusals', {
    rowsOf: 'app.webhook_refusals',
    key: 'reason',
    columns: { shown: 'day provider reason refused first_at last_at' },
    select: { shown: { operator: everyRow, admin: everyRow } },
  }),
];
