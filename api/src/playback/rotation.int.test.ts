import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, givenShare, rewriteHistory } from '../../test/fixtures.ts';
import { ReconciliationStage } from '../../test/reconciliation-stage.ts';
import { takeRotationStep } from './rotate-signing-key.ts';
import { openKey } from './sealed-key.ts';

const encryptionKey = randomBytes(32).toString('base64');
let stage: ReconciliationStage;
let link: GivenShare;
beforeAll(async () => {
  stage = await ReconciliationStage.open({ environment: { KEY_ENCRYPTION_KEY: encryptionKey } });
});
afterAll(() => stage.close());

const program = fileURLToPath(new URL('../keys-rotate.ts', import.meta.url));
const call = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [program, ...args], { env: stage.app.environment }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
const stepsOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { step: string; keyId: string });
const states = () => stage.query('select id, state from app.signing_keys order by created_at, id');

/** Somebody opens the share link. Answers the key that signed, and whether the video opens with them. */
async function watch(): Promise<{ key: string; status: number }> {
  const response = await fetch(`${stage.app.origin}/api/share/${link.publicId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret: link.secret }),
  });
  expect(response.status).toBe(200);
  const { playbackUrl } = (await response.json()) as { playbackUrl: string };
  const token = new URL(playbackUrl).searchParams.get('token') ?? '';
  expect(decodeJwt(token).kid).toBe(decodeProtectedHeader(token).kid);
  return { key: decodeProtectedHeader(token).kid ?? '', status: (await fetch(playbackUrl)).status };
}

/** As if the old key had drained. */
const letDrain = () =>
  rewriteHistory(
    stage.app.database,
    `update app.signing_keys set draining_at = now() - interval '16 minutes 1 second' where state = 'draining'`,
    [],
  );

describe('a rotation of the signing key (SH-17)', () => {
  it('goes through under load: whoever asks meanwhile gets tokens that open the video, of the old key and then of the new', async () => {
    const pair = await stage.begin();
    const asset = await stage.send(pair, 'clip');
    await stage.settled([asset]);
    await stage.hearOf(asset);
    link = await givenShare(stage.app.database, pair.video);
    const first = stage.app.config.mux.signingKeyId;
    const seen: { key: string; status: number }[] = [];
    let isOver = false;
    const viewers = Array.from({ length: 4 }, async () => {
      while (!isOver) seen.push(await watch());
    });

    const begun = await call('mux-signing', '--json');
    expect(begun).toMatchObject({ code: 3, err: '' });
    const steps = stepsOf(begun.out);
    const second = steps[1]?.keyId ?? '';
    expect(steps.map(({ step, keyId }) => `${step} ${keyId}`)).toEqual([
      `adopted ${first}`,
      `created ${second}`,
      `switched ${second}`,
      `waits ${first}`,
    ]);
    await expect.poll(() => seen.at(-1)?.key, { timeout: 30_000 }).toBe(second);
    const { keys } = (await (await fetch(`${stage.app.origin}/.well-known/jwks.json`)).json()) as {
      keys: { kid: string }[];
    };
    expect(keys.map(({ kid }) => kid)).toEqual([second, first]);

    await letDrain();
    const ended = await call('mux-signing', '--json');
    expect(ended).toMatchObject({ code: 0, out: `{"step":"deleted","keyId":"${first}"}\n` });
    const afterDeletion = seen.length;
    await expect.poll(() => seen.length, { timeout: 30_000 }).toBeGreaterThan(afterDeletion + 8);
    isOver = true;
    await Promise.all(viewers);

    expect(new Set(seen.map(({ key }) => key))).toEqual(new Set([first, second]));
    expect(seen.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await states()).toEqual([
      { id: first, state: 'deleted' },
      { id: second, state: 'active' },
    ]);
    await expect(stage.app.muxClient.system.signingKeys.retrieve(first)).rejects.toMatchObject({ status: 404 });
    // A clip is transcoded and two programs are started: half a minute does not do on a busy machine.
  }, 120_000);

  it('is audited step by step, and no private half is in the database or its log', async () => {
    const entries = await stage.query<{ line: string }>(
      `select object_id || ' ' || coalesce(after ->> 'state', '?') as line, to_jsonb(e)::text as text
       from audit.entries e where object_type = 'signing_key' order by id`,
    );
    expect(entries.map(({ line }) => line.split(' ')[1])).toEqual([
      'active',
      'created',
      'draining',
      'active',
      'deleted',
    ]);
    const [row] = await stage.query<{ id: string; sealed: Buffer; text: string }>(
      `select id, sealed_private_key as sealed, to_jsonb(k)::text as text from app.signing_keys k where state = 'active'`,
    );
    const { keyEncryptionKey } = stage.app.config.mux;
    if (row === undefined || keyEncryptionKey === undefined) throw new Error('Nothing is stored.');
    const opened = openKey(row.sealed, row.id, keyEncryptionKey).export({ format: 'der', type: 'pkcs8' });
    expect(row.text).toContain(row.sealed.toString('hex').slice(0, 64));
    expect(row.text).not.toContain(opened.toString('hex').slice(-64));
    expect(JSON.stringify(entries)).not.toContain(row.sealed.toString('hex').slice(0, 64));
  });

  it('killed after any step, it goes on where it was', async () => {
    const { mux, config } = { mux: stage.app.muxClient, config: stage.app.config.mux };
    if (config.keyEncryptionKey === undefined) throw new Error('There is no store.');
    const doors = {
      database: stage.database,
      mux,
      encryptionKey: config.keyEncryptionKey,
      configured: { id: config.signingKeyId, privateKey: config.signingKey },
    };
    const step = (other: object = {}) => takeRotationStep({ ...doors, ...other });
    const known = async () => {
      const ids: string[] = [];
      for await (const key of mux.system.signingKeys.list()) ids.push(key.id);
      return ids.length;
    };
    const before = await known();

    // Mux made a key, and the database was away: it is deleted again.
    const away = {
      query: (statement: { name: string }, values: readonly unknown[]) =>
        statement.name === 'add_signing_key'
          ? Promise.reject(new Error('away'))
          : stage.database.query(statement as never, values),
    };
    await expect(step({ database: away })).rejects.toThrow('away');
    expect(await known()).toBe(before);

    expect(await step()).toMatchObject({ step: 'created' });
    expect(await step()).toMatchObject({ step: 'switched' });
    expect(await step()).toMatchObject({ step: 'waits' });
    await letDrain();
    // Killed between Mux's deletion and ours.
    const [old] = await stage.query<{ id: string }>(`select id from app.signing_keys where state = 'draining'`);
    await mux.system.signingKeys.delete(old?.id ?? '');
    expect(await step()).toEqual({ step: 'deleted', keyId: old?.id });
    expect(await known()).toBe(before);
  });

  it('that fails raises an alert; the next one that succeeds clears it', async () => {
    const alerts = () => stage.query(`select key, severity from app.alerts where state <> 'resolved'`);
    await stage.app.control('faults', { match: { method: 'POST', path: '/system/v1/signing-keys' }, status: 503 });
    expect(await call('mux-signing')).toMatchObject({ code: 1, out: '' });
    expect(await alerts()).toEqual([{ key: 'keys.rotation.failed', severity: 'critical' }]);
    expect(await call('mux-signing')).toMatchObject({ code: 3, err: '' });
    expect(await alerts()).toEqual([]);
  });

  it('is not begun without a store or with a wrong word', async () => {
    expect(await call('mux-token')).toMatchObject({ code: 2, out: '' });
    expect(await call('mux-signing', '--now')).toMatchObject({ code: 2, out: '' });
  });
});
