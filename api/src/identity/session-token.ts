import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Config } from '../config.ts';
import { type Caller, type CallerRole, callerRoles } from '../db/caller.ts';
import { ProblemError, problemOf } from '../problems/problem-error.ts';

export type VerifySessionToken = (token: string) => Promise<Caller>;

/**
 * What jose throws when a token itself is bad, as opposed to keys that cannot be fetched. `JWKSNoMatchingKey` belongs here: the
 * keys were read, and none of them signed this token.
 */
const badToken = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function isCallerRole(role: unknown): role is CallerRole {
  return callerRoles.some((known) => known === role);
}

function refuse(reason: string): never {
  throw problemOf('auth.token_invalid', { cause: new Error(reason) });
}

function toCaller(claims: JWTPayload, authorizedParties: readonly string[]): Caller {
  if (typeof claims.azp !== 'string' || !authorizedParties.includes(claims.azp)) {
    refuse('azp is not an authorised party');
  }
  if (claims.sts === 'pending') {
    refuse('the session is pending');
  }
  if (!isCallerRole(claims.role)) {
    refuse('role is not one of the roles of this product');
  }
  return { role: claims.role, claims };
}

/**
 * Verifies session tokens (Clerk's claim shape, version 2): RS256 only, signature by the issuer's published keys, iss, aud, exp,
 * nbf, azp and sts, and a role of this product. The database checks the claims once more (`authz.check_request`).
 *
 * Keys are fetched on first use, kept for ten minutes, and fetched again at most twice a minute when a token names an unknown key.
 * @throws {ProblemError} `auth.token_invalid` (401) for a bad token, `auth.issuer_unavailable` (503) when keys cannot be read.
 */
export function createSessionTokenVerifier(
  identity: Config['identity'],
  keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(identity.jwksUrl), {
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
    timeoutDuration: 3_000,
  }),
): VerifySessionToken {
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: identity.issuer,
        audience: identity.audience,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return toCaller(payload, identity.authorizedParties);
    } catch (error) {
      if (badToken.some((kind) => error instanceof kind)) {
        throw problemOf('auth.token_invalid', { cause: error });
      }
      if (error instanceof ProblemError) {
        throw error;
      }
      throw problemOf('auth.issuer_unavailable', { cause: error });
    }
  };
}
