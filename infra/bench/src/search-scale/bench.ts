import type { Client } from 'pg';
import { atMost, type Bench, median } from '../bench.ts';
import { beginAs, type Caller } from '../database/become-caller.ts';
import { type BenchServer, withBenchServer } from '../database/bench-database.ts';
import { inTurns } from '../database/server-time.ts';
import { fill, prepareFilling } from '../rls-list/fill.ts';

const ROUNDS = 30;
const COACHES = 500;
const FEW = 10_000;
const MANY = 1_000_000;

const admin: Caller = { subject: 'user_priya_nair', role: 'mm_admin' };
const coach: Caller = { subject: 'user_amelia_hart', role: 'mm_coach' };

/**
 * What `api.search` costs as videos and share links become more: the same words in a database with ten thousand of each and in one with a
 * million, as an admin, who may see them all, and as a coach, who has one in five hundred.
 */
export const searchScale: Bench = {
  name: 'search-scale',
  about: 'what an admin looks for by a part of a name, at a million videos and share links, against ten thousand',
  run: (say, { samples: links = MANY }) =>
    withBenchServer(async (server) => {
      const few = await openFilled(server, 'few', FEW);
      const many = await openFilled(server, 'many', links);
      // What the oldest of all is called alone; what one in ten is called; two characters that nobody's name has.
      const words = { rare: 'Oldest', common: 'Link 12', short: 'zq' };
      const ratios = [];
      for (const [kind, text] of Object.entries(words)) {
        const times = await inTurns(ROUNDS, {
          few: () => timeOf(few, admin, text),
          many: () => timeOf(many, admin, text),
          own: () => timeOf(many, coach, text),
        });
        const ms = (values: number[]) => `${median(values).toFixed(2)} ms`;
        say(
          `${kind.padEnd(7)} at 10k ${ms(times.few)}   at ${links} ${ms(times.many)}   own rows of a coach ${ms(times.own)}`,
        );
        ratios.push(atMost(`search-scale/${kind}`, median(times.many) / median(times.few), 3));
      }
      return ratios;
    }),
};

async function openFilled(server: BenchServer, name: string, links: number): Promise<Client> {
  const database = await server.deployDatabase(name);
  const filler = await database.admin();
  await prepareFilling(filler, COACHES);
  for (let from = 0; from < links; from += 100_000) await fill(filler, from, Math.min(links, from + 100_000), 0);
  await filler.query(`update app.share_tokens set label = 'Oldest' where public_id = lpad('0', 12, '0')`);
  await filler.query('vacuum (analyze) app.share_tokens');
  await filler.query('checkpoint');
  return database.service();
}

/** Milliseconds of one search, the way there and back included. */
async function timeOf(client: Client, caller: Caller, words: string): Promise<number> {
  await beginAs(client, caller);
  const started = performance.now();
  await client.query('select kind, id, title, detail from api.search($1)', [words]);
  const milliseconds = performance.now() - started;
  await client.query('rollback');
  return milliseconds;
}
