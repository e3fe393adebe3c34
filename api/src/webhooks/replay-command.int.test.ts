import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Payload, readPayloads } from '@mm/webhook-replay';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type IntegrationApp, startIntegrationApp, webhookSecrets } from '../../test/integration-app.ts';
import { svixSecretOf } from '../../test/svix-webhook.ts';
import { clerkEvent } from '../features/webhooks/receive-clerk-webhook/schema.ts';
import { muxEvent } from '../features/webhooks/receive-mux-webhook/schema.ts';
import { resendEvent } from '../features/webhooks/receive-resend-webhook/schema.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const samples = join(root, 'docs/reference/webhook-payloads');
const command = join(root, 'infra/webhooks/src/main.ts');
const secrets = {
  MUX_WEBHOOK_SECRET: webhookSecrets[1],
  CLERK_WEBHOOK_SECRET: svixSecretOf('clerk'),
  RESEND_WEBHOOK_SECRET: svixSecretOf('resend'),
};

let subject: IntegrationApp;
let folder: string;
let payloads: Payload[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'webhook-replay-'));
  payloads = await readPayloads(samples);
  subject = await startIntegrationApp({
    environment: {
      CLERK_WEBHOOK_SECRETS: secrets.CLERK_WEBHOOK_SECRET,
      RESEND_WEBHOOK_SECRETS: secrets.RESEND_WEBHOOK_SECRET,
    },
  });
});
afterAll(async () => {
  await subject?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => subject.database.admin.query('delete from app.webhook_events; delete from app.webhook_receipts'));

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}
const run = (args: readonly string[], environment: Record<string, string> = secrets): Promise<Run> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, ...args, '--log', join(folder, 'runs.jsonl')],
      { env: environment },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
const replayed = async (...args: string[]) => {
  const { code, stdout, stderr } = await run([samples, '--to', subject.origin, '--json', ...args]);
  expect(stderr).toBe('');
  return { code, ...JSON.parse(stdout) } as {
    code: number;
    results: { outcome: string; type: string }[];
    unexpected: number;
  };
};
const stored = async () =>
  (
    await subject.database.admin.query<{ provider: string; type: string }>(
      'select provider, type from app.webhook_events order by id',
    )
  ).rows;

describe('the published sample payloads', () => {
  const schemas = { mux: muxEvent, clerk: clerkEvent, resend: resendEvent };
  it('are events as the inbox reads them, of every provider', () => {
    for (const { provider, event } of payloads)
      expect(schemas[provider].parse(event)).toMatchObject({ type: event.type });
    expect(new Set(payloads.map(({ provider }) => provider))).toEqual(new Set(['mux', 'clerk', 'resend']));
  });

  it('name nobody: no address but that of nobody, no URL but one that leads nowhere', async () => {
    for (const { file } of payloads) {
      const text = await readFile(file, 'utf8');
      expect(
        text.match(/[\w.+-]+@[\w.-]+/g)?.filter((address) => address !== 'redacted@example.invalid') ?? [],
      ).toEqual([]);
      expect(text.match(/https?:\/\/[^"]+/g)?.filter((url) => url !== 'https://redacted.invalid') ?? []).toEqual([]);
    }
  });
});

describe('webhooks:replay', () => {
  it('signs every payload of a folder freshly and says what became of it', async () => {
    const { code, results } = await replayed();
    expect(code).toBe(0);
    expect(results.map(({ type, outcome }) => [type, outcome])).toEqual(
      payloads.map(({ event }) => [event.type, 'stored']),
    );
    expect(await stored()).toEqual(payloads.map(({ provider, event }) => ({ provider, type: event.type })));
  });

  it('with --invalid is content when everything is refused, and nothing is stored', async () => {
    const { code, results } = await replayed('--invalid');
    expect([code, new Set(results.map(({ outcome }) => outcome))]).toEqual([0, new Set(['refused'])]);
    expect(await stored()).toEqual([]);
  });

  it('with --duplicate sends each twice, and each is stored once', async () => {
    const { code, results } = await replayed('--duplicate');
    expect([code, results.length, (await stored()).length]).toEqual([0, 2 * payloads.length, payloads.length]);
  });

  it('with --seed sends them in an order that can be repeated', async () => {
    const order = async () => (await replayed('--seed', 'a', '--new-ids')).results.map(({ type }) => type);
    const first = await order();
    expect(await order()).toEqual(first);
    const inOrder = payloads.map(({ event }) => event.type);
    expect(first).not.toEqual(inOrder);
    expect(first.toSorted()).toEqual(inOrder.map(String).sort());
  });

  it('exits 1 when a payload is not stored', async () => {
    const { code, stdout } = await run([samples, '--to', subject.origin], {
      ...secrets,
      MUX_WEBHOOK_SECRET: 'not the secret',
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL 401 refused/m);
    expect((await stored()).some(({ provider }) => provider === 'mux')).toBe(false);
  });

  it('writes down each run, without the secrets', async () => {
    await replayed('--invalid');
    const log = await readFile(join(folder, 'runs.jsonl'), 'utf8');
    const last = JSON.parse(String(log.trim().split('\n').at(-1)));
    expect(last).toMatchObject({ to: subject.origin, environment: 'test', options: { invalid: true }, unexpected: 0 });
    for (const secret of Object.values(secrets)) expect(log).not.toContain(secret);
  });

  it.each([
    ['a place that does not answer', () => [samples, '--to', 'http://127.0.0.1:9'], 'Give --yes'],
    ['what is no address', () => [samples, '--to', 'production'], 'no http or https address'],
    ['no folder', () => [join(folder, 'nothing'), '--to', subject.origin], 'There is no file or folder'],
    ['a file of nobody', () => [join(root, 'package.json'), '--to', subject.origin], 'Whose payload is'],
  ])('exits 2 and sends nothing for %s', async (_what, args, message) => {
    const { code, stderr } = await run(args());
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('exits 2 without a secret', async () => {
    const { code, stderr } = await run([samples, '--to', subject.origin], {});
    expect([code, stderr]).toEqual([2, expect.stringContaining('set CLERK_WEBHOOK_SECRET')]);
  });
});
