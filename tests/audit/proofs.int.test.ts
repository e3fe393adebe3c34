import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { consistencyProof, inclusionPath, treeHash } from '../src/rfc6962.ts';

/** Batches of 1, 2, … so many entries: so every size of a batch, and of the log, up to it is met. */
const largest = 70;
const sizes = Array.from({ length: largest }, (_, i) => i + 1);

let database: TestDatabase;
/** Hashes of the batches, in order. */
let log: Buffer[];
beforeAll(async () => {
  database = await createTestDatabase();
  // As of a transaction that has long ended, so that nothing that runs beside the test holds sealing up.
  await database.admin.query(
    `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
     select '3', 'mm_service', 'worker', 'video.updated', 'video', n::text from generate_series(1, $1) n`,
    [(largest * (largest + 1)) / 2],
  );
  for (const size of sizes) {
    const sealed = await database.service.query('select batch_size from audit.seal_entries($1)', [size]);
    expect(sealed.rows).toEqual([{ batch_size: size }]);
  }
  const { rows } = await database.admin.query<{ hash: Buffer }>('select hash from audit.batches order by no');
  log = rows.map(({ hash }) => hash);
});
afterAll(() => database?.close());

describe('the tree of the log', () => {
  test('has the root of RFC 6962 at every size', async () => {
    const { rows } = await database.admin.query<{ root: Buffer }>(
      'select audit.log_root(n) as root from generate_series(1, $1) n order by n',
      [largest],
    );
    expect(rows.map(({ root }) => root)).toEqual(sizes.map((size) => treeHash(log.slice(0, size))));
  });

  test('has the inclusion proof of RFC 6962 for every batch at every size', async () => {
    const { rows } = await database.admin.query<{ size: number; paths: Buffer[][] }>(
      `select n as size, array(select to_jsonb(array(select encode(h, 'hex') from unnest(audit.inclusion_proof(b, n)) h))
                               from generate_series(0, n - 1) b order by b) as paths
       from generate_series(1, $1) n order by n`,
      [largest],
    );
    for (const { size, paths } of rows) {
      const leaves = log.slice(0, size);
      expect(paths).toEqual(leaves.map((_, place) => inclusionPath(place, leaves).map((hash) => hash.toString('hex'))));
    }
    expect(rows).toHaveLength(largest);
  });

  test('has the consistency proof of RFC 6962 between every two sizes', async () => {
    const { rows } = await database.service.query<{ size: number; to: number; proof: Buffer[] }>(
      `select m as size, n as to, audit.consistency_proof(m, n) as proof
       from generate_series(1, $1) n, lateral generate_series(1, n) m`,
      [largest],
    );
    expect(rows).toHaveLength((largest * (largest + 1)) / 2);
    for (const { size, to, proof } of rows) expect(proof).toEqual(consistencyProof(size, log.slice(0, to)));
  });

  test('has no root and no proof of what it does not hold', async () => {
    const { rows } = await database.admin.query(
      `select audit.log_root(0) as none, audit.log_root(71) as ahead, audit.inclusion_proof(5, 5) as not_in,
              audit.inclusion_proof(0, 71) as beyond, audit.inclusion_proof(-1, 5) as before,
              audit.consistency_proof(0, 5) as from_nothing, audit.consistency_proof(6, 5) as backwards,
              audit.consistency_proof(5, 71) as to_beyond, audit.consistency_proof(null, null) as unknown`,
    );
    expect(new Set(Object.values(only({ rows })))).toEqual(new Set([null]));
  });

  test('a node that is missing is an error, never another root', async () => {
    const client = await database.admin.connect();
    try {
      await client.query(`begin; set local session_replication_role = replica`);
      await client.query('delete from audit.tree_nodes where level = 3 and place = 2');
      await expect(client.query('select audit.log_root(25)')).rejects.toMatchObject({ code: 'P0002' });
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});

describe('the tree of a batch', () => {
  const pathsOf = (batch: number, indexes: number[]) =>
    database.asUser(
      'grace',
      async (client) =>
        (
          await client.query<{ leaf_index: number; path: Buffer[] }>('select * from audit.leaf_paths($1, $2)', [
            batch,
            indexes,
          ])
        ).rows,
    );

  test('has the paths of RFC 6962 for every entry of a batch of every size', async () => {
    for (const size of sizes) {
      const { rows } = await database.admin.query<{ hash: Buffer }>(
        'select hash from audit.leaves where batch_no = $1 order by leaf_index',
        [size - 1],
      );
      const leaves = rows.map(({ hash }) => hash);
      const paths = await pathsOf(
        size - 1,
        leaves.map((_, place) => place),
      );
      expect(paths).toEqual(leaves.map((_, place) => ({ leaf_index: place, path: inclusionPath(place, leaves) })));
    }
  });

  test('has none for places that it does not have, nor for a batch that is not there', async () => {
    expect(await pathsOf(4, [-1, 5])).toEqual([]);
    expect(await pathsOf(largest, [0])).toEqual([]);
  });
});
