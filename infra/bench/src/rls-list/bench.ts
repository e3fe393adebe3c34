import type { Client } from 'pg';
import { atLeast, atMost, type Bench, median, type Ratio } from '../bench.ts';
import { beginAs } from '../database/become-caller.ts';
import { type BenchDatabase, withBenchServer } from '../database/bench-database.ts';
import { executionTime, inTurns } from '../database/server-time.ts';
import { fill, prepareFilling } from './fill.ts';
import { type Cursor, type List, lists, page } from './lists.ts';

const ROUNDS = 60;
const SMALL = 100_000;
const LARGE = 1_000_000;

type Medians = { rls: number; bare: number; deep: number };

/**
 * A page of 25 rows through the api's views as a coach and as an admin, against the same query as a role that passes row-level security and
 * names the coach by hand; the first page against one half-way down; a hundred thousand rows against a million.
 */
export const rlsList: Bench = {
  name: 'rls-list',
  about:
    'a page of 25 rows of a list under row-level security, against the same without it, deep pages and ten times the rows',
  run: (say) =>
    withBenchServer(async (server) => {
      const database = await server.deployDatabase('lists');
      const admin = await database.admin();
      await prepareFilling(admin);
      await fill(admin, 0, SMALL);
      const small = await measureAll(database);
      await fill(admin, SMALL, LARGE);
      const large = await measureAll(database);
      return lists.flatMap((list, index): Ratio[] => {
        const [few, many] = [small[index], large[index]];
        if (few === undefined || many === undefined) throw new Error('a list was not measured');
        const name = `rls-list/${list.view.slice('api.'.length)}/${list.caller.role.slice('mm_'.length)}`;
        say(
          `${name.padEnd(36)} page 1 ${show(many.rls)}   without RLS ${show(many.bare)}   half-way down ${show(many.deep)}   page 1 of 100k ${show(few.rls)}`,
        );
        return [
          atLeast(`${name}/without-rls`, many.bare / many.rls, 0.5),
          atLeast(`${name}/page-n`, many.rls / many.deep, 0.8),
          atMost(`${name}/growth`, many.rls / few.rls, 1.3),
        ];
      });
    }),
};

function show(milliseconds: number): string {
  return `${milliseconds.toFixed(3)} ms`;
}

async function measureAll(database: BenchDatabase): Promise<Medians[]> {
  const measured: Medians[] = [];
  for (const list of lists) measured.push(await measure(database, list));
  return measured;
}

async function measure(database: BenchDatabase, list: List): Promise<Medians> {
  const caller = await database.service();
  const owner = await database.admin();
  await owner.query('set role mm_owner');
  const middle = await findMiddle(owner, list);
  await beginAs(caller, list.caller);
  await caller.query(`prepare first_page as ${page(list, 'true')}`);
  await caller.query(`prepare deep_page as ${page(list, 'true', middle)}`);
  await owner.query(`prepare first_page as ${page(list, list.where)}`);
  await expectSameRows(caller, owner);
  const times = await inTurns(ROUNDS, {
    rls: () => executionTime(caller, 'execute first_page'),
    bare: () => executionTime(owner, 'execute first_page'),
    deep: () => executionTime(caller, 'execute deep_page'),
  });
  await Promise.all([caller.end(), owner.end()]);
  return { rls: median(times.rls), bare: median(times.bare), deep: median(times.deep) };
}

async function findMiddle(owner: Client, { view, time, where }: List): Promise<Cursor> {
  const { rows } = await owner.query<Cursor>(
    `select ${time}::text as at, id from ${view} where ${where} order by ${time} desc, id desc
     limit 1 offset (select count(*) / 2 from ${view} where ${where})`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`${view} is empty`);
  return row;
}

/** The comparison is worth nothing if the two do not answer the same page. Names that a coach may not see are left out of it. */
async function expectSameRows(caller: Client, owner: Client): Promise<void> {
  const ids = async (client: Client) => {
    const { rows } = await client.query<{ coalesce: { id: string }[] }>('execute first_page');
    return rows[0]?.coalesce.map(({ id }) => id).join();
  };
  const [seen, wanted] = [await ids(caller), await ids(owner)];
  if (seen !== wanted || seen === '') throw new Error('the list under row-level security shows other rows');
}
