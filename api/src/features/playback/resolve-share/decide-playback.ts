import { createHash } from 'node:crypto';
import type { Database } from '../../../db/database.ts';

export interface ShareRequest {
  readonly publicId: string;
  readonly secret: string;
  readonly requestId: string;
  readonly addressHash: Buffer;
  readonly userAgentFamily: string;
  /** Seconds. */
  readonly tokenTtl: number;
}

/** One row of `app.decide_playback`. What belongs to the video is null unless `allowed`. */
export interface PlaybackDecision {
  readonly allowed: boolean;
  readonly rule: string;
  readonly title: string | null;
  readonly playback_id: string | null;
  readonly duration_seconds: string | null;
  readonly aspect_ratio: string | null;
  readonly share_expires_at: Date | null;
  readonly token_expires_at: Date | null;
}

const statement = {
  name: 'decide_playback',
  text: `select allowed, rule, title, playback_id, duration_seconds, aspect_ratio, share_expires_at, token_expires_at
         from app.decide_playback($1, $2, $3, $4, $5, $6)`,
};

/** Decides and records in one round trip. Only the secret's SHA-256 leaves this process. */
export async function decidePlayback(database: Database, request: ShareRequest): Promise<PlaybackDecision | undefined> {
  const secretHash = createHash('sha256').update(request.secret).digest();
  const [decision] = await database.query<PlaybackDecision>(statement, [
    request.publicId,
    secretHash,
    request.requestId,
    request.addressHash,
    request.userAgentFamily,
    request.tokenTtl,
  ]);
  return decision;
}
