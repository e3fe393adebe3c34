import { type PlaybackAudience, type PlaybackTokenSigner, playbackAudiences } from './token-signer.ts';

/** A token for each audience, all with the same end. */
export interface TokenSet {
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  readonly tokens: Readonly<Record<PlaybackAudience, string>>;
}

interface Held {
  readonly expiresAt: number;
  /** Until then, in seconds since the epoch, two thirds of the life are left. */
  readonly freshUntil: number;
  readonly set: Promise<TokenSet>;
}

/** Signs a token for each audience. */
export async function signTokens(
  signer: PlaybackTokenSigner,
  playbackId: string,
  expiresAt: number,
  now: Date,
): Promise<TokenSet> {
  const signed = playbackAudiences.map(
    async (audience) => [audience, await signer.sign({ playbackId, audience, expiresAt }, now)] as const,
  );
  return { expiresAt, tokens: Object.fromEntries(await Promise.all(signed)) as Record<PlaybackAudience, string> };
}

/**
 * Tokens that were signed lately, by playback id: those who watch the same video at the same time share a signature, which costs a hundred
 * times what the rest of an answer does. A token says nothing of who watches, and it is handed out only after the database has allowed the
 * very request. It is shared while two thirds of its life are left and it ends no later than was decided for that request. Another
 * signer, after a rotation of the key, begins anew.
 */
export class TokenCache {
  readonly #most: number;
  #signer: PlaybackTokenSigner | undefined;
  /** The least recently used first. */
  readonly #held = new Map<string, Held>();

  /** @param most so many videos are held; the one that was not asked for the longest gives way. */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#held.size;
  }

  /**
   * @param expiresAt seconds since the epoch: what the database decided for this request
   * @throws what signing throws; a failure is not kept
   */
  tokensFor(signer: PlaybackTokenSigner, playbackId: string, expiresAt: number, now: Date): Promise<TokenSet> {
    if (signer !== this.#signer) {
      this.#held.clear();
      this.#signer = signer;
    }
    const seconds = now.getTime() / 1000;
    const held = this.#held.get(playbackId);
    const isFresh = held !== undefined && seconds <= held.freshUntil;
    if (isFresh && held.expiresAt <= expiresAt) {
      this.#held.delete(playbackId);
      this.#held.set(playbackId, held);
      return held.set;
    }
    const set = signTokens(signer, playbackId, expiresAt, now);
    // A link that ends sooner than another of the same video does not push out what the other's viewers share.
    if (!isFresh) {
      this.#keep(playbackId, { expiresAt, freshUntil: seconds + (expiresAt - seconds) / 3, set });
    }
    return set;
  }

  #keep(playbackId: string, held: Held): void {
    this.#held.delete(playbackId);
    this.#held.set(playbackId, held);
    held.set.catch(() => {
      if (this.#held.get(playbackId) === held) {
        this.#held.delete(playbackId);
      }
    });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#most) {
        break;
      }
      this.#held.delete(oldest);
    }
  }
}
