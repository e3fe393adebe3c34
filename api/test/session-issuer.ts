import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface TokenOptions {
  /** Claims that replace the usual ones; undefined leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly kid?: string;
}

export interface SessionIssuer {
  readonly url: string;
  /** How often the keys were fetched. */
  readonly fetches: () => number;
  readonly token: (options?: TokenOptions) => Promise<string>;
  /** A token under the published key id, signed by a key that was never published. */
  readonly forgedToken: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** The claims of a session of Clerk's (version 2) with this product's custom claims. */
export function sessionClaims(issuer: string, overrides: Readonly<Record<string, unknown>> = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: 'motion-mavericks',
    sub: 'user_amelia_hart',
    sid: 'sess_1',
    azp: 'http://127.0.0.1:4000',
    iat: now,
    nbf: now - 5,
    exp: now + 60,
    sts: 'active',
    fva: [1, -1],
    v: 2,
    role: 'mm_coach',
    name: 'Amelia Hart',
    email: 'amelia.hart@example.com',
    ...overrides,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** An issuer of session tokens that listens for real: its keys are fetched over HTTP, as from Clerk. */
export async function startSessionIssuer(): Promise<SessionIssuer> {
  const published = await generateKeyPair('RS256');
  const unpublished = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(published.publicKey)), kid: 'session-key-1', use: 'sig', alg: 'RS256' };
  let fetches = 0;
  const server = createServer((request, response) => {
    fetches += 1;
    response.writeHead(request.url === '/.well-known/jwks.json' ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign = (
    key: typeof published.privateKey,
    { claims, kid = 'session-key-1' }: TokenOptions = {},
  ): Promise<string> =>
    new SignJWT(sessionClaims(url, claims)).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key);
  return {
    url,
    fetches: () => fetches,
    token: (options) => sign(published.privateKey, options),
    forgedToken: () => sign(unpublished.privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
