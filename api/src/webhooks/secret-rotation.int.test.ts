import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewriteHistory } from '../../test/fixtures.ts';
import { muxForgeries } from '../../test/forgeries.ts';
import { type IntegrationApp, startIntegrationApp, webhookSecrets } from '../../test/integration-app.ts';
import { sendWebhook } from '../../test/send-webhook.ts';
import { signedWebhook } from '../../test/signed-webhook.ts';
import { svixSecretOf, svixWebhook } from '../../test/svix-webhook.ts';
import { openSecret } from './sealed-secret.ts';

const clerk = { old: svixSecretOf('clerk, old'), fresh: svixSecretOf('clerk, fresh') };
const [configured, beside] = webhookSecrets;
const fresh = randomBytes(24).toString('base64url');

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp({
    environment: { KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64'), CLERK_WEBHOOK_SECRETS: clerk.old },
  });
});
afterAll(() => subject.close());

const program = fileURLToPath(new URL('../keys-rotate.ts', import.meta.url));
const call = (args: readonly string[], input = '') =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, [program, ...args], { env: subject.environment }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
    child.stdin?.end(input);
  });
const rotate = async (provider: string, input = '', ...flags: string[]) => {
  const { code, out, err } = await call([`${provider}-webhook`, '--json', ...flags], input);
  const steps = out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { step: string; keyId: string });
  return { code, err, steps, names: steps.map(({ step }) => step) };
};

const eventOf = () => ({ id: randomUUID(), type: 'video.something.new', data: { id: 'x' } });
async function deliver(secret: string): Promise<number> {
  const { body, headers } = signedWebhook(eventOf(), { secret });
  const response = await fetch(`${subject.origin}/api/webhooks/mux`, { method: 'POST', headers, body });
  await response.text();
  return response.status;
}
async function deliverOfClerk(secret: string): Promise<number> {
  const { body, headers } = svixWebhook({ type: 'user.updated', data: { id: 'user_nobody' } }, { secret });
  const response = await fetch(`${subject.origin}/api/webhooks/clerk`, { method: 'POST', headers, body });
  await response.text();
  return response.status;
}
const rows = async <Row extends object>(text: string) => (await subject.database.admin.query<Row>(text)).rows;
const states = async (provider = 'mux') =>
  (
    await rows<{ state: string }>(
      `select state from app.webhook_secrets where provider = '${provider}'
       order by array_position(array['deleted', 'draining', 'active', 'pending'], state)`,
    )
  ).map(({ state }) => state);
/** As if no delivery had been signed with the old secrets for a day. */
const letDrain = () =>
  rewriteHistory(
    subject.database,
    `update app.webhook_secrets set draining_at = now() - interval '25 hours', last_seen_at = now() - interval '25 hours'
     where state = 'draining'`,
    [],
  );

