import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type PersonaName, type TestDatabase } from '../src/index.ts';
import { explain, type Facts, faultsOf } from './explain.ts';
import { fillEveryTable } from './fill.ts';
import { type List, readLists } from './lists.ts';

let database: TestDatabase;
let big: string[];
let lists: List[];
let facts: Facts;

beforeAll(async () => {
  database = await createTestDatabase();
  big = await fillEveryTable(database.admin);
  lists = await readLists(database.admin);
  // A month that is still to come is empty, and rightly read whole.
  const { rows } = await database.admin.query<{ partition: string; parent: string }>(
    `select inhrelid::regclass::text as partition, pg_partition_root(inhrelid)::regclass::text as parent from pg_inherits
     join pg_class c on c.oid = inhrelid where c.relispartition and c.reltuples > 0`,
  );
  const parents = new Map(rows.map(({ partition, parent }) => [partition, parent]));
  const unique = await database.admin.query<{ name: string }>(
    `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid where i.indisunique and i.indnkeyatts = 1 and i.indpred is null`,
  );
  const uniqueNames = new Set(unique.rows.map(({ name }) => name));
  facts = {
    isBig: (relation) => big.includes(parents.get(relation) ?? relation),
    isUnique: (index) => uniqueNames.has(index),
  };
}, 120_000);
afterAll(() => database?.close());

async function faultsOfList({ persona, statement }: List): Promise<string[]> {
  const plan = await database.asUser(persona, (client) => explain(client, statement));
  return faultsOf(plan, facts).map((fault) => `${persona}: ${statement}: ${fault}`);
}

async function faultsOfLists(of: (list: List) => boolean = () => true): Promise<string[]> {
  const faults: string[] = [];
  for (const list of lists.filter(of)) faults.push(...(await faultsOfList(list)));
  return faults;
}

test('the tables that grow are big here, and every role has lists of them', () => {
  expect(big).toEqual(
    expect.arrayContaining([
      'app.videos',
      'app.upload_jobs',
      'app.share_tokens',
      'app.playback_decisions',
      'audit.entries',
    ]),
  );
  expect(new Set(lists.map(({ persona }) => persona))).toEqual(new Set(['amelia', 'priya', 'helen', 'tomas', 'grace']));
});

test('no list reads a big table whole, sorts it, or asks a policy for each row', async () => {
  expect(await faultsOfLists()).toEqual([]);
});

/** How often the person's call read the table whole, and by an index; counted within the transaction. */
async function scansOf(
  table: string,
  call: string,
  who: PersonaName = 'amelia',
): Promise<{ whole: number; byIndex: number }> {
  return database.asUser(who, async (client) => {
    await client.query(call);
    const { rows } = await client.query<{ whole: number; byIndex: number }>(
      `select sum(seq_scan)::integer as whole, sum(idx_scan)::integer as "byIndex" from pg_stat_xact_all_tables where relid = $1::regclass`,
      [table],
    );
    const [scans] = rows;
    if (scans === undefined) throw new Error(`nothing is counted of ${table}`);
    return scans;
  });
}

describe('what was watched is read by an index', () => {
  // What is filled in has links of videos that do not exist.
  beforeAll(async () => {
    const client = await database.admin.connect();
    try {
      await client.query('begin; set local session_replication_role = replica');
      await client.query(
        `update app.share_tokens t set video_id = (select v.id from app.videos v where v.coach_id = t.coach_id limit 1)
         where t.coach_id = (select id from app.profiles where subject = 'user_amelia_hart')`,
      );
      await client.query('commit');
    } finally {
      client.release();
    }
  });
  const calls = [
    ['the retention curve of a link', `select * from api.retention_curve((select id from api.share_tokens limit 1))`],
    ['the retention curve of a video', `select * from api.retention_curve(null, (select id from api.videos limit 1))`],
    ['the days of a link', `select * from api.plays_over_time((select id from api.share_tokens limit 1))`],
    ['the days of a video', `select * from api.plays_over_time(null, (select id from api.videos limit 1))`],
    ['the days of all that is a coach’s', 'select * from api.plays_over_time()'],
  ] as const;
  test.each(calls)('%s', async (_what, call) => {
    // The same question often: a plan for any argument must not take the place of the one for this.
    expect(await scansOf('app.playback_sessions', `${call}; `.repeat(7))).toEqual({
      whole: 0,
      byIndex: expect.toSatisfy((count: number) => count > 0),
    });
  });

  test('and the test notices when the index is gone', async () => {
    const index = 'playback_sessions_coach_id_idx';
    await database.admin.query(`drop index app.${index}`);
    try {
      expect((await scansOf('app.playback_sessions', 'select * from api.plays_over_time()')).whole).toBeGreaterThan(0);
    } finally {
      await database.admin.query(`create index ${index} on app.playback_sessions (coach_id, started_at desc, id desc)`);
    }
  });
});

