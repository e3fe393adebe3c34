import { object } from '../declare.ts';

const everyRow = 'all';
const ownRows = 'own';

/** The tables of app. Nobody but their functions inserts or deletes. */
export const appTables = [
  object('app.profiles', {
    columns: {
      shown: `id subject role email display_name created_at updated_at last_seen_at suspended_at role_assigned_at
              identity_observed_at identity_deleted_at`,
    },
    select: {
      shown: { coach: ownRows, admin: everyRow, compliance: ownRows, operator: ownRows, auditor: ownRows },
    },
  }),
  object('app.videos', {
    columns: {
      written: 'description',
      named: 'title',
      key: 'id',
      kept: `coach_id status duration_seconds aspect_ratio error_code error_message created_at updated_at ready_at deleted_at
             version`,
    },
    select: {
      written: { coach: ownRows, admin: everyRow },
      kept: { coach: ownRows, admin: everyRow },
      // api.playback_decisions names the video. For compliance staff and auditors no policy shows a row, so the name stays empty.
      named: { coach: ownRows, admin: everyRow, compliance: 'none', auditor: 'none' },
      key: { coach: ownRows, admin: everyRow, compliance: 'none', auditor: 'none' },
    },
    update: {
      written: { coach: ownRows, admin: everyRow },
      named: { coach: ownRows, admin: everyRow },
    },
  }),
  object('app.upload_jobs', {
    columns: {
      progress: `id video_id state file_size_bytes content_type error_code expires_at requested_at uploading_at processing_at
                 finished_at`,
      shown: 'coach_id file_name error_message share_token_id updated_at',
      traced: 'reconciled_at',
      internal: 'mux_upload_id file_fingerprint',
    },
    select: {
      progress: { coach: ownRows, admin: everyRow, operator: everyRow },
      shown: { coach: ownRows, admin: everyRow },
      traced: { operator: everyRow },
    },
  }),
  object('app.mux_assets', {
    columns: {
      internal: `id video_id upload_job_id status playback_id playback_id_observed_at duration_seconds aspect_ratio error_type
                 error_message created_at updated_at ready_at errored_at deleted_at`,
    },
  }),
  object('app.webhook_events', {
    columns: {
      shown: `id provider event_id type object_id signed_at received_at state attempts last_error next_attempt_at processed_at
              replays`,
      payload: 'body',
    },
    select: { shown: { operator: everyRow, admin: everyRow } },
  }),
  object('app.webhook_receipts', {
    key: 'event_id',
    columns: { internal: 'provider event_id webhook_event_id received_at' },
  }),
  object('app.webhook_refusals', {
    key: 'reason',
    columns: { shown: 'day provider reason refused first_at last_at' },
    select: { shown: { operator: everyRow, admin: everyRow } },
  }),
  object('app.share_tokens', {
    columns: {
      written: 'label',
      kept: `id public_id video_id coach_id created_by created_at starts_at expires_at revoked_at revoked_by revoke_reason
             updated_at version note max_views sign_in_required recipients_only has_passphrase embed_origins restores_id`,
      secret: 'secret_hash passphrase_hash',
    },
    select: {
      written: { coach: ownRows, admin: everyRow },
      kept: { coach: ownRows, admin: everyRow },
    },
    update: { written: { coach: ownRows, admin: everyRow } },
  }),
  object('app.share_recipients', {
    columns: { shown: 'id share_token_id coach_id kind value created_at' },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('app.share_views', {
    key: 'share_token_id',
    columns: { shown: 'share_token_id view_no coach_id claimed_at recipient_id', viewer: 'session_id' },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('app.revocations', {
    columns: {
      shown: 'id revoked_at revoked_by reason of_video_id of_coach_id token_count last_byte_possible_by filter',
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('app.revoked_tokens', {
    key: 'share_token_id',
    columns: {
      shown: 'share_token_id revocation_id coach_id last_decision_at last_byte_possible_by last_heartbeat_at',
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('app.retention_policies', {
    columns: { shown: 'id keep_days default_days changed_at changed_by reason' },
    select: { shown: { admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('app.dropped_months', {
    columns: { shown: 'id table_name month_begins_at row_count keep_days dropped_at last_batch_no' },
    select: { shown: { admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('app.legal_holds', {
    columns: { shown: 'id profile_id reason placed_by placed_at lifted_by lifted_at lift_reason' },
    select: { shown: { compliance: everyRow } },
  }),
  object('app.erasure_requests', {
    columns: {
      shown: `id profile_id state reason requested_by requested_at due_at decided_by decided_at decision_reason completed_at`,
    },
    select: { shown: { coach: ownRows, compliance: everyRow } },
  }),
  object('app.erasure_steps', {
    columns: {
      shown: `id request_id profile_id system phase action target table_name column_name is_manual state attempts next_attempt_at
              last_error evidence planned_at started_at finished_at completed_by`,
    },
    select: { shown: { coach: ownRows, compliance: everyRow } },
  }),
  object('app.erasure_receipts', {
    columns: { shown: 'id request_id profile_id completed_at body sha256' },
    select: { shown: { coach: ownRows, compliance: everyRow, auditor: everyRow } },
  }),
  object('app.erased_subjects', {
    key: 'profile_id',
    columns: { internal: 'profile_id request_id salt subject_hash shut_out_at erased_at' },
  }),
  object('app.playback_decisions', {
    columns: {
      shown: `id decided_at kind allowed is_renewal rule share_token_id video_id coach_id profile_id public_id request_id
              user_agent_family token_expires_at recipient_id`,
      viewer: 'ip_hash session_id',
    },
    select: { shown: { coach: ownRows, admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('app.playback_events', {
    key: 'session_id',
    columns: {
      shown: `session_id sequence session_started_at received_at share_token_id video_id coach_id kind position_ms watched_ms
              rebuffer_ms error_code`,
      clock: 'occurred_at',
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
  object('app.playback_sessions', {
    columns: {
      shown: `id share_token_id video_id coach_id recipient_id started_at last_event_at event_count is_played is_measured is_ended watched_ms
              watched_length_ms played_ms rebuffer_ms error_count last_error_sequence last_error_code user_agent_family`,
    },
    select: { shown: { coach: ownRows, admin: everyRow } },
  }),
];

/** The tables of audit and authz: nobody writes them, and of the providers nobody reads. */
export const guardedTables = [
  object('audit.entries', {
    columns: {
      shown: `id occurred_at xid actor_subject actor_profile_id actor_role acting_as door request_id action object_type object_id
              owner_id before after reason`,
    },
    select: { shown: { coach: ownRows, admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('audit.disclosures', {
    key: 'entry_id',
    columns: { internal: 'entry_id occurred_at side field salt value owner_id' },
  }),
  object('audit.leaves', {
    key: 'entry_id',
    columns: { shown: 'batch_no leaf_index entry_id occurred_at', internal: 'owner_id hash' },
    select: {
      shown: { coach: ownRows, admin: everyRow, compliance: everyRow, auditor: everyRow },
      internal: { admin: everyRow, compliance: everyRow, auditor: everyRow },
    },
  }),
  object('audit.batches', {
    key: 'no',
    columns: { shown: 'no size entries root previous hash sealed_at', internal: 'watermark' },
    select: { shown: { coach: everyRow, admin: everyRow, compliance: everyRow, auditor: everyRow } },
  }),
  object('audit.checkpoints', {
    key: 'size',
    columns: { shown: 'size entries root note key_id verifier_key signed_at' },
    select: { shown: { admin: everyRow, compliance: everyRow, operator: everyRow, auditor: everyRow } },
  }),
  object('audit.tree_nodes', { key: 'hash', columns: { internal: 'level place hash' } }),
  object('authz.sessions', {
    columns: { shown: 'id profile_id first_seen_at last_seen_at denied_at denied_by deny_reason' },
    select: {
      shown: { coach: ownRows, admin: everyRow, compliance: ownRows, operator: ownRows, auditor: ownRows },
    },
  }),
  object('authz.confirmations', {
    columns: { internal: 'id session_id profile_id action confirmed_at used_at' },
  }),
  object('authz.identity_providers', {
    key: 'issuer',
    columns: { internal: 'issuer audience authorized_parties updated_at' },
  }),
];
