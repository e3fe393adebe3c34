import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { givenVideo, rewriteHistory } from '../../test/fixtures.ts';
import { sampleEnvironment } from '../../test/sample-environment.ts';
import { type Config, parseConfig } from '../config.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { verifyAuditLog } from './verify-audit-log.ts';
import { startWorker, type Worker } from './worker.ts';

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let worker: Worker | undefined;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({
    url: testDatabase.serviceUrl,
    poolMax: 2,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
  await database?.close();
  await testDatabase?.close();
  await rm(folder, { recursive: true, force: true });
});

async function sealedEntries(count: number, batch: number): Promise<void> {
  await testDatabase.admin.query(
    `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
     select '3', 'mm_service', 'worker', 'video.updated', 'video', n::text from generate_series(1, $1) n`,
    [count],
  );
  for (let sealed = 0; sealed < count; sealed += batch) {
    await testDatabase.service.query('select audit.seal_entries($1)', [batch]);
  }
}

/** Seals what the database came with, in one batch. That waits for every transaction of the cluster that began before it. */
async function sealTheRest(): Promise<void> {
  await expect
    .poll(
      async () => {
        await testDatabase.service.query('select audit.seal_entries(1000)');
        const { rows } = await testDatabase.admin.query<{ left: number }>(
          `select count(*)::integer as left from audit.entries e
           where not exists (select from audit.leaves l where l.entry_id = e.id)`,
        );
        return rows[0]?.left;
      },
      { timeout: 20_000 },
    )
    .toBe(0);
}

const tamper = (statement: string) => rewriteHistory(testDatabase, statement, []);

describe('verifying the audit log', () => {
  it('goes through all of it, page after page, and finds nothing wrong', async () => {
    await sealedEntries(12_000, 1_000);
    expect(await verifyAuditLog(database, undefined)).toBeUndefined();
    expect(await verifyAuditLog(database, new Date(Date.now() - 60_000))).toBeUndefined();
    expect(await verifyAuditLog(database, new Date(Date.now() + 60_000))).toBeUndefined();
  });

  it('names the first fault on whatever page it is, of the part that it looks at', async () => {
    await sealedEntries(12_000, 1_000);
    await tamper(
      `update audit.entries set reason = 'Because'
       where id = (select entry_id from audit.leaves where batch_no = 11 and leaf_index = 500)`,
    );
    const { rows } = await testDatabase.admin.query(
      'select entry_id from audit.leaves where batch_no = 11 and leaf_index = 500',
    );
    const fault = { fault: 'entry_changed', batchNo: 11, entryId: rows[0]?.entry_id };
    expect(await verifyAuditLog(database, undefined)).toEqual(fault);
    expect(await verifyAuditLog(database, new Date(Date.now() - 60_000))).toEqual(fault);
    expect(await verifyAuditLog(database, new Date(Date.now() + 60_000))).toBeUndefined();
  });

  it('finds that the first batches were taken away, and an entry behind the seal', async () => {
    await sealedEntries(20, 10);
    await tamper(`insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
                  values ('2', 'mm_service', 'worker', 'video.updated', 'video', 'smuggled')`);
    expect(await verifyAuditLog(database, undefined)).toMatchObject({ fault: 'entry_smuggled' });
    await tamper('delete from audit.batches where no = 0');
    expect(await verifyAuditLog(database, undefined)).toMatchObject({ fault: 'batch_missing', batchNo: 0 });
  });
});

describe('the worker', () => {
  const { privateKey: key } = generateKeyPairSync('ed25519');
  const configOf = (): Config => ({
    ...parseConfig(sampleEnvironment({ DATABASE_URL: testDatabase.serviceUrl, WORKER_PORT: '0' })),
    auditSigning: { key, origin: 'videos.example.com/audit', checkpointDir: folder, pastKeys: [], everySeconds: 0.1 },
  });
  const metricsOf = async (token?: string) => {
    const response = await fetch(
      `http://127.0.0.1:${worker?.port}/metrics`,
      token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
    );
    return { status: response.status, text: await response.text() };
  };

  it('seals, signs and verifies, and shows it in its metrics', async () => {
    worker = await startWorker(configOf(), pino({ level: 'silent' }));
    await givenVideo(testDatabase);
    await expect
      .poll(async () => (await metricsOf()).text, { timeout: 20_000 })
      .toMatch(/^mm_audit_log_intact\{check="checkpoints"\} 1$[\s\S]*^mm_audit_checkpoint_age_seconds 0\.\d+$/m);
    expect((await metricsOf()).text).toMatch(/^mm_audit_seal_lag_seconds [\d.e-]+$/m);
    await expect
      .poll(() => readFile(join(folder, 'checkpoints.txt'), 'utf8').catch(() => ''), { timeout: 20_000 })
      .toContain('videos.example.com/audit\n');
    expect((await metricsOf()).text).toContain('mm_audit_log_intact{check="recent"} 1');
  });

  it('refuses to sign a log that is not what was signed, and says so at the highest level and in its metrics', async () => {
    const lines: { level: number; msg: string }[] = [];
    // Everything is sealed before the worker begins: it finds four batches, neither more nor less.
    await sealedEntries(3, 1);
    await sealTheRest();
    worker = await startWorker(
      configOf(),
      pino({ level: 'fatal' }, { write: (line: string) => lines.push(JSON.parse(line)) }),
    );
    await expect
      .poll(() => readFile(join(folder, 'checkpoints.txt'), 'utf8').catch(() => ''), { timeout: 20_000 })
      .toMatch(/^videos\.example\.com\/audit\n4\n/);
    // The node over all four, which is the log's root.
    await tamper(`update audit.tree_nodes set hash = sha256('another') where level = 2 and place = 0`);
    await expect
      .poll(async () => (await metricsOf()).text, { timeout: 20_000 })
      .toContain('mm_audit_log_intact{check="checkpoints"} 0');
    expect(lines[0]?.msg).toBe('the audit log is not signed any more: it is not what was signed');
  });

  it('answers at its door nothing but life and metrics, and those to who has the token', async () => {
    const config = configOf();
    worker = await startWorker(
      { ...config, http: { ...config.http, metricsToken: 'a-token-for-metrics' } },
      pino({ level: 'silent' }),
    );
    const statusOf = async (path: string, method = 'GET') =>
      (await fetch(`http://127.0.0.1:${worker?.port}${path}`, { method })).status;
    expect(await statusOf('/livez')).toBe(200);
    expect(await statusOf('/')).toBe(404);
    expect(await statusOf('/metrics', 'POST')).toBe(404);
    expect((await metricsOf()).status).toBe(401);
    expect((await metricsOf('another-token-for-m')).status).toBe(401);
    expect((await metricsOf('a-token-for-metrics')).status).toBe(200);
  });
});
