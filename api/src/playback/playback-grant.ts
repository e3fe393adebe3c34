import type { Playback } from '../features/playback/schema.ts';
import { signTokens, type TokenCache } from './token-cache.ts';
import type { PlaybackAudience, PlaybackTokenSigner } from './token-signer.ts';

/** What the database allowed: which asset, and until when its tokens may live. */
export interface PlaybackGrant {
  readonly playbackId: string;
  readonly title: string;
  readonly durationSeconds: number | null;
  readonly aspectRatio: string | null;
  /** Decided in SQL: never after the share's own end. */
  readonly tokenExpiresAt: Date;
}

/** What was decided ends within the second at hand: `exp` is in whole seconds, so that no token could live. */
export class GrantEndedError extends Error {
  constructor() {
    super('The grant ends before a token of it could be used.');
  }
}

export interface PlaybackOrigins {
  readonly streamUrl: string;
  readonly imageUrl: string;
}

const files: Readonly<Record<PlaybackAudience, (origins: PlaybackOrigins, playbackId: string) => string>> = {
  v: ({ streamUrl }, playbackId) => `${streamUrl}/${playbackId}.m3u8`,
  t: ({ imageUrl }, playbackId) => `${imageUrl}/${playbackId}/thumbnail.webp`,
  s: ({ imageUrl }, playbackId) => `${imageUrl}/${playbackId}/storyboard.vtt`,
};

/**
 * Turns a grant into the answer for a player: three URLs, each with a token for its own audience. The expiry is rounded down to
 * whole seconds, since `exp` is one, and never reaches past what SQL decided.
 * @throws {GrantEndedError} in the last second of a link
 * @param cache shares tokens with those who watch the same video; without it they are signed for this answer
 */
export async function mintPlayback(
  grant: PlaybackGrant,
  {
    signer,
    cache,
    origins,
    now = new Date(),
  }: { signer: PlaybackTokenSigner; cache?: TokenCache; origins: PlaybackOrigins; now?: Date },
): Promise<Playback> {
  const { playbackId } = grant;
  const decided = Math.floor(grant.tokenExpiresAt.getTime() / 1000);
  if (decided * 1000 <= now.getTime()) throw new GrantEndedError();
  const { expiresAt, tokens } = await (cache?.tokensFor(signer, playbackId, decided, now) ??
    signTokens(signer, playbackId, decided, now));
  const urlFor = (audience: PlaybackAudience): string =>
    `${files[audience](origins, encodeURIComponent(playbackId))}?token=${tokens[audience]}`;
  const lifeSeconds = expiresAt - now.getTime() / 1000;
  return {
    playbackUrl: urlFor('v'),
    posterUrl: urlFor('t'),
    storyboardUrl: urlFor('s'),
    expiresAt: new Date(expiresAt * 1000).toISOString(),
    renewAfterSeconds: Math.max(1, Math.floor((lifeSeconds * 2) / 3)),
    title: grant.title,
    durationSeconds: grant.durationSeconds,
    aspectRatio: grant.aspectRatio,
  };
}
