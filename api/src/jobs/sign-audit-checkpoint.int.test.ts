import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@mm/tests';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rewriteHistory } from '../../test/fixtures.ts';
import { openCheckpoint } from '../audit/checkpoint.ts';
import { verifierKeyOf } from '../audit/signed-note.ts';
import type { AuditSigning } from '../config.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { AuditLogBrokenError, CheckpointSigner } from './sign-audit-checkpoint.ts';

const origin = 'videos.example.com/audit';
const { privateKey } = generateKeyPairSync('ed25519');

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let path: string;
// A log of its own for each test: what is made wrong stays wrong.
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase({
    url: testDatabase.serviceUrl,
    poolMax: 4,
    applicationName: 'mm-worker',
    onConnectionError: () => undefined,
  });
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  path = join(folder, 'checkpoints.txt');
  await growLog(3);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await database?.close();
  await testDatabase?.close();
});

/** So many batches more, of one entry each, of a transaction that has long ended. */
async function growLog(batches: number): Promise<void> {
  await testDatabase.admin.query(
    `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
     select '3', 'mm_service', 'worker', 'video.updated', 'video', n::text from generate_series(1, $1) n`,
    [batches],
  );
  for (let i = 0; i < batches; i += 1) {
    await testDatabase.service.query('select audit.seal_entries(1)');
  }
}

function signerOf({ key = privateKey, ...other }: Partial<AuditSigning> & { key?: KeyObject } = {}): CheckpointSigner {
  return new CheckpointSigner(database, {
    key,
    origin,
    checkpointDir: folder,
    pastKeys: [],
    everySeconds: 60,
    ...other,
  });
}

const logSize = async () => {
  const { rows } = await testDatabase.admin.query<{ size: string }>('select audit.log_size() as size');
  return Number(rows[0]?.size);
};
const stored = async () =>
  (await testDatabase.admin.query<{ note: string }>('select note from audit.checkpoints order by size')).rows.map(
    ({ note }) => note,
  );
const filed = () => readFile(path, 'utf8');

/** Changes the log behind its triggers. */
const tamper = (statement: string) => rewriteHistory(testDatabase, statement, []);

describe('signing the audit log', () => {
  it('signs the log as it stands, for the table and for the file alike, and only when it has grown', async () => {
    const signer = signerOf();
    const size = await logSize();
    expect(await signer.run(new Date('2026-11-21T04:05:06.789Z'))).toBe(size);
    expect(await signer.run()).toBeUndefined();
    await growLog(2);
    expect(await signer.run()).toBe(size + 2);

    const notes = await stored();
    expect(await filed()).toBe(notes.join('\n'));
    const { rows } = await testDatabase.admin.query<{ root: Buffer; entries: string }>(
      'select audit.log_root($1) as root, (select entries from audit.batches where no = $1 - 1) as entries',
      [size],
    );
    expect(openCheckpoint(notes[0] ?? '', [verifierKeyOf(origin, privateKey)])).toMatchObject({
      origin,
      size,
      root: rows[0]?.root,
      entries: Number(rows[0]?.entries),
      time: '2026-11-21T04:05:06.789000Z',
    });
  });

  it('appends to the file what a process that ended in between had committed only', async () => {
    await signerOf().run();
    const before = await filed();
    await growLog(1);
    await signerOf().run();
    const whole = await filed();
    // Cut off after the commit, at every stage of writing.
    for (const length of [before.length, before.length + 1, before.length + 30, whole.length - 1]) {
      await truncate(path, Buffer.byteLength(whole.slice(0, length)));
      expect(await signerOf().run()).toBeUndefined();
      expect(await filed()).toBe(whole);
    }
  });

  it('gives the table back what only the file has', async () => {
    await signerOf().run();
    const notes = await stored();
    await tamper('delete from audit.checkpoints');
    expect(await signerOf().run()).toBeUndefined();
    expect(await stored()).toEqual(notes);
  });

  it('fills the file of another worker', async () => {
    await signerOf().run();
    await growLog(1);
    await signerOf().run();
    const other = join(folder, 'other');
    expect(await signerOf({ checkpointDir: other }).run()).toBeUndefined();
    expect(await readFile(join(other, 'checkpoints.txt'), 'utf8')).toBe(await filed());
  });

  it('of several workers at once, with one file, one signs', async () => {
    const signed = await Promise.all(Array.from({ length: 4 }, () => signerOf().run()));
    expect(signed.filter((size) => size !== undefined)).toEqual([await logSize()]);
    expect(await filed()).toBe((await stored()).join('\n'));
  });

  it('goes on under a new key when it is told the old one, and not otherwise', async () => {
    await signerOf().run();
    await growLog(1);
    const { privateKey: key } = generateKeyPairSync('ed25519');
    await expect(signerOf({ key }).run()).rejects.toThrow(/is not signed by AUDIT_SIGNING_KEY or AUDIT_PAST_KEYS/);
    const pastKeys = [verifierKeyOf(origin, privateKey)];
    expect(await signerOf({ key, pastKeys }).run()).toBe(await logSize());
  });
});

