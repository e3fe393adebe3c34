import type { Client } from 'pg';
import { arrangeLinks } from '../audit-write/arrange.ts';
import { openWriters } from '../audit-write/writers.ts';
import { atLeast, atMost, type Bench, median } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { openPacedWriters } from './paced-writers.ts';
import { openSealer } from './sealer.ts';

const SECONDS = 20;
const ROUNDS = 3;

/**
 * The audit log is written at half the rate that the machine can write at most, while it is sealed as the worker does. How fast sealing
 * alone is shows on what the measurement of the capacity has left behind.
 */
export const auditSeal: Bench = {
  name: 'audit-seal',
  about: 'sealing of the audit log twice a second while 16 sessions write at half of the capacity measured before',
  run: (say) =>
    withBenchServer(async (server) => {
      const database = await server.deployDatabase('sealed');
      const admin = await database.admin();
      await arrangeLinks(admin);
      const sealer = openSealer(admin, database.serviceUrl);
      try {
        const capacityWriters = await openWriters(database);
        const pacedWriters = await openPacedWriters(database);
        await capacityWriters.single();
        const rates: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) rates.push(await capacityWriters.single());
        const capacity = median(rates);
        const backlog = await sealer.sealRest();
        await admin.query('vacuum analyze');

        const before = await countEntries(admin);
        await sealer.start();
        const load = await pacedWriters.write(capacity / 2, SECONDS);
        const during = await countEntries(admin);
        const lag = await sealer.stop();
        await sealer.sealRest();
        const after = await countEntries(admin);

        const sealingRate = backlog.sealed / backlog.seconds;
        const written = during.written - before.written;
        const sealed = during.sealed - before.sealed;
        say(`capacity   ${Math.round(capacity)} writes/s, without sealing`);
        say(`sealing    ${Math.round(sealingRate)} entries/s of a backlog, alone`);
        say(`written    ${Math.round(written / load.seconds)} entries/s for ${load.seconds.toFixed(1)} s`);
        say(`sealed     ${Math.round(sealed / load.seconds)} entries/s in the same time`);
        say(`lag        p50 ${lag.p50.toFixed(2)} s, p99 ${lag.p99.toFixed(2)} s, longest ${lag.longest.toFixed(2)} s`);
        if (written !== load.written) throw new Error(`${written} entries stand for ${load.written} writes`);
        return [
          atMost('audit-seal/lag-p99-seconds', lag.p99, 1),
          atLeast('audit-seal/sealed-to-written', sealed / written, 0.95),
          atMost('audit-seal/left-out', after.written - after.sealed, 0),
          atLeast('audit-seal/sealing-to-capacity', sealingRate / capacity, 1),
        ];
      } finally {
        await sealer.close();
      }
    }),
};

async function countEntries(admin: Client): Promise<{ written: number; sealed: number }> {
  const { rows } = await admin.query<{ written: number; sealed: number }>(
    `select count(*)::int as written, count(l.entry_id)::int as sealed
     from audit.entries e left join audit.leaves l on l.entry_id = e.id and l.occurred_at = e.occurred_at`,
  );
  return rows[0] ?? { written: 0, sealed: 0 };
}