test.each([
  ['amelia', 'coach_dashboard', 'app.videos'],
  ['amelia', 'coach_dashboard', 'app.share_tokens'],
  ['priya', 'admin_dashboard', 'app.share_tokens'],
  ['tomas', 'operator_dashboard', 'app.upload_jobs'],
  ['grace', 'auditor_dashboard', 'audit.batches'],
] as const)('the dashboard of %s, %s, reads %s by an index', async (who, name, table) => {
  expect(await scansOf(table, `select * from api.${name}()`, who)).toEqual({
    whole: 0,
    byIndex: expect.toSatisfy((count: number) => count > 0),
  });
});

describe('what somebody looks for by a part of its name', () => {
  /** How many rows the person's search took out of each index. */
  const readFrom = (who: PersonaName, words: string, indexes: readonly string[]): Promise<number[]> =>
    database.asUser(who, async (client) => {
      await client.query('select * from api.search($1)', [words]);
      const { rows } = await client.query<{ read: number }>(
        `select pg_stat_get_xact_tuples_returned(i::regclass)::integer as read from unnest($1::text[]) with ordinality u (i, n) order by n`,
        [indexes.map((index) => `app.${index}`)],
      );
      return rows.map(({ read }) => read);
    });
  const trigrams = ['videos_title_trigrams_idx', 'share_tokens_label_trigrams_idx'];
  const ofCoach = ['videos_coach_id_created_at_idx', 'share_tokens_coach_id_created_at_idx'];
  const newest = ['videos_created_at_idx', 'share_tokens_created_at_idx'];
  // Words that one row in twelve thousand has, again and again: a plan for any words must not take the place of the one for these.
  const rare = Array.from({ length: 7 }, (_, n) =>
    createHash('md5')
      .update(String(n + 1))
      .digest('hex')
      .slice(0, 9),
  );
  // What the planner asks an index for the first and the last of it, past rows that are gone.
  const few = expect.toSatisfy((rows: number) => rows <= 500);

  test('is found by an admin in the indexes of trigrams, and in no other way', async () => {
    for (const words of rare)
      expect(await readFrom('priya', words, [...trigrams, ...newest])).toEqual([1, 1, few, few]);
    for (const table of ['app.videos', 'app.share_tokens']) {
      expect((await scansOf(table, `select * from api.search('${rare[0]}')`, 'priya')).whole).toBe(0);
    }
  });

  test('is found by a coach among their own rows, one in forty', async () => {
    const own = expect.toSatisfy((rows: number) => rows > 0 && rows <= 800);
    for (const words of rare) {
      expect(await readFrom('amelia', words, [...ofCoach, ...newest])).toEqual([own, own, few, few]);
    }
  });

  test('of two characters only among the newest ten thousand, so that no index is asked for all it holds', async () => {
    const some = expect.toSatisfy((rows: number) => rows >= 20_000 && rows <= 20_500);
    expect(await readFrom('priya', 'zz', [...trigrams, ...newest])).toEqual([0, 0, some, some]);
  });

  test('and the test notices when an index is gone', async () => {
    const [index] = trigrams;
    await database.admin.query(`drop index app.${index}`);
    try {
      expect((await scansOf('app.videos', `select * from api.search('${rare[0]}')`, 'priya')).whole).toBe(1);
    } finally {
      await database.admin.query(`create index ${index} on app.videos using gin (title extensions.gin_trgm_ops)`);
    }
  });
});

describe('the test notices', () => {
  const violations = [
    {
      what: 'an index that is gone',
      relation: 'api.share_tokens',
      violate: 'drop index app.share_tokens_created_at_idx',
      undo: 'create index share_tokens_created_at_idx on app.share_tokens (created_at desc, id desc)',
      fault: 'reads app.share_tokens whole',
    },
    {
      what: 'a policy that calls a function for each row',
      relation: 'api.videos',
      violate: 'alter policy videos_select_coach on app.videos using (coach_id = authz.profile_id())',
      undo: 'alter policy videos_select_coach on app.videos using (coach_id = (select authz.profile_id()))',
      fault: 'calls a function of authz for each row of app.videos',
    },
    {
      what: 'a policy that asks a subplan for each row',
      relation: 'app.videos',
      violate: `alter policy videos_select_coach on app.videos
                using ((select p.subject from app.profiles p where p.id = coach_id) = (select authz.subject()))`,
      undo: 'alter policy videos_select_coach on app.videos using (coach_id = (select authz.profile_id()))',
      fault: 'asks a subplan for each row of app.videos',
    },
  ];
  test.each(violations)('$what', async ({ relation, violate, undo, fault }) => {
    await database.admin.query(violate);
    try {
      expect((await faultsOfLists((list) => list.relation === relation)).join('\n')).toContain(fault);
    } finally {
      await database.admin.query(undo);
    }
  });
});
