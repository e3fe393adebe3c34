import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Next = { size: string; entries: string; root: Buffer; newest_size: string };

/** Three entries of a transaction that has long ended, sealed one by one: three batches more. */
async function growLog(): Promise<void> {
  await database.admin.query(
    `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
     select '3', 'mm_service', 'worker', 'video.updated', 'video', n::text from generate_series(1, 3) n`,
  );
  for (let i = 0; i < 3; i += 1) await database.service.query('select audit.seal_entries(1)');
}

const next = async (): Promise<Next> =>
  only(await database.service.query<Next>('select * from audit.next_checkpoint()'));

const add = (state: Pick<Next, 'size' | 'entries' | 'root'>, key = 'example.test/audit+01020304+AQ==') =>
  database.service.query(`select audit.add_checkpoint($1, $2, $3, $4, '\\x01020304', $5, now())`, [
    state.size,
    state.entries,
    state.root,
    `note of ${state.size}`,
    key,
  ]);

describe('checkpoints', () => {
  test('there is none before the first batch', async () => {
    expect(await next()).toEqual({ size: '0', entries: '0', root: null, newest_size: '0' });
    expect((await database.service.query('select * from audit.newest_checkpoint()')).rows).toEqual([]);
    expect((await database.service.query('select * from audit.verifier_keys()')).rows).toEqual([]);
  });

  test('what is to be signed is the log as it stands', async () => {
    await growLog();
    const first = await next();
    expect(first).toMatchObject({ size: '3', entries: '3', newest_size: '0' });
    const { rows } = await database.admin.query('select audit.log_root(3) as root');
    expect(first.root).toEqual(only({ rows }).root);
    await add(first);
    await growLog();
    expect(await next()).toMatchObject({ size: '6', entries: '6', newest_size: '3' });
  });

  test('one signer at a time', async () => {
    const client = await database.service.connect();
    try {
      await client.query('begin');
      expect((await client.query('select * from audit.next_checkpoint()')).rows).toHaveLength(1);
      expect((await database.service.query('select * from audit.next_checkpoint()')).rows).toEqual([]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('a state that the log is not in is never kept as signed', async () => {
    const state = await next();
    for (const wrong of [
      { ...state, root: Buffer.alloc(32) },
      { ...state, entries: '5' },
      { ...state, size: '5' },
      { ...state, size: '7' },
      { ...state, size: '0' },
    ]) {
      await expect(add(wrong)).rejects.toMatchObject({ code: 'PT409', hint: 'audit.checkpoint_wrong' });
    }
  });

  test('the newest, those after a size, and every key with the one in use first, can be asked for', async () => {
    await add(await next(), 'example.test/audit+aaaaaaaa+AQ==');
    const { rows } = await database.service.query('select size, note from audit.newest_checkpoint()');
    expect(rows).toEqual([{ size: '6', note: 'note of 6' }]);
    const after = async (size: number) =>
      (await database.service.query<{ note: string }>('select note from audit.checkpoints_after($1)', [size])).rows.map(
        ({ note }) => note,
      );
    expect(await after(0)).toEqual(['note of 3', 'note of 6']);
    expect(await after(3)).toEqual(['note of 6']);
    const keys = async () =>
      (
        await database.service.query<{ verifier_key: string }>('select verifier_key from audit.verifier_keys()')
      ).rows.map(({ verifier_key }) => verifier_key);
    expect(await keys()).toEqual(['example.test/audit+aaaaaaaa+AQ==', 'example.test/audit+01020304+AQ==']);
    await growLog();
    await add(await next());
    expect(await keys()).toEqual(['example.test/audit+01020304+AQ==', 'example.test/audit+aaaaaaaa+AQ==']);
  });

  test('a checkpoint is kept once: a second note of the same size changes nothing', async () => {
    const state = await next();
    await add(state, 'example.test/audit+bbbbbbbb+AQ==');
    const { rows } = await database.admin.query('select verifier_key from audit.checkpoints where size = $1', [
      state.size,
    ]);
    expect(rows).toEqual([{ verifier_key: 'example.test/audit+01020304+AQ==' }]);
  });

  test('what was signed is final for everybody', async () => {
    for (const statement of [
      `update audit.checkpoints set note = 'another'`,
      'delete from audit.checkpoints',
      'truncate audit.checkpoints',
    ]) {
      await expect(database.admin.query(statement)).rejects.toMatchObject({
        code: 'PT403',
        hint: 'audit.append_only',
      });
    }
  });
});
