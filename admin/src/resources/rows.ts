/** Rows as the views of the `api` schema answer them. Times are ISO 8601. */

export type VideoStatus = 'uploading' | 'processing' | 'cancelled' | 'errored' | 'ready' | 'deleted';

export type VideoRow = {
  id: string;
  coach_id: string;
  coach_name: string | null;
  title: string;
  description: string | null;
  status: VideoStatus;
  duration_seconds: number | null;
  aspect_ratio: string | null;
  error_code: string | null;
  error_message: string | null;
  created_at: string;
  updated_at: string;
  ready_at: string | null;
  version: number;
  active_share_count: number;
  upload_state: string | null;
  upload_job_id: string | null;
};

export type UploadJobRow = {
  id: string;
  video_id: string;
  video_title: string | null;
  coach_id: string;
  state: 'requested' | 'uploading' | 'processing' | 'expired' | 'cancelled' | 'errored' | 'ready';
  file_name: string;
  file_size_bytes: number;
  content_type: string;
  error_code: string | null;
  error_message: string | null;
  expires_at: string | null;
  requested_at: string;
  uploading_at: string | null;
  processing_at: string | null;
  finished_at: string | null;
};

export type ShareStatus = 'scheduled' | 'active' | 'expired' | 'revoked';

export type ShareLinkRow = {
  id: string;
  public_id: string;
  video_id: string;
  video_title: string | null;
  video_status: VideoStatus | null;
  coach_id: string;
  coach_name: string | null;
  label: string | null;
  status: ShareStatus;
  created_at: string;
  starts_at: string | null;
  expires_at: string;
  revoked_at: string | null;
  revoke_reason: string | null;
  revoked_by_name: string | null;
  created_by_name: string | null;
  last_played_at: string | null;
  play_count: number;
  version: number;
  note: string | null;
  /** null: any number. */
  max_views: number | null;
  view_count: number;
  sign_in_required: boolean;
  recipients_only: boolean;
  has_passphrase: boolean;
  embed_origins: string[];
  /** The link that this one restores. */
  restores_id: string | null;
};

export type ShareRecipientRow = {
  id: string;
  share_token_id: string;
  coach_id: string;
  kind: 'email' | 'domain';
  value: string;
  created_at: string;
};

/** A measurement of how soon a revoked link, or a video that was cut off, stops to play. */
export type CanaryRunRow = {
  id: string;
  video_id: string;
  kind: 'revoke' | 'cut';
  started_at: string;
  /** Milliseconds until a renewal, the manifest and a segment were refused. */
  mint_ms: number | null;
  manifest_ms: number | null;
  segment_ms: number | null;
  outcome: 'in_time' | 'late' | 'failed' | null;
  error: string | null;
  ended_at: string | null;
};

/** What was watched by a link (`share_token_plays`) or of a video (`video_plays`). Shares are of 1; null: not known. */
export type PlaysRow = {
  id: string;
  coach_id: string;
  play_count: number;
  measured_count: number;
  watch_seconds: number;
  completion: number | null;
  rebuffer_ratio: number | null;
  error_session_count: number;
  last_event_at: string | null;
};

/** A viewer session that reported something; what was not measured is null. */
export type PlaybackSessionRow = {
  id: string;
  share_token_id: string;
  share_label: string | null;
  video_id: string;
  video_title: string | null;
  coach_id: string;
  recipient: string | null;
  started_at: string;
  last_event_at: string;
  is_played: boolean;
  is_measured: boolean;
  is_ended: boolean;
  watch_seconds: number | null;
  completion: number | null;
  rebuffer_seconds: number | null;
  rebuffer_ratio: number | null;
  error_count: number;
  last_error_code: string | null;
  user_agent_family: string | null;
};

/** A recipient of a link, and whether they have watched. */
export type RecipientPlaysRow = {
  id: string;
  share_token_id: string;
  kind: 'email' | 'domain';
  value: string;
  play_count: number;
  watch_seconds: number;
  last_played_at: string | null;
};

export type CutState = 'requested' | 'switched' | 'deleted' | 'confirmed' | 'failed';

/** A cut of a video's playback: its id at Mux is replaced, so that tokens already out open nothing. */
export type PlaybackCutRow = {
  id: string;
  video_id: string;
  coach_id: string;
  requested_by: string;
  requested_by_name: string | null;
  requested_at: string;
  reason: string;
  revocation_id: string | null;
  state: CutState;
  switched_at: string | null;
  deleted_at: string | null;
  confirmed_at: string | null;
  failed_at: string | null;
  /** From the request until the stream refused the old id. */
  confirmed_after_ms: number | null;
  attempts: number;
  next_attempt_at: string | null;
  last_error: string | null;
};

