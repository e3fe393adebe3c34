import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import { findFreePort } from '../free-port.ts';
import { refuseProduction } from '../refuse-production.ts';
import { buildIdentity } from './app.ts';
import type { MailDoor } from './invitation-mail.ts';
import { PERSONAS, type Persona, type PersonaKey, PLAYBACK_CANARY } from './personas.ts';
import { signSessionToken } from './session-token.ts';
import { loadSigningKey } from './signing-keys.ts';

export type IdentityOptions = {
  /** TCP port; a free one when left out. */
  port?: number;
  host?: string;
  /** Origin browsers reach the issuer at, and the tokens' `iss`; `http://<host>:<port>` when left out. */
  publicUrl?: string;
  /** Folder of the signing key and the sessions. */
  dataDir: string;
  /** The tokens' `aud`. */
  audience: string;
  /** Origins that may ask for tokens and be returned to. */
  allowedOrigins: string[];
  personas?: readonly Persona[];
  /** Secret key of the Backend API, by which people are invited; without it there is none. */
  secretKey?: string | undefined;
  /** Where mails of invitations go; without it none is sent. */
  mailDoor?: MailDoor | undefined;
};

export type Identity = {
  url: string;
  issuer: string;
  jwksUrl: string;
  /** The public keys, as PostgREST takes them. */
  jwks: { keys: JWK[] };
  /**
   * Signs a token without a browser, for tests.
   * @param overrides claims to replace, or with `undefined` to leave out
   * @param origin the `azp`; the first allowed origin when left out
   */
  tokenFor(persona: PersonaKey | Persona, overrides?: Record<string, unknown>, origin?: string): Promise<string>;
  close(): Promise<void>;
};

/**
 * Starts the local issuer: the development double of Clerk's session tokens.
 * @throws RefusedInProduction outside development and test
 */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  refuseProduction('The local identity issuer');
  const host = options.host ?? '127.0.0.1';
  const port = options.port ?? (await findFreePort(host));
  const publicUrl = options.publicUrl ?? `http://${host}:${port}`;
  const key = await loadSigningKey(options.dataDir);
  const personas = options.personas ?? Object.values(PERSONAS);
  const unlisted = options.personas ? [] : [PLAYBACK_CANARY];
  const app = await buildIdentity({ ...options, publicUrl, personas, unlisted, key });
  await app.listen({ port, host });

  return {
    url: publicUrl,
    issuer: publicUrl,
    jwksUrl: `${publicUrl}/.well-known/jwks.json`,
    jwks: { keys: [key.publicJwk] },
    async tokenFor(persona, overrides = {}, origin = options.allowedOrigins[0] ?? publicUrl) {
      const now = Date.now();
      const { token } = await signSessionToken(key, {
        issuer: publicUrl,
        audience: options.audience,
        persona: typeof persona === 'string' ? PERSONAS[persona] : persona,
        sessionId: `sess_${randomBytes(12).toString('hex')}`,
        authorizedParty: origin,
        authenticatedAt: now,
        now,
        overrides,
      });
      return token;
    },
    close: () => app.close(),
  };
}
