import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** What a playback token opens: the stream (v), still pictures (t) or the storyboard (s). Mux calls this the audience. */
export const playbackAudiences = ['v', 't', 's'] as const;
export type PlaybackAudience = (typeof playbackAudiences)[number];

/** Fifteen minutes: no playback token may live longer (SH-03). */
export const maxTokenLifeSeconds = 900;

export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
}

export interface TokenRequest {
  readonly playbackId: string;
  readonly audience: PlaybackAudience;
  /** Seconds since the epoch, as in the claim `exp`. */
  readonly expiresAt: number;
}

const signInThreadPool = promisify(sign);

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Signs playback tokens as Mux defines them (https://docs.mux.com/guides/secure-video-playback): RS256, `sub` = playback id,
 * `aud`, `exp`, `kid`. The key is imported once by the configuration; signing runs in libuv's thread pool, so that a burst of
 * viewers does not hold up the event loop.
 */
export class PlaybackTokenSigner {
  readonly #key: SigningKey;
  readonly #header: string;

  constructor(key: SigningKey) {
    this.#key = key;
    this.#header = encode({ alg: 'RS256', typ: 'JWT', kid: key.id });
  }

  /** @throws {RangeError} when the token would live longer than fifteen minutes, or is over already: no such token is ever made. */
  async sign(request: TokenRequest, now: Date = new Date()): Promise<string> {
    const life = request.expiresAt - now.getTime() / 1000;
    if (!Number.isInteger(request.expiresAt) || life <= 0 || life > maxTokenLifeSeconds) {
      throw new RangeError(`A playback token may live between 0 and ${maxTokenLifeSeconds} s, not ${life} s.`);
    }
    const claims = {
      sub: request.playbackId,
      aud: request.audience,
      exp: request.expiresAt,
      kid: this.#key.id,
    };
    const input = `${this.#header}.${encode(claims)}`;
    const signature = await signInThreadPool('sha256', Buffer.from(input), this.#key.privateKey);
    return `${input}.${signature.toString('base64url')}`;
  }

  /** The public half, as it stands at `/.well-known/jwks.json`. */
  publicJwk(): { kty: 'RSA'; kid: string; use: 'sig'; alg: 'RS256'; n: string; e: string } {
    const { n, e } = createPublicKey(this.#key.privateKey).export({ format: 'jwk' });
    if (typeof n !== 'string' || typeof e !== 'string') {
      throw new TypeError('The signing key is not an RSA key.');
    }
    return { kty: 'RSA', kid: this.#key.id, use: 'sig', alg: 'RS256', n, e };
  }
}
