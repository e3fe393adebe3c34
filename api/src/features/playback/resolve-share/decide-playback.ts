import type { Caller } from '../../../db/caller.ts';
import type { Database } from '../../../db/database.ts';
import type { ViewerHashes } from '../../../playback/rotating-address-hash.ts';
import type { ProvenFacts, ProvenLink } from '../../../playback/share-proofs.ts';

export interface ShareRequest {
  readonly link: ProvenLink;
  readonly requestId: string;
  readonly viewerHashes: ViewerHashes;
  readonly userAgentFamily: string;
  /** Seconds. */
  readonly tokenTtl: number;
  /** The session that an earlier decision gave out. */
  readonly sessionId: string | null;
  /** The site whose page shows the video; null for our own. */
  readonly embedOrigin: string | null;
  /** Who is signed in, by verified claims. */
  readonly viewer: Caller | null;
  /** What they have proved besides. */
  readonly proven: ProvenFacts;
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
  readonly session_id: string | null;
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' ? claim : null;
}

const statement = {
  name: 'decide_playback',
  text: `select allowed, rule, title, playback_id, duration_seconds, aspect_ratio, share_expires_at, token_expires_at,
                session_id
         from app.decide_playback($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};

/** Decides and records in one round trip. */
export async function decidePlayback(database: Database, request: ShareRequest): Promise<PlaybackDecision | undefined> {
  const [decision] = await database.query<PlaybackDecision>(statement, [
    request.link.publicId,
    request.link.secretHash,
    request.requestId,
    request.viewerHashes.current,
    request.userAgentFamily,
    request.tokenTtl,
    request.sessionId,
    request.embedOrigin,
    textOf(request.viewer?.claims.sub),
    textOf(request.viewer?.claims.sid),
    request.proven.email,
    request.proven.passphraseVerified,
    request.viewerHashes.neighbour,
  ]);
  return decision;
}
