import type { ExportedListName } from './list-names.ts';

/** What a column holds: how its values are written into a file, and what it can be compared with. */
export type ColumnKind = 'text' | 'uuid' | 'time' | 'number' | 'truth';

/** A list that can be exported: its columns, in the order of the file, and the one that it is read along, the newest first. */
export interface ExportedList {
  readonly time: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
}

/** By the name of the view of the api. */
export const exportedLists = {
  share_tokens: {
    time: 'created_at',
    columns: {
      public_id: 'text',
      label: 'text',
      status: 'text',
      video_title: 'text',
      coach_name: 'text',
      created_at: 'time',
      created_by_name: 'text',
      starts_at: 'time',
      expires_at: 'time',
      revoked_at: 'time',
      revoked_by_name: 'text',
      revoke_reason: 'text',
      last_played_at: 'time',
      play_count: 'number',
      view_count: 'number',
      max_views: 'number',
      has_passphrase: 'truth',
      recipients_only: 'truth',
      sign_in_required: 'truth',
      note: 'text',
      id: 'uuid',
      video_id: 'uuid',
      coach_id: 'uuid',
    },
  },
  videos: {
    time: 'created_at',
    columns: {
      title: 'text',
      status: 'text',
      coach_name: 'text',
      duration_seconds: 'number',
      active_share_count: 'number',
      created_at: 'time',
      ready_at: 'time',
      deleted_at: 'time',
      error_code: 'text',
      description: 'text',
      id: 'uuid',
      coach_id: 'uuid',
    },
  },
  playback_decisions: {
    time: 'decided_at',
    columns: {
      decided_at: 'time',
      allowed: 'truth',
      rule: 'text',
      kind: 'text',
      is_renewal: 'truth',
      public_id: 'text',
      video_title: 'text',
      token_expires_at: 'time',
      user_agent_family: 'text',
      request_id: 'text',
      id: 'uuid',
      share_token_id: 'uuid',
      video_id: 'uuid',
      coach_id: 'uuid',
    },
  },
  webhook_events: {
    time: 'received_at',
    columns: {
      received_at: 'time',
      provider: 'text',
      event_id: 'text',
      type: 'text',
      object_id: 'text',
      state: 'text',
      attempts: 'number',
      replays: 'number',
      signed_at: 'time',
      processed_at: 'time',
      next_attempt_at: 'time',
      last_error: 'text',
      id: 'uuid',
    },
  },
  revocations: {
    time: 'revoked_at',
    columns: {
      revoked_at: 'time',
      revoked_by_name: 'text',
      token_count: 'number',
      reason: 'text',
      last_byte_possible_by: 'time',
      id: 'uuid',
      of_video_id: 'uuid',
      of_coach_id: 'uuid',
    },
  },
} as const satisfies Record<ExportedListName, ExportedList>;
