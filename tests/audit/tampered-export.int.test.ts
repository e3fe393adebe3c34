import { type Outcome, verifyExport } from '@mm/audit-verify';
import { makeSigner, type Signer } from '@mm/audit-verify/genuine-log';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { arrangeShare, arrangeVideo, only } from '../src/arrange.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { exportLog, signLog } from './export-log.ts';

/** Batches of three entries each, before those of what is arranged. */
const BATCHES = 20;
/** The batch that is tampered with. */
const TARGET = 12;

const signer = makeSigner('backoffice.test/audit');
const keys = [signer.verifierKey];
/** What an auditor saved: the checkpoint in the middle, and the newest. */
let saved: { name: string; note: string }[];
/** The number of the last batch. */
let last: number;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertEntries(BATCHES * 3);
  for (let i = 0; i < BATCHES / 2; i += 1) await database.service.query('select audit.seal_entries(3)');
  const middle = await signLog(database.service, signer);
  for (let i = 0; i < BATCHES / 2; i += 1) await database.service.query('select audit.seal_entries(3)');
  const { videoId } = await arrangeVideo(database, 'amelia');
  await arrangeShare(database, 'amelia', videoId);
  await sealAll();
  saved = [
    { name: 'middle', note: middle },
    { name: 'newest', note: await signLog(database.service, signer) },
  ];
  last = only(await database.admin.query<{ no: number }>('select max(b.no)::int as no from audit.batches b')).no;
});
afterAll(() => database?.close());

/** Entries of a transaction that ended long ago, so that nothing holds their sealing up. */
async function insertEntries(count: number): Promise<void> {
  await database.admin.query(
    `insert into audit.entries (xid, actor_role, door, action, object_type, object_id, after)
     select '3', 'mm_service', 'worker', 'video.updated', 'video', n::text, jsonb_build_object('title', 'Squat ' || n)
     from generate_series(1, $1) n`,
    [count],
  );
}

/** Seals what there is; a transaction of any database of the cluster holds sealing up, so those of other tests are waited for. */
async function sealAll(): Promise<void> {
  await vi.waitUntil(
    async () => {
      await database.service.query('select audit.seal_entries(5)');
      const { rowCount } = await database.admin.query(
        'select from audit.entries e where not exists (select from audit.leaves l where l.entry_id = e.id)',
      );
      return rowCount === 0;
    },
    { timeout: 20_000, interval: 50 },
  );
}

