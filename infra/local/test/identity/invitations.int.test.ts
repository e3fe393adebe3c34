import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Identity, startIdentity } from '../../src/identity/index.ts';

const APP = 'http://127.0.0.1:4999';
const secretKey = 'sk_test_of_the_tests';
let folder: string;
let mailbox: Server;
let mails: string[];
let identity: Identity;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mm-identity-'));
  mails = [];
  mailbox = createServer(async (request, response) => {
    const mail = JSON.parse(await text(request)) as { to: string; text: string };
    mails.push(/http\S+/.exec(mail.text)?.[0] ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": "1"}');
  });
  await new Promise<void>((resolve) => mailbox.listen(0, '127.0.0.1', resolve));
  identity = await start();
});
afterEach(async () => {
  vi.useRealTimers();
  await identity.close();
  mailbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (port?: number) =>
  startIdentity({
    ...(port === undefined ? {} : { port }),
    dataDir: folder,
    audience: 'motion-mavericks',
    allowedOrigins: [APP],
    secretKey,
    mailDoor: { url: `http://127.0.0.1:${(mailbox.address() as AddressInfo).port}`, apiKey: 're_key_of_tests' },
  });

async function ask(method: string, path: string, body?: object, key = secretKey) {
  const response = await fetch(`${identity.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const said = (await response.json()) as {
    id: string;
    status: string;
    errors?: { code: string }[];
    data?: { id: string }[];
  };
  return { status: response.status, type: response.headers.get('content-type'), code: said.errors?.[0]?.code, said };
}
const invite = (email = 'ann@club.example', more: object = {}) =>
  ask('POST', '/v1/invitations', {
    email_address: email,
    public_metadata: { role: 'mm_operator', invitation: 'our-id', sending: 1 },
    ...more,
  });
async function mailedLink(): Promise<string> {
  await vi.waitFor(() => expect(mails).not.toEqual([]));
  return mails.at(-1) ?? '';
}
const accept = (link: string, options: { name?: string; origin?: string } = {}) =>
  fetch(`${identity.url}/v1/tickets/accept`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: options.origin ?? identity.url },
    body: new URLSearchParams({
      ticket: new URL(link).searchParams.get('ticket') ?? '',
      name: options.name ?? 'Ann Lee',
    }),
  });
async function tokenBehind(answer: Response) {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const token = await fetch(`${identity.url}/v1/token`, { method: 'POST', headers: { origin: APP, cookie } });
  return decodeJwt(((await token.json()) as { token: string }).token);
}

test('who accepts gets an account whose token names the role and the invitation, also after a restart', async () => {
  expect(await invite()).toMatchObject({ status: 200, type: 'application/json', said: { status: 'pending' } });
  const answer = await accept(await mailedLink());
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`${APP}/admin/`);
  const claims = { email: 'ann@club.example', name: 'Ann Lee', role: 'mm_operator', invitation: 'our-id' };
  expect(await tokenBehind(answer)).toMatchObject(claims);
  const port = Number(new URL(identity.url).port);
  await identity.close();
  identity = await start(port);
  expect(await tokenBehind(answer)).toMatchObject(claims);
  expect(await (await fetch(`${identity.url}/sign-in`)).text()).toContain('Ann Lee');
});

test('looking at the link changes nothing, and it is good once', async () => {
  await invite();
  const link = await mailedLink();
  for (const _ of [1, 2]) expect((await fetch(link)).status).toBe(200);
  expect((await accept(link)).status).toBe(303);
  expect((await accept(link)).status).toBe(410);
  expect((await fetch(link)).status).toBe(410);
});

test.each(['http://evil.example', 'null', APP])('a form sent from %s accepts nothing', async (origin) => {
  await invite();
  const link = await mailedLink();
  const answer = await accept(link, { origin });
  expect(answer.status).toBe(403);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect((await fetch(link)).status).toBe(200);
});

test('nobody accepts without a name, or with a link that was never sent', async () => {
  await invite();
  expect((await accept(await mailedLink(), { name: ' ' })).status).toBe(422);
  expect((await accept(`${identity.url}/v1/tickets/accept?ticket=guessed`)).status).toBe(410);
});

test('an invitation that was revoked opens nothing, and is revoked once', async () => {
  const { said } = await invite();
  expect(await ask('POST', `/v1/invitations/${said.id}/revoke`)).toMatchObject({ said: { status: 'revoked' } });
  expect((await accept(await mailedLink())).status).toBe(410);
  const again = await ask('POST', `/v1/invitations/${said.id}/revoke`);
  expect(again).toMatchObject({ status: 400, code: 'invitation_already_revoked' });
});

test('an invitation that was accepted is not revoked, and one that there is not is not found', async () => {
  const { said } = await invite();
  await accept(await mailedLink());
  const late = await ask('POST', `/v1/invitations/${said.id}/revoke`);
  expect(late).toMatchObject({ status: 400, code: 'invitation_already_accepted' });
  expect(await ask('POST', '/v1/invitations/inv_none/revoke')).toMatchObject({
    status: 404,
    code: 'resource_not_found',
  });
});

test('an invitation that has run out opens nothing, and is in nobody’s way', async () => {
  await invite('ann@club.example', { expires_in_days: 1 });
  const link = await mailedLink();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + 86_400_001);
  expect((await accept(link)).status).toBe(410);
  expect(await invite()).toMatchObject({ status: 200 });
});

test('an address is invited once at a time, and not when it has an account', async () => {
  await invite();
  expect(await invite('Ann@club.example')).toMatchObject({ status: 400, code: 'duplicate_record' });
  await accept(await mailedLink());
  expect(await invite()).toMatchObject({ status: 422, code: 'form_identifier_exists' });
  expect(await invite('priya.nair@example.com')).toMatchObject({ status: 422, code: 'form_identifier_exists' });
});

test('without the secret key nobody invites, lists or revokes', async () => {
  const { said } = await invite();
  for (const [method, path] of [
    ['POST', '/v1/invitations'],
    ['GET', '/v1/invitations'],
    ['POST', `/v1/invitations/${said.id}/revoke`],
  ] as const) {
    const body = method === 'GET' ? undefined : { email_address: 'eve@club.example' };
    expect(await ask(method, path, body, 'sk_test_of_somebody')).toMatchObject({
      status: 401,
      code: 'clerk_key_invalid',
    });
  }
});

test('what Clerk does not know, or what is no address, is refused by name', async () => {
  expect(await invite('ann')).toMatchObject({ status: 422, code: 'form_param_format_invalid' });
  expect(await invite('ann@club.example', { role: 'admin' })).toMatchObject({
    status: 422,
    code: 'form_param_unknown',
  });
  expect(mails).toEqual([]);
});

test('the list is by state and by a part of the address, newest first and in pages', async () => {
  const first = (await invite('ann@club.example')).said;
  const second = (await invite('bob@club.example')).said;
  await ask('POST', `/v1/invitations/${first.id}/revoke`);
  const list = async (query: string) => (await ask('GET', `/v1/invitations?paginated=true&${query}`)).said;
  expect(await list('status=pending')).toMatchObject({ data: [{ id: second.id }], total_count: 1 });
  expect(await list('status=revoked&query=ANN')).toMatchObject({ data: [{ id: first.id }], total_count: 1 });
  expect(await list('query=nobody')).toEqual({ data: [], total_count: 0 });
});
