import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';

/** Batches of three entries each. */
const batchCount = 20;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.admin.query(
    `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
     select '3', 'mm_service', 'worker', 'video.updated', 'video', n::text from generate_series(1, $1) n`,
    [batchCount * 3],
  );
  for (let i = 0; i < batchCount; i += 1) await database.service.query('select audit.seal_entries(3)');
});
afterAll(() => database?.close());

const verify = async (client: Pick<PoolClient, 'query'>, from = 0, to = batchCount - 1): Promise<unknown[]> =>
  (await client.query('select * from audit.verify_batches($1, $2)', [from, to])).rows;

const entryOf = (batch: number, place: number): string =>
  `(select l.entry_id from audit.leaves l where l.batch_no = ${batch} and l.leaf_index = ${place})`;

/** Changes the log as its owner could, with triggers off, looks, and takes it back. */
async function tamper<T>(statements: string, look: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.admin.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await client.query(statements);
    return await look(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('verifying batches', () => {
  test('finds nothing wrong with a log that nobody touched, from any batch to any other', async () => {
    expect(await verify(database.service)).toEqual([]);
    for (const [from, to] of [
      [0, 0],
      [7, 7],
      [3, 12],
      [19, 19],
    ] as const) {
      expect(await verify(database.service, from, to)).toEqual([]);
    }
  });

  test.each([
    [
      'an entry that was changed',
      `update audit.entries set action = 'video.deleted' where id = ${entryOf(7, 1)}`,
      'entry_changed',
    ],
    [
      'a time that was changed by a microsecond',
      `update audit.entries set occurred_at = occurred_at + interval '1 microsecond' where id = ${entryOf(7, 1)}`,
      'entry_missing',
    ],
    ['an entry that was deleted', `delete from audit.entries where id = ${entryOf(7, 1)}`, 'entry_missing'],
    ['a leaf that was deleted', 'delete from audit.leaves where batch_no = 7 and leaf_index = 1', 'leaf_missing'],
    [
      'a leaf that was added',
      `insert into audit.leaves (batch_no, leaf_index, entry_id, occurred_at, hash) values (7, 3, uuidv7(), now(), sha256('x'))`,
      'leaf_missing',
    ],
    [
      'two entries whose places were exchanged',
      [9, 0, 1]
        .map(
          (to, i) => `update audit.leaves set leaf_index = ${to} where batch_no = 7 and leaf_index = ${[0, 1, 9][i]};`,
        )
        .join(' '),
      'root_wrong',
    ],
    [
      'an entry that was changed together with its leaf',
      `update audit.entries set action = 'video.deleted' where id = ${entryOf(7, 1)}; update audit.leaves l set hash = sha256('\\x00'::bytea || convert_to(audit.entry_text(e), 'UTF8')) from audit.entries e where e.id = l.entry_id and l.batch_no = 7`,
      'root_wrong',
    ],
    ['a root that was changed', `update audit.batches set root = sha256('x') where no = 7`, 'root_wrong'],
    [
      'a number of entries that was changed',
      'update audit.batches set entries = entries + 1 where no = 7',
      'count_wrong',
    ],
    [
      'a time of sealing that was changed',
      `update audit.batches set sealed_at = sealed_at - interval '1 hour' where no = 7`,
      'header_changed',
    ],
    ['a chain that was cut', `update audit.batches set previous = sha256('x') where no = 7`, 'chain_broken'],
    ['a batch that was deleted', 'delete from audit.batches where no = 7', 'batch_missing'],
    [
      'a node of the tree that was changed',
      `update audit.tree_nodes set hash = sha256('x') where level = 3 and place = 0`,
      'tree_wrong',
    ],
    ['a node of the tree that was deleted', 'delete from audit.tree_nodes where level = 2 and place = 1', 'tree_wrong'],
  ])('finds %s', async (_what, statements, fault) => {
    const found = await tamper(statements, (client) => verify(client));
    expect(found).toMatchObject([{ batch_no: '7', fault }]);
  });

  test('names the entry', async () => {
    const { rows } = await database.admin.query(`select ${entryOf(7, 1)} as id`);
    const found = await tamper(`update audit.entries set reason = 'Because' where id = ${entryOf(7, 1)}`, (client) =>
      verify(client),
    );
    expect(found).toEqual([{ batch_no: '7', entry_id: rows[0]?.id, fault: 'entry_changed' }]);
  });

  test('finds the first of several', async () => {
    const found = await tamper(
      `update audit.batches set root = sha256('x') where no = 12;
       update audit.entries set reason = 'Because' where id in (${entryOf(9, 2)}, ${entryOf(4, 0)})`,
      (client) => verify(client),
    );
    expect(found).toMatchObject([{ batch_no: '4', fault: 'entry_changed' }]);
  });

  test('a whole batch that was made up anew, with its hash, breaks the chain after it', async () => {
    const found = await tamper(
      `update audit.batches set sealed_at = sealed_at - interval '1 hour' where no = 7;
       update audit.batches b set hash = sha256('\\x02'::bytea || convert_to(
         audit.batch_text(b.no, b.size, b.entries, b.root, b.previous, b.sealed_at), 'UTF8')) where no = 7`,
      (client) => Promise.all([verify(client, 8, 19)]),
    );
    expect(found).toMatchObject([[{ batch_no: '8', fault: 'chain_broken' }]]);
  });

  test('an entry written in behind the seal is found, and no other', async () => {
    const look = async (client: Pick<PoolClient, 'query'>) =>
      (await client.query<{ id: string | null }>('select audit.smuggled_entry() as id')).rows[0]?.id;
    expect(await look(database.service)).toBeNull();
    const [found, expected] = await tamper(
      `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
       values ('2', 'mm_service', 'worker', 'video.updated', 'video', 'smuggled')`,
      async (client) => [
        await look(client),
        (await client.query(`select id from audit.entries where object_id = 'smuggled'`)).rows[0]?.id,
      ],
    );
    expect(found).toBe(expected);
  });

  test('pages hold as many entries as asked for and one batch at least', async () => {
    const ends = await database.service.query<{ page_end: string | null }>(
      `select audit.page_end(f, n) from (values (0, 9), (0, 8), (5, 1), (18, 100), (20, 9)) v (f, n)`,
    );
    expect(ends.rows.map((row) => row.page_end)).toEqual(['2', '1', '5', '19', null]);
  });
});
