import { atLeast, atMost, type Bench, median } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { inTurns } from '../database/server-time.ts';
import { addHashChain, arrangeLinks, dropAuditTriggers } from './arrange.ts';
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
      const audited = await open('audited');
      const unaudited = await open('unaudited', dropAuditTriggers);
      const chained = await open('chained', addHashChain);

      const single = await inTurns(8, {
        audited: audited.single,
        unaudited: unaudited.single,
        chained: chained.single,
      });
      const bulk = await inTurns(8, { audited: audited.bulk, unaudited: unaudited.bulk });
      const rate = {
        audited: median(single.audited),
        unaudited: median(single.unaudited),
        chained: median(single.chained),
      };
      for (const [name, value] of Object.entries(rate))
        say(`${name.padEnd(10)}${Math.round(value).toString().padStart(7)} single writes/s`);
      say(
        `10k rows in one statement: ${Math.round(median(bulk.audited))} ms audited, ${Math.round(median(bulk.unaudited))} ms unaudited`,
      );
      return [
        atLeast('audit-write/single', rate.audited / rate.unaudited, 0.7),
        atMost('audit-write/bulk', median(bulk.audited) / median(bulk.unaudited), 3),
        atLeast('audit-write/hash-chain', rate.audited / rate.chained, 4),
      ];
    }),
};
