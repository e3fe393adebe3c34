import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Identity, startIdentity } from '../../src/identity/index.ts';
import { PERSONAS, PLAYBACK_CANARY } from '../../src/identity/personas.ts';

const APP = 'http://127.0.0.1:4999';
const audience = 'motion-mavericks';
let folder: string;
let identity: Identity;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mm-identity-'));
  identity = await startIdentity({ dataDir: folder, audience, allowedOrigins: [APP] });
});
afterEach(async () => {
  await identity.close();
  rmSync(folder, { recursive: true, force: true });
});

function post(
  path: string,
  options: { origin?: string; cookie?: string; form?: Record<string, string>; json?: unknown },
) {
  const headers = new Headers();
  if (options.origin) headers.set('origin', options.origin);
  if (options.cookie) headers.set('cookie', options.cookie);
  if (options.json !== undefined) headers.set('content-type', 'application/json');
  const body = options.form ? new URLSearchParams(options.form) : JSON.stringify(options.json);
  return fetch(`${identity.url}${path}`, { method: 'POST', headers, redirect: 'manual', ...(body ? { body } : {}) });
}

async function signIn(persona: keyof typeof PERSONAS): Promise<string> {
  const form = { persona: PERSONAS[persona].subject, return_to: `${APP}/admin/` };
  const answer = await post('/sign-in', { origin: identity.url, form });
  expect(answer.status).toBe(303);
  const [cookie = ''] = answer.headers.getSetCookie();
  return cookie.split(';')[0] ?? '';
}

test('the canary’s account signs in like anybody, and is nobody to choose on the page', async () => {
  const form = { persona: PLAYBACK_CANARY.subject, return_to: `${APP}/admin/` };
  const answer = await post('/sign-in', { origin: identity.url, form });
  const [cookie = ''] = answer.headers.getSetCookie();
  const token = await post('/v1/token', { origin: APP, cookie: cookie.split(';')[0] ?? '' });
  expect(await token.json()).toMatchObject({ user: { subject: 'user_playback_canary', role: 'coach' } });
  const page = await (await fetch(`${identity.url}/sign-in`)).text();
  expect(page).toContain(PERSONAS.amelia.subject);
  expect(page).not.toContain(PLAYBACK_CANARY.subject);
});

test('whoever signs in gets a token with a Clerk session token’s claims, which verifies against the published keys', async () => {
  const answer = await post('/v1/token', { origin: APP, cookie: await signIn('priya') });
  expect(answer.status).toBe(200);
  const body = (await answer.json()) as { token: string; expiresAt: string; user: object };
  const { payload } = await jwtVerify(body.token, createRemoteJWKSet(new URL(identity.jwksUrl)), {
    issuer: identity.issuer,
    audience,
    algorithms: ['RS256'],
  });
  expect(payload).toMatchObject({
    v: 2,
    sub: 'user_priya_nair',
    azp: APP,
    sts: 'active',
    fva: [0, -1],
    role: 'mm_admin',
    name: 'Priya Nair',
    email: 'priya.nair@example.com',
    sid: expect.stringMatching(/^sess_/),
  });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
  expect(body.expiresAt).toBe(new Date(Number(payload.exp) * 1000).toISOString());
  expect(body.user).toEqual({
    subject: 'user_priya_nair',
    name: 'Priya Nair',
    email: 'priya.nair@example.com',
    role: 'admin',
  });
});

test('the cookie is out of reach of scripts and of other sites', async () => {
  const form = { persona: PERSONAS.ben.subject, return_to: `${APP}/admin/` };
  const answer = await post('/sign-in', { origin: identity.url, form });
  const [cookie = ''] = answer.headers.getSetCookie();
  expect(cookie).toMatch(new RegExp(`^mm_session_${new URL(identity.url).port}=`));
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');
  expect(cookie).toContain('Path=/');
});

test.each([undefined, 'http://evil.example', 'null', APP])(
  'a sign-in form sent from %s signs nobody in',
  async (origin) => {
    const form = { persona: PERSONAS.ben.subject, return_to: `${APP}/admin/` };
    const answer = await post('/sign-in', { ...(origin ? { origin } : {}), form });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  },
);