/** The receipt of links that were taken back together. */
export type RevocationRow = {
  id: string;
  revoked_at: string;
  revoked_by: string;
  revoked_by_name: string | null;
  reason: string;
  of_video_id: string | null;
  of_coach_id: string | null;
  token_count: number;
  last_byte_possible_by: string;
  /** By which they were chosen, as `api.preview_revocation` takes it. */
  filter: Record<string, string> | null;
};

/** A line of it; its id is the link's. */
export type RevokedTokenRow = {
  id: string;
  revocation_id: string;
  coach_id: string;
  public_id: string | null;
  label: string | null;
  last_decision_at: string | null;
  last_heartbeat_at: string | null;
  last_byte_possible_by: string;
  /** Since when nothing of it can be played; null while something still can. */
  dead_since: string | null;
};

export type DecisionRow = {
  id: string;
  decided_at: string;
  kind: 'share' | 'preview';
  allowed: boolean;
  /** Somebody who was watching goes on watching: not a new play. */
  is_renewal: boolean;
  rule: string;
  share_token_id: string | null;
  public_id: string | null;
  video_id: string | null;
  video_title: string | null;
  coach_id: string | null;
  request_id: string | null;
  user_agent_family: string | null;
  token_expires_at: string | null;
};

export type AuditRow = {
  id: string;
  occurred_at: string;
  actor_subject: string | null;
  actor_name: string | null;
  actor_role: string | null;
  acting_as: { sub?: string } | null;
  door: string;
  request_id: string | null;
  action: string;
  object_type: string;
  object_id: string | null;
  owner_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
  /** The batch that seals it; null for the moment before it is sealed. */
  batch_no: number | null;
  sealed_at: string | null;
};

export type AuditCheckpointRow = { id: number; size: number; entries: number; signed_at: string };

export type UploadState = UploadJobRow['state'];

/** An upload as operations see it: not whose it is, nor what its file is called. */
export type UploadProgressRow = {
  id: string;
  video_id: string;
  state: UploadState;
  file_size_bytes: number;
  content_type: string;
  error_code: string | null;
  expires_at: string;
  requested_at: string;
  uploading_at: string | null;
  processing_at: string | null;
  finished_at: string | null;
  reconciled_at: string | null;
};

export type WebhookState = 'received' | 'processed' | 'ignored' | 'dead' | 'quarantined' | 'discarded';

export type WebhookEventRow = {
  id: string;
  provider: string;
  event_id: string;
  type: string;
  object_id: string | null;
  signed_at: string;
  received_at: string;
  state: WebhookState;
  /** Failed ones since it was received or replayed. */
  attempts: number;
  last_error: string | null;
  next_attempt_at: string;
  processed_at: string | null;
  replays: number;
};

/** A failed attempt to fold an event. */
export type WebhookAttemptRow = {
  webhook_event_id: string;
  no: number;
  replay_no: number;
  failed_at: string;
  error: string;
};

export type JobOutcome = 'running' | 'succeeded' | 'failed' | 'abandoned';

/** A run of a scheduled job. */
export type JobRunRow = {
  id: string;
  job: string;
  started_at: string;
  ended_at: string | null;
  outcome: JobOutcome;
  counts: Record<string, unknown>;
  error: string | null;
  duration_ms: number | null;
};

/** A comparison with what Mux lists; without an outcome while it is under way. */
export type ReconciliationRunRow = {
  id: string;
  kind: 'light' | 'whole';
  is_dry_run: boolean;
  orphan_rule: 'list' | 'delete';
  outcome: 'matched' | 'repaired' | 'open' | 'halted' | 'failed' | null;
  window_from: string | null;
  attempts: number;
  list_calls: number;
  uploads_seen: number;
  assets_seen: number;
  /** Findings by kind and action: `{"asset_orphan.listed": 2}`. */
  found: Record<string, unknown>;
  last_error: string | null;
  started_at: string;
  ended_at: string | null;
};

/** What a comparison found to differ, and what was done about it. */
export type ReconciliationFindingRow = {
  id: string;
  run_id: string;
  kind: string;
  subject: string;
  action: string;
  found_at: string;
};
