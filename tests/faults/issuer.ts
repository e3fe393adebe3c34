import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IdentityProvider } from '@mm/sql';
import { claimsOf, createSigner } from '../src/identity.ts';

/** Who signs coaches in: its keys are fetched over HTTP, as from Clerk. */
export type Issuer = {
  readonly identity: IdentityProvider;
  /** A session token of the coach with this subject, good for a minute. */
  token(subject: string): Promise<string>;
  close(): Promise<void>;
};

/** @param origin of the api, which is the one party that the tokens are for */
export async function startIssuer(origin: string): Promise<Issuer> {
  const signer = await createSigner();
  const server = createServer((request, answer) => {
    answer.writeHead(request.url === '/.well-known/jwks.json' ? 200 : 404, { 'content-type': 'application/json' });
    answer.end(JSON.stringify(signer.jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    identity: { issuer, audience: 'motion-mavericks', authorizedParties: [origin] },
    token: (subject) =>
      signer.sign(
        claimsOf('amelia', {
          iss: issuer,
          azp: origin,
          sub: subject,
          sid: `sess_${subject}`,
          name: 'A coach',
          email: `${subject}@example.com`,
        }),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
