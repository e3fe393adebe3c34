import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrangeShare, arrangeVideo, only, profileOf } from '../src/arrange.ts';
import { createTestDatabase, personas, type TestDatabase } from '../src/index.ts';
import { sha256, treeHash } from '../src/rfc6962.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

type Sealed = { batch_no: string | null; batch_size: number | null };
const seal = async (limit = 4096): Promise<Sealed> =>
  only(await database.service.query<Sealed>('select * from audit.seal_entries($1)', [limit]));

const unsealed = async (): Promise<number> =>
  only(
    await database.admin.query<{ count: number }>(
      'select count(*)::int from audit.entries e where not exists (select from audit.leaves l where l.entry_id = e.id)',
    ),
  ).count;

/** A transaction of any database of the cluster holds sealing up, so those of other tests are waited for. */
async function sealAll(limit = 4096): Promise<void> {
  await expect
    .poll(
      async () => {
        while ((await seal(limit)).batch_no !== null);
        return unsealed();
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(0);
}

describe('sealing', () => {
  test('seals every entry once, and then there is nothing left to seal', async () => {
    await arrangeVideo(database, 'amelia');
    await sealAll(5);
    expect(await unsealed()).toBe(0);
    expect(await seal()).toEqual({ batch_no: null, batch_size: null });
    const { rows } = await database.admin.query<{ batch_no: string; leaf_index: number; size: number }>(
      `select b.no as batch_no, b.size, array_agg(l.leaf_index order by l.leaf_index) as places
       from audit.batches b join audit.leaves l on l.batch_no = b.no group by b.no order by b.no`,
    );
    expect(rows.map((row) => Number(row.batch_no))).toEqual(rows.map((_, place) => place));
    for (const row of rows) expect(row).toMatchObject({ places: Array.from({ length: row.size }, (_, i) => i) });
  });

  test('the hashes are those that anybody works out from the entries alone', async () => {
    await arrangeVideo(database, 'ben');
    await sealAll(7);
    const { rows: batches } = await database.admin.query<{
      no: string;
      size: number;
      entries: string;
      root: Buffer;
      previous: Buffer;
      hash: Buffer;
      sealed: string;
    }>(
      `select *, to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as sealed from audit.batches order by no`,
    );
    let previous: Buffer = Buffer.alloc(32);
    const tree: Buffer[] = [];
    for (const batch of batches) {
      const { rows: texts } = await database.admin.query<{ text: string }>(
        `select audit.entry_text(e) as text from audit.leaves l join audit.entries e on e.id = l.entry_id
         where l.batch_no = $1 order by l.leaf_index`,
        [batch.no],
      );
      const root = treeHash(texts.map(({ text }) => sha256(Buffer.of(0), Buffer.from(text))));
      expect(batch.root).toEqual(root);
      expect(batch.previous).toEqual(previous);
      const header = [
        'motion-mavericks/audit-batch/1',
        batch.no,
        batch.size,
        batch.entries,
        root.toString('hex'),
        previous.toString('hex'),
        batch.sealed,
        '',
      ].join('\n');
      previous = sha256(Buffer.of(2), Buffer.from(header));
      expect(batch.hash).toEqual(previous);
      tree.push(previous);
    }
    const { rows: nodes } = await database.admin.query<{ level: number; place: string; hash: Buffer }>(
      'select * from audit.tree_nodes order by level, place',
    );
    expect(nodes.length).toBeGreaterThan(batches.length);
    for (const { level, place, hash } of nodes) {
      const width = 2 ** level;
      expect(hash).toEqual(treeHash(tree.slice(Number(place) * width, (Number(place) + 1) * width)));
    }
  });

  test('an entry whose transaction is still open is sealed after its end, and holds up those that began after it', async () => {
    const video = await arrangeVideo(database, 'amelia');
    await sealAll();
    const slow = await database.admin.connect();
    try {
      await slow.query('begin');
      await slow.query(`update app.videos set title = 'Slow' where id = $1`, [video.videoId]);
      await arrangeShare(database, 'amelia', video.videoId);
      expect(await seal()).toEqual({ batch_no: null, batch_size: null });
      await slow.query('commit');
    } finally {
      slow.release();
    }
    await sealAll();
    expect(await unsealed()).toBe(0);
  });

  test('several sealers at once make one chain', async () => {
    for (let i = 0; i < 4; i += 1) await arrangeVideo(database, 'ben');
    const before = only(await database.admin.query<{ count: number }>('select count(*)::int from audit.batches')).count;
    const sealed = await Promise.all(Array.from({ length: 6 }, () => seal(3)));
    const numbers = sealed.map((one) => one.batch_no).filter((no) => no !== null);
    expect(new Set(numbers).size).toBe(numbers.length);
    await sealAll(3);
    const { rows } = await database.admin.query<{ no: string; is_chained: boolean }>(
      `select b.no, b.previous = p.hash as is_chained from audit.batches b join audit.batches p on p.no = b.no - 1
       where b.no >= $1 order by b.no`,
      [before],
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.every((row) => row.is_chained)).toBe(true);
    expect(await unsealed()).toBe(0);
  });

  test('entries of a restored database, whose transactions count from the beginning again, are sealed too', async () => {
    await sealAll();
    await database.admin.query(
      `insert into audit.entries (xid, actor_role, door, action, object_type, object_id)
       values ('900000000', 'mm_service', 'worker', 'video.updated', 'video', 'from-before')`,
    );
    await sealAll();
    expect(await unsealed()).toBe(0);
    await arrangeVideo(database, 'amelia');
    await sealAll();
    expect(await unsealed()).toBe(0);
  });

  test('the oldest entry that waits is known by its age', async () => {
    const lag = async () => only(await database.service.query<{ lag: number }>('select audit.seal_lag() as lag')).lag;
    await sealAll();
    expect(await lag()).toBe(0);
    await arrangeVideo(database, 'amelia');
    expect(await lag()).toBeGreaterThan(0);
  });

  test('nobody but the service seals, and seals are final for everybody', async () => {
    for (const who of ['amelia', 'priya', 'grace', null] as const) {
      await expect(database.asUser(who, (client) => client.query('select audit.seal_entries()'))).rejects.toMatchObject(
        { code: '42501' },
      );
    }
    for (const table of ['leaves', 'batches', 'tree_nodes']) {
      for (const statement of [`delete from audit.${table}`, `truncate audit.${table}`]) {
        await expect(database.admin.query(statement)).rejects.toMatchObject({
          code: 'PT403',
          hint: 'audit.append_only',
        });
      }
    }
  });
});

describe('personal values', () => {
  const disclose = (who: 'amelia' | 'ben' | 'priya' | 'helen' | 'grace', id: string, reason: string | null) =>
    database.asUser(
      who,
      async (client) =>
        (
          await client.query<{ side: string; field: string; value: unknown; salt: string }>(
            'select * from api.disclose_audit_entry($1, $2)',
            [id, reason],
          )
        ).rows,
      { keep: true },
    );

  async function renamed(): Promise<{ id: string; after: Record<string, { commitment: string }> }> {
    const video = await arrangeVideo(database, 'amelia', 'Old title');
    await database.admin.query(`update app.videos set title = 'New title' where id = $1`, [video.videoId]);
    return only(
      await database.admin.query(
        `select id, after from audit.entries where object_id = $1 and after ? 'title' and before is not null`,
        [video.videoId],
      ),
    );
  }

  test('an admin who says why reads them, checks them against the commitment, and leaves an entry', async () => {
    const entry = await renamed();
    const values = await disclose('priya', entry.id, 'Complaint 12');
    expect(values).toMatchObject([
      { side: 'after', field: 'title', value: 'New title' },
      { side: 'before', field: 'title', value: 'Old title' },
    ]);
    const salt = Buffer.from(values[0]?.salt ?? '', 'hex');
    expect(salt).toHaveLength(32);
    expect(sha256(salt, Buffer.from('"New title"')).toString('hex')).toBe(entry.after.title?.commitment);
    const { rows } = await database.admin.query(
      `select actor_subject, reason from audit.entries where action = 'audit_entry.disclosed' and object_id = $1`,
      [entry.id],
    );
    expect(rows).toEqual([{ actor_subject: personas.priya.subject, reason: 'Complaint 12' }]);
  });

  test('an admin who does not say why reads none', async () => {
    const entry = await renamed();
    await expect(disclose('priya', entry.id, ' ')).rejects.toMatchObject({ code: 'PT422', hint: 'request.invalid' });
  });

  test('a coach reads their own and no other coach’s; other staff none', async () => {
    const entry = await renamed();
    expect(await disclose('amelia', entry.id, null)).toHaveLength(2);
    await expect(disclose('ben', entry.id, null)).rejects.toMatchObject({ code: 'PT404', hint: 'audit.not_found' });
    for (const who of ['helen', 'grace'] as const) {
      await expect(disclose(who, entry.id, 'Complaint 12')).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('erasing somebody takes salts and values, and nothing of what is sealed', async () => {
    const entry = await renamed();
    await sealAll();
    const text = async () =>
      only(
        await database.admin.query<{ text: string; hash: Buffer }>(
          `select audit.entry_text(e) as text, l.hash from audit.entries e join audit.leaves l on l.entry_id = e.id where e.id = $1`,
          [entry.id],
        ),
      );
    const before = await text();
    const amelia = await profileOf(database, personas.amelia.subject);
    const { erased } = only(
      await database.admin.query<{ erased: string }>(`select audit.erase_disclosures($1, 'Request 7') as erased`, [
        amelia,
      ]),
    );
    expect(Number(erased)).toBeGreaterThan(1);
    expect(await text()).toEqual(before);
    expect(sha256(Buffer.of(0), Buffer.from(before.text))).toEqual(before.hash);
    expect(await disclose('priya', entry.id, 'Complaint 12')).toEqual([]);
    const left = await database.admin.query('select distinct owner_id from audit.disclosures where owner_id = $1', [
      amelia,
    ]);
    expect(left.rows).toEqual([]);
    const { rows } = await database.admin.query(
      `select after, reason from audit.entries where action = 'audit_log.erased' and object_id = $1`,
      [amelia],
    );
    expect(rows).toEqual([{ after: { values: Number(erased) }, reason: 'Request 7' }]);
  });

  test('they are deleted in no other way and changed in none', async () => {
    await renamed();
    await expect(database.admin.query('delete from audit.disclosures')).rejects.toMatchObject({
      hint: 'audit.append_only',
    });
    await expect(database.admin.query(`update audit.disclosures set value = '1'`)).rejects.toMatchObject({
      hint: 'audit.append_only',
    });
  });

  test('every personal column of an audited table is committed to, and stands in no entry', async () => {
    const { rows } = await database.admin.query<{ id: string }>(
      `select d.id from api.data_catalogue d
       join pg_class c on c.relname = d.table_name and c.relnamespace::regnamespace::text = d.schema_name
       join pg_trigger t on t.tgrelid = c.oid and t.tgfoid = 'audit.tg_record()'::regprocedure
       cross join lateral (select string_to_array(encode(t.tgargs, 'escape'), '\\000') as list) a
       where d.class = 'personal' and d.column_name not in ('id', 'last_seen_at', 'first_seen_at')
         and d.column_name <> all (string_to_array(a.list[4], ','))`,
    );
    expect(rows).toEqual([]);
  });
});
