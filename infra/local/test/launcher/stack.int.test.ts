import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readRunning } from '../../src/launcher/process-registry.ts';
import { waitUntilGone } from '../../src/launcher/process-table.ts';
import { type Stack, startStack } from '../../src/launcher/stack.ts';
import { findFreeBase } from './free-base.ts';

const MINUTE = 60_000;
let parent: string;
let stack: Stack;
const lines: string[] = [];

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'mm-stack-'));
  stack = await startStack({
    port: await findFreeBase(),
    dataDir: join(parent, 'data'),
    apps: false,
    canary: true,
    onLine: (line) => lines.push(line),
  });
}, 3 * MINUTE);
afterAll(async () => {
  const children = readRunning(join(stack.dataDir, 'run', 'processes.json'));
  await stack.close();
  expect(await waitUntilGone(children, 0)).toEqual([]);
  rmSync(parent, { recursive: true, force: true });
}, MINUTE);

const get = async (path: string, persona?: Parameters<Stack['tokenFor']>[0]) =>
  fetch(`${stack.urls.app}${path}`, {
    headers: persona ? { authorization: `Bearer ${await stack.tokenFor(persona)}` } : {},
  });

const post = async (path: string, persona: Parameters<Stack['tokenFor']>[0]) =>
  fetch(`${stack.urls.app}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await stack.tokenFor(persona)}` },
  });

test('secrets, keys and logs are readable by their owner only', () => {
  const files = (folder: string) =>
    readdirSync(join(stack.dataDir, folder)).map((name) => join(stack.dataDir, folder, name));
  const paths = ['secrets', 'identity', 'logs', 'run'].flatMap(files);
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) expect([path, (statSync(path).mode & 0o777).toString(8)]).toEqual([path, '600']);
});

test('each persona is let in at the product’s own doors with the issuer’s token', async () => {
  for (const [key, persona] of Object.entries(stack.personas)) {
    // What the admin app does first: a newcomer has no profile before.
    await post('/rest/rpc/sign_in', key as keyof Stack['personas']);
    const answer = await get('/rest/me?select=subject,role', key as keyof Stack['personas']);
    expect(await answer.json()).toEqual([{ subject: persona.subject, role: persona.role }]);
  }
});

test(
  'the sample data came in by the product’s own doors: videos, links, plays and who did what',
  async () => {
    await stack.sampleDone;
    const titles = async (persona: 'amelia' | 'ben') =>
      (
        (await (await get('/rest/videos?select=status,coach_name', persona)).json()) as {
          status: string;
          coach_name: string;
        }[]
      ).map(({ status, coach_name }) => `${coach_name}: ${status}`);
    expect(await titles('amelia')).toEqual(['Amelia Hart: ready', 'Amelia Hart: ready', 'Amelia Hart: ready']);
    expect(await titles('ben')).toEqual(['Ben Okafor: ready']);
    const links = (await (await get('/rest/share_tokens?select=status&label=neq.Canary', 'priya')).json()) as {
      status: string;
    }[];
    const ofStatus = (wanted: string) => links.filter(({ status }) => status === wanted).length;
    expect([ofStatus('active'), ofStatus('revoked'), links.length]).toEqual([5, 4, 9]);
    const [receipt] = (await (
      await get('/rest/revocations?select=token_count,revoked_by_name', 'priya')
    ).json()) as object[];
    expect(receipt).toEqual({ token_count: 3, revoked_by_name: 'Priya Nair' });
    const watched = (await (await get('/rest/playback_sessions?select=is_measured', 'priya')).json()) as {
      is_measured: boolean;
    }[];
    expect(new Set(watched.map(({ is_measured }) => is_measured))).toEqual(new Set([true, false]));
    const kept = (await (
      await get('/rest/webhook_events?select=state&state=eq.quarantined', 'tomas')
    ).json()) as object[];
    expect(kept).toHaveLength(1);
    const rules = (await (await get('/rest/playback_decisions?select=rule', 'priya')).json()) as { rule: string }[];
    expect(new Set(rules.map(({ rule }) => rule))).toEqual(
      new Set(['play.allowed', 'play.revoked', 'play.wrong_secret']),
    );
    const audit = (await (
      await get('/rest/audit_entries?select=actor_name,reason&reason=not.is.null', 'priya')
    ).json()) as object[];
    expect(audit).toContainEqual(expect.objectContaining({ actor_name: 'Priya Nair' }));
  },
  3 * MINUTE,
);

test(
  'the canary measures soon, on a video of an account of its own that coaches do not see',
  async () => {
    await stack.sampleDone;
    type Run = { kind: string; outcome: string | null; segment_ms: number | null };
    await vi.waitFor(
      async () => {
        const runs = (await (await get('/rest/canary_runs?select=kind,outcome,segment_ms', 'tomas')).json()) as Run[];
        expect(runs).toContainEqual({ kind: 'cut', outcome: 'in_time', segment_ms: expect.any(Number) });
      },
      { timeout: MINUTE, interval: 500 },
    );
    const coachesOf = async (persona: 'mia' | 'priya') => {
      const rows = (await (await get('/rest/videos?select=coach_name', persona)).json()) as { coach_name: string }[];
      return new Set(rows.map(({ coach_name }) => coach_name));
    };
    expect(await coachesOf('mia')).toEqual(new Set());
    expect(await coachesOf('priya')).toEqual(new Set(['Amelia Hart', 'Ben Okafor', 'Playback canary']));
  },
  3 * MINUTE,
);

test(
  'the printed share link plays for a stranger',
  async () => {
    const link = new URL(stack.sampleLink ?? '');
    const answer = await fetch(`${stack.urls.api}/share/${link.pathname.split('/').at(-1)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret: link.hash.slice(1) }),
    });
    expect(answer.status).toBe(200);
    const { playbackUrl } = (await answer.json()) as { playbackUrl: string };
    const playlist = await fetch(playbackUrl);
    expect(playlist.status).toBe(200);
    expect(await playlist.text()).toMatch(/^#EXTM3U/);
  },
  MINUTE,
);

test.each(['api', 'worker', 'mux', 'identity', 'mailbox', 'postgrest'])(
  '%s is started again after kill -9',
  async (name) => {
    const before = stack.pidOf(name);
    stack.kill(name, 'SIGKILL');
    await vi.waitFor(() => expect(stack.pidOf(name)).not.toBe(before), { timeout: MINUTE });
    await stack.whenUp(name);
    expect(lines.join('\n')).toContain(`${name} is up again`);
    await vi.waitFor(async () => expect((await get('/readyz')).status).toBe(200), { timeout: MINUTE });
  },
  2 * MINUTE,
);

test(
  'the product recovers after kill -9 of PostgreSQL',
  async () => {
    stack.kill('postgres', 'SIGKILL');
    await vi.waitFor(() => expect(lines.join('\n')).toContain('postgres is up again'), { timeout: MINUTE });
    await vi.waitFor(async () => expect((await get('/rest/me', 'amelia')).status).toBe(200), { timeout: MINUTE });
  },
  2 * MINUTE,
);

test(
  'a restart that was asked for gives a new process',
  async () => {
    const before = stack.pidOf('worker');
    await stack.restart('worker');
    expect(stack.pidOf('worker')).not.toBe(before);
  },
  MINUTE,
);