describe('a log that was changed after it was signed', () => {
  /** Nothing may be signed, now and later, however the log grows. */
  async function expectRefusal(message: RegExp): Promise<void> {
    const [before, notes] = [await filed(), await stored()];
    for (let i = 0; i < 2; i += 1) {
      await expect(signerOf().run()).rejects.toThrow(AuditLogBrokenError);
      await expect(signerOf().run()).rejects.toThrow(message);
      await growLog(1);
    }
    expect(await filed()).toBe(before);
    expect(await stored()).toEqual(notes);
  }

  /** The last batch made up anew: another time, and everything that follows from it. */
  const rewriteLastBatch = `
    with last as (select * from audit.batches order by no desc limit 1), made as (
      update audit.batches b
      set sealed_at = l.sealed_at - interval '1 hour',
          hash = sha256('\\x02'::bytea || convert_to(
            audit.batch_text(b.no, b.size, b.entries, b.root, b.previous, l.sealed_at - interval '1 hour'), 'UTF8'))
      from last l where b.no = l.no returning b.no, b.hash)
    update audit.tree_nodes t set hash = m.hash from made m where t.level = 0 and t.place = m.no`;

  beforeEach(async () => {
    // An odd number of batches: the last one is a subtree of its own.
    if ((await logSize()) % 2 === 0) {
      await growLog(1);
    }
    await signerOf().run();
  });

  it('is not signed when it is another than before', async () => {
    await tamper(rewriteLastBatch);
    await expectRefusal(/is no continuation of/);
  });

  it('is signed again once it is what it was: nothing but the log itself decides', async () => {
    const { rows } = await testDatabase.admin.query(
      'select no, hash, sealed_at::text from audit.batches order by no desc limit 1',
    );
    const { no, hash, sealed_at } = rows[0];
    await tamper(rewriteLastBatch);
    await expect(signerOf().run()).rejects.toThrow(AuditLogBrokenError);
    await rewriteHistory(testDatabase, 'update audit.tree_nodes set hash = $2 where level = 0 and place = $1', [
      no,
      hash,
    ]);
    await rewriteHistory(testDatabase, 'update audit.batches set hash = $2, sealed_at = $3 where no = $1', [
      no,
      hash,
      sealed_at,
    ]);
    await growLog(1);
    expect(await signerOf().run()).toBe(await logSize());
  });

  it('is not signed when a batch is gone and its place taken by another', async () => {
    await tamper('delete from audit.leaves where batch_no = (select max(no) from audit.batches)');
    await tamper('delete from audit.tree_nodes where level = 0 and place = (select max(no) from audit.batches)');
    await tamper('delete from audit.batches where no = (select max(no) from audit.batches)');
    await growLog(2);
    await expectRefusal(/is no continuation of/);
  });

  it('is not signed when it is shorter, also when the table was made to forget', async () => {
    await tamper('delete from audit.checkpoints');
    await tamper('delete from audit.leaves where batch_no >= (select max(no) - 3 from audit.batches)');
    await tamper('delete from audit.tree_nodes where ((place + 1) << level) > (select max(no) - 3 from audit.batches)');
    await tamper('delete from audit.batches where no >= (select max(no) - 3 from audit.batches)');
    await expect(signerOf().run()).rejects.toThrow(/is no continuation of/);
    expect(await stored()).toEqual([]);
  });

  it('is not signed when a node of the tree is missing', async () => {
    await tamper('delete from audit.tree_nodes where level = 0 and place = (select max(no) from audit.batches)');
    await expect(signerOf().run()).rejects.toThrow(/A node of the tree over the batches is missing/);
  });
});

describe('a file that was changed', () => {
  beforeEach(async () => {
    await signerOf().run();
    await growLog(1);
  });

  it.each([
    ['another root', (text: string) => text.replace(/^[A-Za-z0-9+/]{43}=$/m, `${'A'.repeat(43)}=`)],
    ['another size', (text: string) => text.replace(/^\d+$/m, '1')],
  ])('is found out by its signature: %s', async (_what, change) => {
    const text = await filed();
    await writeFile(path, change(text));
    await expect(signerOf().run()).rejects.toThrow(/is not signed by/);
  });

  it('is found out by what stands at its end', async () => {
    await appendFile(path, 'something else\n');
    await expect(signerOf().run()).rejects.toThrow(/ends in something that is no checkpoint/);
  });
});
