import { atLeast, atMost, type Bench, median, times } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { dropTriggersOf } from '../database/drop-triggers.ts';
import { inTurns } from '../database/server-time.ts';
import { addHashChain, arrangeLinks, slowDown } from './arrange.ts';
import { openWriters } from './writers.ts';

/**
 * The same writes in three databases of one server: as the product is; without the audit log; and with a chain of hashes over all entries in
 * addition, which the product avoids by sealing in batches afterwards.
 */
export const auditWrite: Bench = {
  name: 'audit-write',
  about: 'audited writes of single rows and of 10k rows, against the same unaudited, and against a global hash chain',
  run: (say) =>
    withBenchServer(async (server) => {
      const open = async (name: string, change: typeof addHashChain = async () => {}) => {
        const database = await server.deployDatabase(name);
        const admin = await database.admin();
        await arrangeLinks(admin);
        await change(admin);
        return openWriters(database);
      };
      const maintenance = await (await server.deployDatabase('maintenance')).admin();
      const audited = await open('audited');
      const unaudited = await open('unaudited', (admin) => dropTriggersOf(admin, 'audit.tg_record()'));
      const chained = await open('chained', addHashChain);

      const single = await inTurns(12, {
        audited: audited.single,
        unaudited: unaudited.single,
        chained: chained.single,
      });
      const bulk = await inTurns(8, { audited: audited.bulk, unaudited: unaudited.bulk });
      await slowDown(maintenance);
      const slow = await inTurns(5, { audited: audited.single, chained: chained.single });

      for (const [name, values] of Object.entries(single)) say(`${name.padEnd(10)}${rate(values)} single writes/s`);
      say(
        `10k rows in one statement: ${Math.round(median(bulk.audited))} ms audited, ${Math.round(median(bulk.unaudited))} ms unaudited`,
      );
      say(`when a commit takes a millisecond: ${rate(slow.audited)} audited, ${rate(slow.chained)} chained writes/s`);
      return [
        atLeast('audit-write/single', times(single.audited, single.unaudited), 0.7),
        atMost('audit-write/bulk', times(bulk.audited, bulk.unaudited), 3),
        atLeast('audit-write/hash-chain', times(single.audited, single.chained), 4),
        atLeast('audit-write/hash-chain-1ms', times(slow.audited, slow.chained), 4),
      ];
    }),
};

function rate(perSecond: number[]): string {
  return Math.round(median(perSecond)).toString().padStart(7);
}
