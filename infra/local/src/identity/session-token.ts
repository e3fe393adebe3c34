import { SignJWT } from 'jose';
import type { Persona } from './personas.ts';
import type { SigningKey } from './signing-keys.ts';

/** Clerk's session tokens live for 60 seconds and are renewed silently. */
export const TOKEN_LIFETIME_SECONDS = 60;

export type SessionTokenInput = {
  issuer: string;
  audience: string;
  persona: Persona;
  sessionId: string;
  /** The origin that asked: `azp`. */
  authorizedParty: string;
  /** Milliseconds since 1970. */
  authenticatedAt: number;
  now: number;
  /** Claims to set, or with `undefined` to leave out: a test's way to a token that is wrong in one respect. */
  overrides?: Record<string, unknown>;
};

/**
 * Signs a token with the claims of a Clerk session token, version 2 (https://clerk.com/docs/guides/sessions/session-tokens),
 * plus the custom claims the product configures there: `role`, `aud`, `name`, `email` and, of who was invited, `invitation`.
 *
 * `fva` counts the minutes since the first and the second factor; -1 means that there is no second factor.
 *
 * @returns the compact JWT and when it expires (seconds since 1970)
 */
export async function signSessionToken(
  key: SigningKey,
  input: SessionTokenInput,
): Promise<{ token: string; expiresAt: number }> {
  const issuedAt = Math.floor(input.now / 1000);
  const claims: Record<string, unknown> = {
    v: 2,
    iss: input.issuer,
    aud: input.audience,
    sub: input.persona.subject,
    sid: input.sessionId,
    azp: input.authorizedParty,
    iat: issuedAt,
    // Clerk dates it back too, for a verifier whose clock is a little behind.
    nbf: issuedAt - 10,
    exp: issuedAt + TOKEN_LIFETIME_SECONDS,
    sts: 'active',
    fva: [Math.max(0, Math.floor((input.now - input.authenticatedAt) / 60_000)), -1],
    role: `mm_${input.persona.role}`,
    name: input.persona.name,
    email: input.persona.email,
    ...(input.persona.invitation === undefined ? {} : { invitation: input.persona.invitation }),
    ...input.overrides,
  };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
    .sign(key.privateKey);
  return { token, expiresAt: issuedAt + TOKEN_LIFETIME_SECONDS };
}
