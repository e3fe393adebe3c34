import type { Playback } from '../features/playback/schema.ts';
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

export interface PlaybackOrigins {
  readonly streamUrl: string;
  readonly imageUrl: string;
}

const files: Readonly<Record<PlaybackAudience, (origins: PlaybackOrigins, playbackId: string) => string>> = {
  v: ({ streamUrl }, playbackId) => `${streamUrl}/${playbackId}.m3u8`,
  t: ({ imageUrl }, playbackId) => `${imageUrl}/${playbackId}/thumbnail.jpg`,
  s: ({ imageUrl }, playbackId) => `${imageUrl}/${playbackId}/storyboard.vtt`,
};

/**
 * Turns a grant into the answer for a player: three URLs, each with a token for its own audience. The expiry is rounded down to
 * whole seconds, since `exp` is one, and never reaches past what SQL decided.
 */
export async function mintPlayback(
  grant: PlaybackGrant,
  { signer, origins, now = new Date() }: { signer: PlaybackTokenSigner; origins: PlaybackOrigins; now?: Date },
): Promise<Playback> {
  const expiresAt = Math.floor(grant.tokenExpiresAt.getTime() / 1000);
  const urlFor = async (audience: PlaybackAudience): Promise<string> => {
    const token = await signer.sign({ playbackId: grant.playbackId, audience, expiresAt }, now);
    return `${files[audience](origins, encodeURIComponent(grant.playbackId))}?token=${token}`;
  };
  const [playbackUrl, posterUrl, storyboardUrl] = await Promise.all([urlFor('v'), urlFor('t'), urlFor('s')]);
  const lifeSeconds = expiresAt - now.getTime() / 1000;
  return {
    playbackUrl,
    posterUrl,
    storyboardUrl,
    expiresAt: new Date(expiresAt * 1000).toISOString(),
    renewAfterSeconds: Math.max(1, Math.floor((lifeSeconds * 2) / 3)),
    title: grant.title,
    durationSeconds: grant.durationSeconds,
    aspectRatio: grant.aspectRatio,
  };
}
