import { errors, type JWTPayload, jwtVerify } from 'jose';
import { forbidden } from '../errors.ts';
import type { SigningKeyStore } from '../store/signing-keys.ts';

/** What a token opens. Source: https://www.mux.com/docs/guides/signing-jwts, claim `aud`. */
export type Audience = 'v' | 't' | 'g' | 's';

export interface TokenDemands {
  readonly playbackId: string;
  readonly audience: Audience;
  /** The moment at which it has to be valid. */
  readonly at: Date;
}

/** No grace: a token is over at its `exp`. */
const CLOCK_TOLERANCE_SECONDS = 0;

/**
 * Checks a playback token and returns its claims. Throws 403 with the reason otherwise. Demanded: RS256; a key that
 * exists, named by `kid` in the header, in the payload (as the vendor's SDK does) or the same in both; `sub` exactly the
 * playback ID; `aud` exactly this audience; an `exp` in the future; an `nbf`, if there is one, that has come.
 */
export async function verifyPlaybackToken(
  token: string,
  demands: TokenDemands,
  keys: SigningKeyStore,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(
      token,
      (header, parts) => {
        const key = keys.publicKey(keyId(header.kid, String(parts.payload)));
        if (key === undefined) throw forbidden('The token is signed with an unknown key.');
        return key;
      },
      {
        algorithms: ['RS256'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: demands.at,
        requiredClaims: ['exp', 'sub', 'aud'],
      },
    );
    if (payload.sub !== demands.playbackId) throw forbidden('The token is for another playback ID.');
    // A list that contains the audience would open more than one thing: refused, although JWT allows it.
    if (payload.aud !== demands.audience) throw forbidden('The token is for another kind of request.');
    return payload;
  } catch (error) {
    throw refusal(error);
  }
}

function keyId(inHeader: unknown, encodedPayload: string): string {
  const payload: unknown = JSON.parse(Buffer.from(encodedPayload, 'base64url').toString('utf8'));
  const inPayload = typeof payload === 'object' && payload !== null && 'kid' in payload ? payload.kid : undefined;
  const named = inHeader ?? inPayload;
  if (typeof named !== 'string') throw forbidden('The token does not name its key.');
  if (inPayload !== undefined && inPayload !== named) throw forbidden('The token names two keys.');
  return named;
}

function refusal(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return forbidden('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return forbidden(`The token's claim ${error.claim} is not valid.`);
  if (error instanceof errors.JOSEError || error instanceof SyntaxError) return forbidden('The token is not valid.');
  return error instanceof Error ? error : new Error(String(error));
}
