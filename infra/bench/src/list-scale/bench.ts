import type { PostgrestMeta } from '../../../../admin/src/providers/data/index.ts';
import { atMost, type Bench, median, type Ratio } from '../bench.ts';
import { type BenchServer, withBenchServer } from '../database/bench-database.ts';
import { inTurns } from '../database/server-time.ts';
import { fill, prepareFilling } from '../rls-list/fill.ts';
import { type AdminDoor, type AdminProvider, openAdminDoor } from './admin-provider.ts';
import { fillLogs } from './fill-log.ts';
import { type ListOfAdmin, lists } from './lists.ts';

const ROUNDS = 40;
const COACHES = 4;
const PAGE = 25;
const DEEP = 1_000;
const FEW = 10_000;
const MANY = 1_000_000;
const PLAYS_OF_LINK = 10;

/**
 * What the admin's lists cost as they grow: the same page, asked by the admin's own data provider through PostgREST, in a database with ten
 * thousand share links and in one with a million, of which each has ten playback decisions. Videos, uploads, events of the inbox and entries
 * of the audit log are as many as links.
 */
export const listScale: Bench = {
  name: 'list-scale',
  about:
    'the first and the thousandth page of each list, by the admin’s data provider through PostgREST, with a million share links and ten million decisions, against ten thousand links',
  run: (say, { samples: links = MANY }) =>
    withBenchServer(async (server) => {
      const doors: AdminDoor[] = [];
      try {
        const few = await openFilled(server, 'few', FEW);
        doors.push(few);
        const many = await openFilled(server, 'many', links);
        doors.push(many);
        const ratios: Ratio[] = [];
        for (const list of lists) ratios.push(...(await measure(list, few, many, say)));
        return ratios;
      } finally {
        await Promise.all(doors.map((door) => door.stop()));
      }
    }),
};

async function openFilled(server: BenchServer, name: string, links: number): Promise<AdminDoor> {
  const database = await server.deployDatabase(name);
  const admin = await database.admin();
  await prepareFilling(admin, COACHES);
  // In parts, so that a session's memory and the log between two checkpoints stay small.
  for (let from = 0; from < links; from += 100_000) {
    await fill(admin, from, Math.min(links, from + 100_000), PLAYS_OF_LINK);
  }
  await fillLogs(admin, links);
  await admin.query('checkpoint');
  return openAdminDoor(database);
}

type Page = { data: unknown[]; cursor?: { next?: string } };

async function ask(
  provider: AdminProvider,
  { resource, time }: ListOfAdmin,
  page: number,
  cursor?: string,
): Promise<Page> {
  const meta: PostgrestMeta = { paging: 'keyset', count: 'capped', required: [time], cursor };
  const answer = await provider.getList({
    resource,
    pagination: { currentPage: page, pageSize: PAGE, mode: 'server' },
    sorters: [{ field: time, order: 'desc' }],
    meta,
  });
  if (answer.data.length !== PAGE) throw new Error(`page ${page} of ${resource} has ${answer.data.length} rows`);
  return answer as unknown as Page;
}

async function measure(
  list: ListOfAdmin,
  few: AdminDoor,
  many: AdminDoor,
  say: (line: string) => void,
): Promise<Ratio[]> {
  const [small, large] = [few.as(list.caller), many.as(list.caller)];
  const before = await ask(large, list, DEEP - 1);
  const timed = (work: () => Promise<unknown>) => async () => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const times = await inTurns(ROUNDS, {
    few: timed(() => ask(small, list, 1)),
    first: timed(() => ask(large, list, 1)),
    deep: timed(() => ask(large, list, DEEP, before.cursor?.next)),
  });
  const [of10k, first, deep] = [median(times.few), median(times.first), median(times.deep)];
  const name = `list-scale/${list.resource}/${list.caller.role.slice('mm_'.length)}`;
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  say(`${name.padEnd(44)} at 10k ${ms(of10k)}   page 1 ${ms(first)}   page ${DEEP} ${ms(deep)}`);
  return [atMost(`${name}/page-1`, first / of10k, 1.3), atMost(`${name}/page-1000`, deep / of10k, 1.3)];
}