test('nobody signs in by a GET', async () => {
  const query = new URLSearchParams({ persona: PERSONAS.ben.subject, return_to: `${APP}/admin/` });
  const answer = await fetch(`${identity.url}/sign-in?${query}`, { headers: { origin: identity.url } });
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('an address elsewhere is refused by the page and by the form, and named', async () => {
  const elsewhere = 'http://127.0.0.1:4999@evil.example/';
  const page = await fetch(`${identity.url}/sign-in?${new URLSearchParams({ return_to: elsewhere })}`);
  expect(page.status).toBe(400);
  expect(await page.text()).toContain('return_to');
  const form = { persona: PERSONAS.ben.subject, return_to: elsewhere };
  const answer = await post('/sign-in', { origin: identity.url, form });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('a person who is not on the page cannot be signed in as', async () => {
  const answer = await post('/sign-in', {
    origin: identity.url,
    form: { persona: 'user_nobody', return_to: `${APP}/` },
  });
  expect(answer.status).toBe(422);
});

test.each([undefined, 'http://evil.example', 'null'])(
  'a page of %s gets no token, signed in or not',
  async (origin) => {
    const answer = await post('/v1/token', { ...(origin ? { origin } : {}), cookie: await signIn('amelia') });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).not.toBe(origin ?? '*');
    expect(await answer.text()).not.toContain('eyJ');
  },
);

test('whoever confirms goes on in the same session, with a proof of that moment', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const cookie = await signIn('priya');
    const claims = async () => {
      const { token } = (await (await post('/v1/token', { origin: APP, cookie })).json()) as { token: string };
      return decodeJwt(token);
    };
    vi.setSystemTime(Date.now() + 11 * 60_000);
    const stale = await claims();
    expect(stale.fva).toEqual([11, -1]);
    expect((await post('/v1/confirm', { origin: APP, cookie })).status).toBe(204);
    expect(await claims()).toMatchObject({ fva: [0, -1], sid: stale.sid });
  } finally {
    vi.useRealTimers();
  }
});

test.each([undefined, 'http://evil.example'])('a page of %s confirms for nobody', async (origin) => {
  const answer = await post('/v1/confirm', { ...(origin ? { origin } : {}), cookie: await signIn('priya') });
  expect(answer.status).toBe(403);
});

test('nobody signed in: nothing to confirm', async () => {
  expect((await post('/v1/confirm', { origin: APP })).status).toBe(401);
});

test('CORS lets the allowed origin send its cookie, and no other', async () => {
  const preflight = (origin: string) =>
    fetch(`${identity.url}/v1/token`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
  const allowed = await preflight(APP);
  expect(allowed.headers.get('access-control-allow-origin')).toBe(APP);
  expect(allowed.headers.get('access-control-allow-credentials')).toBe('true');
  expect((await preflight('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});

test('nobody signed in: 204, and no token', async () => {
  const answer = await post('/v1/token', { origin: APP });
  expect(answer.status).toBe(204);
  expect(await answer.text()).toBe('');
});

test('a restart keeps people signed in and their tokens verifiable', async () => {
  const cookie = await signIn('grace');
  const earlier = await identity.tokenFor('grace');
  await identity.close();
  const port = Number(new URL(identity.url).port);
  identity = await startIdentity({ port, dataDir: folder, audience, allowedOrigins: [APP] });
  expect((await post('/v1/token', { origin: APP, cookie })).status).toBe(200);
  await expect(jwtVerify(earlier, createLocalJWKSet(identity.jwks))).resolves.toBeDefined();
  expect(decodeProtectedHeader(earlier).kid).toBe(identity.jwks.keys[0]?.kid);
});

test('signing out ends this browser’s session; signing out of all ends the others’ too', async () => {
  const cookies = [await signIn('helen'), await signIn('helen'), await signIn('helen')];
  const bystander = await signIn('tomas');
  const statuses = async () =>
    Promise.all(
      [...cookies, bystander].map(async (cookie) => (await post('/v1/token', { origin: APP, cookie })).status),
    );
  const one = await post('/v1/sign-out', { origin: APP, cookie: cookies[0] ?? '', json: {} });
  expect(one.status).toBe(204);
  expect(one.headers.getSetCookie()[0]).toContain('Max-Age=0');
  expect(await statuses()).toEqual([204, 200, 200, 200]);
  await post('/v1/sign-out', { origin: APP, cookie: cookies[1] ?? '', json: { all: true } });
  expect(await statuses()).toEqual([204, 204, 204, 200]);
});

test('another site can sign nobody out', async () => {
  const cookie = await signIn('helen');
  expect((await post('/v1/sign-out', { origin: 'http://evil.example', cookie, json: {} })).status).toBe(403);
  expect((await post('/v1/token', { origin: APP, cookie })).status).toBe(200);
});

test('signing in as somebody else ends the session before', async () => {
  const first = await signIn('amelia');
  const form = { persona: PERSONAS.ben.subject, return_to: `${APP}/admin/` };
  await post('/sign-in', { origin: identity.url, cookie: first, form });
  expect((await post('/v1/token', { origin: APP, cookie: first })).status).toBe(204);
});

test('the page shows every person as a button of a form, runs no script and loads nothing from elsewhere', async () => {
  const answer = await fetch(
    `${identity.url}/sign-in?${new URLSearchParams({ return_to: `${APP}/admin/"><script>` })}`,
  );
  const page = await answer.text();
  for (const persona of Object.values(PERSONAS)) expect(page).toContain(persona.name);
  expect(page.match(/<button class="person"/g)).toHaveLength(Object.keys(PERSONAS).length);
  expect(page).not.toMatch(/<script|src=|@import|url\(/);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
  expect(policy).toContain(`form-action 'self' ${APP}`);
  expect(policy).toContain("frame-ancestors 'none'");
});

test('a test can have a token that is wrong in one respect', async () => {
  const token = await identity.tokenFor('amelia', { sts: 'pending', azp: undefined });
  const { payload } = await jwtVerify(token, createLocalJWKSet(identity.jwks));
  expect(payload.sts).toBe('pending');
  expect('azp' in payload).toBe(false);
});

test('the private key is readable by its owner only', () => {
  expect(statSync(join(folder, 'signing-key.json')).mode & 0o777).toBe(0o600);
});

test('the issuer refuses to start in production', async () => {
  vi.stubEnv('ENVIRONMENT', 'production');
  try {
    const options = { dataDir: folder, audience, allowedOrigins: [APP] };
    await expect(startIdentity(options)).rejects.toThrow(/ENVIRONMENT is "production"/);
  } finally {
    vi.unstubAllEnvs();
  }
});
