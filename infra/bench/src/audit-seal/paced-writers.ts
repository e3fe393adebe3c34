import type { Client } from 'pg';
import { settingsOf } from '../database/become-caller.ts';
import type { BenchDatabase } from '../database/bench-database.ts';

const WRITERS = 16;

const priya = { subject: 'user_priya_nair', role: 'mm_admin' };

/** Writers that keep to a rate, whether the server keeps up or not: each write has its moment, and whoever is late makes up for it. */
export type PacedWriters = {
  /** Changes single labels, each in a transaction of its own, evenly over so many seconds. Answers how many, and the seconds it took. */
  write(perSecond: number, seconds: number): Promise<{ written: number; seconds: number }>;
};

export async function openPacedWriters(database: BenchDatabase): Promise<PacedWriters> {
  const sessions: Client[] = await Promise.all(Array.from({ length: WRITERS }, () => database.service()));
  return {
    async write(perSecond, seconds) {
      const each = Math.round((perSecond * seconds) / WRITERS);
      const started = performance.now();
      await Promise.all(sessions.map((session, writer) => session.query(pacedWrites(writer, each, seconds / each))));
      return { written: each * WRITERS, seconds: (performance.now() - started) / 1000 };
    },
  };
}

/**
 * The loop runs on the server, as in audit-write. Who waits for the next moment has committed and has no transaction id: sealing does not
 * wait for them.
 */
function pacedWrites(writer: number, writes: number, pause: number): string {
  const { role, claims, headers } = settingsOf(priya);
  return `
    do $$
    declare
      started timestamptz := clock_timestamp();
    begin
      for n in 1..${writes} loop
        perform pg_sleep(extract(epoch from started - clock_timestamp()) + n * ${pause});
        commit;
        perform set_config('role', '${role}', true), set_config('request.jwt.claims', '${claims}', true),
                set_config('request.headers', '${headers}', true);
        perform authz.check_request();
        update app.share_tokens set label = 'Write ' || n where public_id = lpad((n % 500 + ${writer * 500 + 1})::text, 12, '0');
        commit;
      end loop;
    end $$`;
}
