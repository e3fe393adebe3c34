import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startIdentity, startMailbox } from '@mm/local';
import { createInvitingDoor, type InvitingDoor } from '../src/identity/clerk-invitations.ts';

const secretKey = 'sk_test_of_the_tests';
const apiKey = 're_key_of_tests';
const appOrigin = 'http://127.0.0.1:4999';

/** How one request of the worker goes wrong. `lost`: the double does what was asked, and the answer never arrives. */
type Accident = { method: string; status: number; retryAfter?: number } | { method: string; lost: true };

/** The local issuer, as Clerk's Backend API stands before the worker, with a door in front that can be out of order. */
export interface ClerkDouble {
  readonly door: InvitingDoor;
  /** Clerk's API with a key that it does not know. */
  readonly strangersDoor: InvitingDoor;
  /** What is to happen to the next requests of a method. */
  readonly accidents: Accident[];
  /** Clerk's invitations of an address, without the door in front: newest first. */
  readonly invitationsOf: (email: string) => Promise<{ id: string; status: string; public_metadata: object }[]>;
  /** Makes one by hand, as in Clerk's dashboard. */
  readonly inviteByHand: (email: string) => Promise<void>;
  /** The links that were mailed to an address. */
  readonly linksFor: (email: string) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

export async function startClerkDouble(): Promise<ClerkDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'api-clerk-'));
  const mailbox = await startMailbox({ dataDir: join(folder, 'mailbox'), apiKey });
  const identity = await startIdentity({
    dataDir: join(folder, 'identity'),
    audience: 'motion-mavericks',
    allowedOrigins: [appOrigin],
    secretKey,
    mailDoor: { url: mailbox.url, apiKey },
  });
  const accidents: Accident[] = [];
  const front = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const body = await text(request);
    const at = accidents.findIndex((accident) => accident.method === method);
    const [accident] = at < 0 ? [] : accidents.splice(at, 1);
    if (accident && 'status' in accident) {
      const pause = accident.retryAfter === undefined ? {} : { 'retry-after': String(accident.retryAfter) };
      response.writeHead(accident.status, { 'content-type': 'application/json', ...pause });
      response.end(JSON.stringify({ errors: [{ code: 'out_of_order', message: `No invitation in ${body}` }] }));
      return;
    }
    const answer = await fetch(`${identity.url}${url}`, {
      method,
      headers: { authorization: String(headers.authorization), 'content-type': 'application/json' },
      ...(body === '' ? {} : { body }),
    });
    const said = await answer.text();
    if (accident) response.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(said);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const apiUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };

  return {
    door: createInvitingDoor({ secretKey, apiUrl }),
    strangersDoor: createInvitingDoor({ secretKey: 'sk_test_of_somebody', apiUrl }),
    accidents,
    async invitationsOf(email) {
      const found = await Promise.all(
        ['pending', 'revoked', 'accepted'].map(async (status) => {
          const query = new URLSearchParams({ status, query: email });
          return (await (await fetch(`${identity.url}/v1/invitations?${query}`, { headers })).json()) as {
            id: string;
            status: string;
            public_metadata: object;
            created_at: number;
          }[];
        }),
      );
      return found.flat().sort((a, b) => b.created_at - a.created_at);
    },
    async inviteByHand(email) {
      const body = JSON.stringify({ email_address: email, notify: false });
      await fetch(`${identity.url}/v1/invitations`, { method: 'POST', headers, body });
    },
    async linksFor(email) {
      const page = await (await fetch(mailbox.url)).text();
      const ids = [...new Set([...page.matchAll(/\/read\/([0-9a-f-]{36})/g)].map(([, id]) => id))];
      const mails = await Promise.all(
        ids.map(async (id) => {
          const answer = await fetch(`${mailbox.url}/emails/${id}`, { headers: { authorization: `Bearer ${apiKey}` } });
          return (await answer.json()) as { to: string[]; text: string };
        }),
      );
      return mails
        .filter(({ to }) => to.includes(email))
        .flatMap((mail) => /http\S+\/v1\/tickets\/accept\?ticket=\S+/.exec(mail.text)?.[0] ?? []);
    },
    async close() {
      front.closeAllConnections();
      front.close();
      await identity.close();
      await mailbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
