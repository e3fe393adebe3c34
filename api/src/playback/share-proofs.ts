import { createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** The link that something is proved for, by its id and the SHA-256 of its secret: with another secret it is another link. */
export interface ProvenLink {
  readonly publicId: string;
  readonly secretHash: Buffer;
}

/** What a proof says: that the passphrase was given, or that an address is the viewer's. */
export type Proven = { readonly kind: 'passphrase' } | { readonly kind: 'email'; readonly email: string };

/** What the proofs that came with a request say together, in the words of `app.decide_playback`. */
export interface ProvenFacts {
  readonly email: string | null;
  readonly passphraseVerified: boolean;
}

const claims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), link: z.string() }),
  z.object({ kind: z.literal('email'), link: z.string(), email: z.string() }),
]);

const type = 'share-proof+jwt';

/** The two are of known length, so that no other id and secret give the same text. */
function nameOf({ publicId, secretHash }: ProvenLink): string {
  return createHash('sha256')
    .update(`${publicId}.${secretHash.toString('hex')}`)
    .digest('base64url');
}

/**
 * Makes and reads proofs: JWTs under HS256 that any process with the same `SHARE_PROOF_KEY` understands, so that none is stored. One is bound
 * to its link and the link's secret: a rotated secret kills it. Codes for mails come from the same key, by another derivation.
 */
export class ShareProofs {
  readonly #proofKey: KeyObject;
  readonly #codeKey: KeyObject;
  readonly #codeHashKey: KeyObject;

  constructor(key: KeyObject) {
    const derive = (purpose: string) => createSecretKey(Buffer.from(hkdfSync('sha256', key, '', purpose, 32)));
    this.#proofKey = derive('share-proof');
    this.#codeKey = derive('share-code');
    this.#codeHashKey = derive('share-code-hash');
  }

  issue(link: ProvenLink, proven: Proven, expiresAt: Date): Promise<string> {
    return new SignJWT({ ...proven, link: nameOf(link) })
      .setProtectedHeader({ alg: 'HS256', typ: type })
      .setExpirationTime(Math.floor(expiresAt.getTime() / 1_000))
      .sign(this.#proofKey);
  }

  /** What a proof says of this link; undefined for one that is forged, changed, dead, or another link's. */
  async #read(link: ProvenLink, proof: string): Promise<Proven | undefined> {
    try {
      const { payload } = await jwtVerify(proof, this.#proofKey, {
        algorithms: ['HS256'],
        typ: type,
        requiredClaims: ['exp'],
      });
      const parsed = claims.safeParse(payload);
      return parsed.success && parsed.data.link === nameOf(link) ? parsed.data : undefined;
    } catch {
      return undefined;
    }
  }

  /** What these proofs say together. One that is not good says nothing, as if it had not come. */
  async read(link: ProvenLink, proofs: readonly string[]): Promise<ProvenFacts> {
    const proven = await Promise.all(proofs.map((proof) => this.#read(link, proof)));
    return {
      email: proven.find((each) => each?.kind === 'email')?.email ?? null,
      passphraseVerified: proven.some((each) => each?.kind === 'passphrase'),
    };
  }

  /** The six digits of a code, from the id of its row: who has only the row, or only the job, cannot tell them. */
  codeOf(challengeId: string): string {
    const digest = createHmac('sha256', this.#codeKey).update(challengeId).digest();
    return String(digest.readBigUInt64BE() % 1_000_000n).padStart(6, '0');
  }

  /** What SQL compares: a keyed hash, because a million codes are tried in a moment. */
  codeHashOf({ publicId }: Pick<ProvenLink, 'publicId'>, email: string, code: string): Buffer {
    return createHmac('sha256', this.#codeHashKey)
      .update(JSON.stringify([publicId, email, code]))
      .digest();
  }
}