describe('a rotation of a webhook secret (UP-11)', () => {
  it('goes through under load: no delivery is refused, whether it is signed with the old secret or the new', async () => {
    const answers: { secret: string; status: number }[] = [];
    const inUse = new Set<string>([configured]);
    let isOver = false;
    const senders = Array.from({ length: 4 }, async (_none, index) => {
      for (let turn = index; !isOver; turn += 1) {
        const secrets = [...inUse];
        const secret = secrets[turn % secrets.length] ?? configured;
        answers.push({ secret, status: await deliver(secret) });
      }
    });

    const begun = await rotate('mux', fresh);
    expect(begun).toMatchObject({ code: 3, err: '', names: ['adopted', 'created', 'unused'] });
    expect(await rotate('mux')).toMatchObject({ code: 3, names: ['unused'] });
    // The provider begins to use it at once, before every process has looked.
    inUse.add(fresh);
    await expect.poll(() => states(), { timeout: 30_000 }).toEqual(['draining', 'active', 'pending']);
    await expect
      .poll(() => answers.filter(({ secret }) => secret === fresh).length, { timeout: 30_000 })
      .toBeGreaterThan(8);
    await expect
      .poll(() => rows(`select id from app.webhook_secrets where state = 'pending' and last_seen_at is not null`), {
        timeout: 30_000,
      })
      .toHaveLength(1);

    expect(await rotate('mux')).toMatchObject({ code: 3, err: '', names: ['switched', 'waits'] });
    expect(await states()).toEqual(['draining', 'draining', 'active']);
    inUse.delete(configured);
    await letDrain();
    expect(await rotate('mux')).toMatchObject({ code: 0, names: ['deleted'] });
    expect(await rotate('mux')).toMatchObject({ code: 0, names: ['deleted'] });
    const afterDeletion = answers.length;
    await expect.poll(() => answers.length, { timeout: 30_000 }).toBeGreaterThan(afterDeletion + 8);
    isOver = true;
    await Promise.all(senders);

    expect(new Set(answers.map(({ secret }) => secret))).toEqual(new Set([configured, fresh]));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await states()).toEqual(['deleted', 'deleted', 'active']);
    // Five programs are started: half a minute does not do on a busy machine.
  }, 120_000);

  it('ends in the refusal of what the old secrets sign, though the configuration still names them', async () => {
    for (const old of [configured, beside]) {
      await expect.poll(() => deliver(old), { timeout: 30_000 }).toBe(401);
    }
    expect(await deliver(fresh)).toBe(200);
  });

  it.each(muxForgeries({ known: fresh, retired: configured, foreign: clerk.old }))(
    'leaves a delivery that is forged, %s, refused',
    async (_name, forge) => {
      const { headers, body } = signedWebhook(eventOf(), { secret: fresh });
      const answer = await sendWebhook(
        `${subject.origin}/api/webhooks/mux`,
        forge({ headers, body: Buffer.from(body) }),
      );
      expect(answer).toMatchObject({ status: 401, json: { code: 'webhook.signature_invalid' } });
    },
  );

  it('is audited step by step, and no secret is in the database, its log or the log of the programs', async () => {
    const entries = await rows<{ state: string; text: string }>(
      `select after ->> 'state' as state, to_jsonb(e)::text as text from audit.entries e where object_type = 'webhook_secret' order by id`,
    );
    expect(entries.map(({ state }) => state)).toEqual([
      'active',
      'draining',
      'pending',
      'draining',
      'active',
      'deleted',
      'deleted',
    ]);
    const [row] = await rows<{ id: string; sealed: Buffer; text: string }>(
      `select id, sealed_secret as sealed, to_jsonb(s)::text as text from app.webhook_secrets s where state = 'active'`,
    );
    const { keyEncryptionKey } = subject.config.mux;
    if (row === undefined || keyEncryptionKey === undefined) throw new Error('Nothing is stored.');
    expect(openSecret('mux', row.id, row.sealed, keyEncryptionKey).toString()).toBe(fresh);
    expect(() => openSecret('clerk', row.id, row.sealed, keyEncryptionKey)).toThrow();
    const everything = JSON.stringify(entries) + row.text + subject.log();
    for (const text of [fresh, Buffer.from(fresh).toString('hex'), configured]) {
      expect(everything).not.toContain(text);
    }
    expect(JSON.stringify(entries)).not.toContain(row.sealed.toString('hex').slice(0, 32));
  });

  it('of a secret that has leaked deletes the old one as soon as the new one is in use', async () => {
    expect(await rotate('clerk', clerk.fresh)).toMatchObject({ code: 3, names: ['adopted', 'created', 'unused'] });
    expect(await deliverOfClerk(clerk.old)).toBe(200);
    // Forgeries came a moment ago: the process looks again within five seconds, and the provider would deliver again.
    await expect.poll(() => deliverOfClerk(clerk.fresh), { timeout: 30_000 }).toBe(200);
    await subject.app.webhookSecrets.settle();
    expect(await rotate('clerk', '', '--leaked')).toMatchObject({ code: 0, names: ['switched', 'deleted'] });
    expect(await states('clerk')).toEqual(['deleted', 'active']);
    await expect.poll(() => deliverOfClerk(clerk.old), { timeout: 30_000 }).toBe(401);
    expect(await deliverOfClerk(clerk.fresh)).toBe(200);
  });

  it('takes another secret in place of one that was a slip, and none that was used before', async () => {
    const [slip, right] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    expect(await rotate('mux', slip)).toMatchObject({ code: 3, names: ['created', 'unused'] });
    expect(await rotate('mux', right)).toMatchObject({ code: 3, names: ['created', 'unused'] });
    expect(await states()).toEqual(['deleted', 'deleted', 'deleted', 'active', 'pending']);
    expect(await rotate('mux', configured)).toMatchObject({ code: 1, names: [] });
    expect(await rows(`select key from app.alerts where key like 'keys.%' and state <> 'resolved'`)).toEqual([
      { key: 'keys.rotation.failed' },
    ]);
    expect(await rotate('mux')).toMatchObject({ code: 3, names: ['unused'] });
    expect(await rows(`select key from app.alerts where key like 'keys.%' and state <> 'resolved'`)).toEqual([]);
    expect(await deliver(slip)).toBe(401);
    await expect.poll(() => deliver(right), { timeout: 30_000 }).toBe(200);
  });

  it('is not begun without a secret, with one that is none, or with a wrong word', async () => {
    for (const [args, input] of [
      [['resend-webhook'], ''],
      [['clerk-webhook'], 'no secret of Clerk'],
      [['mux-webhook'], 'short'],
      [['mux-signing', '--leaked'], ''],
      [['mux-token'], ''],
    ] as const) {
      expect(await call(args, input)).toMatchObject({ code: 2, out: '' });
    }
    expect((await call(['--help'])).code).toBe(0);
  });
});