/** Changes the log as a superuser could, with triggers off, exports it and takes it back. */
async function tamper(change: (client: PoolClient) => Promise<unknown>): Promise<Buffer> {
  const client = await database.admin.connect();
  try {
    await client.query('begin; set local session_replication_role = replica');
    await change(client);
    return await exportLog(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const bySql = (statements: (batch: number) => string) => (client: PoolClient) => client.query(statements(TARGET));
const verify = (file: Buffer, held = saved): Outcome => verifyExport([file], { keys, held });
const entryAt = (batch: number, place: number) =>
  `(select l.entry_id from audit.leaves l where l.batch_no = ${batch} and l.leaf_index = ${place})`;
const edit = (batch: number) =>
  `update audit.entries set after = '{"title": "Lunge"}' where id = ${entryAt(batch, 1)};`;

/** Works out leaves, batches and tree anew from a batch on, with the database's own functions. */
const REHASH = (batch: number) => `
  update audit.leaves l set hash = sha256('\\x00'::bytea || convert_to(audit.entry_text(e), 'UTF8'))
  from audit.entries e where e.id = l.entry_id and l.batch_no >= ${batch};
  do $$
  declare
    b audit.batches;
    chained bytea;
  begin
    for b in select * from audit.batches order by no loop
      if b.no >= ${batch} then
        b.root := (select audit.merkle_root(array_agg(l.hash order by l.leaf_index)) from audit.leaves l where l.batch_no = b.no);
        b.previous := coalesce(chained, b.previous);
        b.hash := sha256('\\x02'::bytea || convert_to(audit.batch_text(b.no, b.size, b.entries, b.root, b.previous, b.sealed_at), 'UTF8'));
        update audit.batches set root = b.root, previous = b.previous, hash = b.hash where no = b.no;
      end if;
      chained := b.hash;
    end loop;
    delete from audit.tree_nodes;
    for b in select * from audit.batches order by no loop
      perform audit.add_to_tree(b.no, b.hash);
    end loop;
  end
  $$;`;

/** Everything made anew after an edit, and signed with this key in place of the newest checkpoint. */
const forge = (by: Signer) => async (client: PoolClient) => {
  await client.query(edit(TARGET) + REHASH(TARGET));
  await client.query('delete from audit.checkpoints where size > $1', [TARGET]);
  await signLog(client, by);
};

describe('an export of a database that nobody touched', () => {
  test('is proven, with every checkpoint that was saved', async () => {
    const client = await database.admin.connect();
    try {
      const outcome = verify(await exportLog(client));
      expect(outcome).toMatchObject({ ok: true, kind: 'whole', trusted: true, removed: 0, compared: 2 });
      expect(outcome.batches).toBe(last + 1);
      expect(outcome.entries).toBeGreaterThan(BATCHES * 3);
    } finally {
      client.release();
    }
  });
});

describe('an export of a database that a superuser has changed', () => {
  test.for<[string, (client: PoolClient) => Promise<unknown>, RegExp, (() => number) | null]>([
    ['an entry was changed', bySql(edit), /not the one that was sealed/, () => TARGET],
    [
      'the time of an entry was changed, and its leaf followed',
      bySql(
        (no) => `
      update audit.leaves set occurred_at = occurred_at + interval '1 microsecond' where entry_id = ${entryAt(no, 1)};
      update audit.entries e set occurred_at = l.occurred_at from audit.leaves l where l.entry_id = e.id and e.id = ${entryAt(no, 1)}`,
      ),
      /not the one that was sealed/,
      () => TARGET,
    ],
    [
      'an entry was changed, its leaf and the root of its batch',
      bySql(
        (no) => `${edit(no)}
      update audit.leaves l set hash = sha256('\\x00'::bytea || convert_to(audit.entry_text(e), 'UTF8'))
        from audit.entries e where e.id = l.entry_id and l.batch_no = ${no};
      update audit.batches set root = (select audit.merkle_root(array_agg(l.hash order by l.leaf_index)) from audit.leaves l where l.batch_no = ${no})
        where no = ${no}`,
      ),
      /does not follow from batch/,
      () => TARGET + 1,
    ],
    [
      'an entry was deleted',
      bySql((no) => `delete from audit.entries where id = ${entryAt(no, 1)}`),
      /retention keeps 365 days/,
      () => TARGET,
    ],
    [
      'an entry was deleted with its leaf',
      bySql(
        (no) => `
      delete from audit.entries where id = ${entryAt(no, 1)};
      delete from audit.leaves where batch_no = ${no} and leaf_index = 1`,
      ),
      /retention keeps 365 days/,
      null,
    ],
    [
      'an entry was deleted with its leaf, and its batch made smaller',
      bySql(
        (no) => `
      delete from audit.entries where id = ${entryAt(no, 1)};
      delete from audit.leaves where batch_no = ${no} and leaf_index = 1;
      update audit.leaves set leaf_index = 1 where batch_no = ${no} and leaf_index = 2;
      update audit.batches set size = size - 1, entries = entries - 1 where no = ${no}`,
      ),
      /not the one that was sealed/,
      () => TARGET,
    ],
    [
      'an entry was put in, with a leaf',
      bySql(
        (no) => `
      insert into audit.entries (id, xid, actor_role, door, action, object_type, object_id)
      values ('01998b9e-0000-7000-8000-000000000001', '3', 'mm_service', 'worker', 'video.deleted', 'video', '1');
      insert into audit.leaves (batch_no, leaf_index, entry_id, occurred_at, hash)
      select ${no}, 3, e.id, e.occurred_at, sha256('\\x00'::bytea || convert_to(audit.entry_text(e), 'UTF8'))
      from audit.entries e where e.id = '01998b9e-0000-7000-8000-000000000001'`,
      ),
      /has 3 entries/,
      () => TARGET,
    ],
    [
      'two entries changed places',
      bySql((no) =>
        [9, 0, 1]
          .map(
            (to, i) =>
              `update audit.leaves set leaf_index = ${to} where batch_no = ${no} and leaf_index = ${[0, 1, 9][i]};`,
          )
          .join(' '),
      ),
      /not the one that was sealed/,
      () => TARGET,
    ],
    [
      'a batch was deleted',
      bySql((no) => `delete from audit.batches where no = ${no}`),
      /is expected here, not batch/,
      () => TARGET + 1,
    ],
    [
      'the time of a sealing was changed',
      bySql((no) => `update audit.batches set sealed_at = sealed_at - interval '1 day' where no = ${no}`),
      /does not follow from batch/,
      () => TARGET + 1,
    ],
    [
      'the first batches are gone, as if by retention',
      bySql(
        (no) => `
      delete from audit.entries where id in (select l.entry_id from audit.leaves l where l.batch_no < ${no});
      delete from audit.leaves where batch_no < ${no}`,
      ),
      /retention keeps 365 days/,
      null,
    ],
    ['the tail was cut off', bySql((no) => `delete from audit.batches where no > ${no}`), /the rest is missing/, null],
    [
      'the tail was cut off and an older checkpoint is the newest',
      bySql(
        (no) => `
      delete from audit.batches where no > ${no + 4};
      delete from audit.checkpoints where size > ${no + 5}`,
      ),
      /is older than one you hold/,
      null,
    ],
    ['everything from a row on was made anew', bySql((no) => edit(no) + REHASH(no)), /signs another log/, null],
    [
      'everything from a row on was made anew, and signed with another key',
      forge(makeSigner(signer.origin)),
      /not signed by a trusted key/,
      null,
    ],
    [
      'everything from a row on was made anew, and signed with the true key',
      forge(signer),
      /not the log whose checkpoint of size \d+ you hold/,
      () => last,
    ],
  ])('is not proven: %s', async ([, change, says, named]) => {
    const { ok, problem } = verify(await tamper(change));
    expect(ok).toBe(false);
    expect(problem?.message).toMatch(says);
    if (named) expect(problem?.batch).toBe(named());
  });

  test('only a saved checkpoint tells a log that was made anew with the true key, or an older state, from the log', async () => {
    expect(verify(await tamper(forge(signer)), []).ok).toBe(true);
    const older = bySql(
      (no) => `delete from audit.batches where no > ${no + 1}; delete from audit.checkpoints where size > ${no - 1}`,
    );
    expect(verify(await tamper(older), saved.slice(0, 1)).ok).toBe(true);
  });

  test('an entry that was written in behind the seal is not in the export, and is found in the database', async () => {
    let smuggled: unknown;
    const file = await tamper(async (client) => {
      await client.query(
        `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
         values ('2', 'mm_service', 'worker', 'video.deleted', 'video', 'smuggled')`,
      );
      smuggled = (await client.query(`select e.object_id from audit.entries e where e.id = audit.smuggled_entry()`))
        .rows;
    });
    expect(verify(file).ok).toBe(true);
    expect(file.includes('smuggled')).toBe(false);
    expect(smuggled).toEqual([{ object_id: 'smuggled' }]);
  });
});

describe('the text of an entry', () => {
  test("is PostgreSQL's whatever JSON it holds", async () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'));
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.boolean(),
        fc.constant(null),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.array(tie('any')),
        fc.dictionary(text, tie('any'), { noNullPrototype: true }),
      ),
    })).any;
    const values = fc.sample(value, 500).map((one) => JSON.stringify(one));
    await tamper(async (client) => {
      await client.query('set local session_replication_role = origin');
      await client.query(
        `insert into audit.entries (xid, actor_role, door, action, object_type, object_id, before, after, reason)
         select '900000000', 'mm_service', 'worker', 'video.updated', 'video', 'x', v, jsonb_build_object('v', v), v::text
         from jsonb_array_elements($1::jsonb) v`,
        [`[${values.join(', ')}]`],
      );
      const { rows } = await client.query<{ batch_size: number }>('select batch_size from audit.seal_entries(1000)');
      expect(rows).toEqual([{ batch_size: 500 }]);
      await signLog(client, signer);
      expect(verify(await exportLog(client), saved)).toMatchObject({ ok: true, compared: 2 });
    });
  });
});
