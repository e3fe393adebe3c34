import { beginAs, settingsOf } from '../database/become-caller.ts';
import type { BenchDatabase } from '../database/bench-database.ts';
import { ROWS } from './arrange.ts';

const WRITERS = 16;
const WRITES = 80;

const priya = { subject: 'user_priya_nair', role: 'mm_admin' };

/** Writers of one database: each an admin's session at the api's door, with links of its own. */
export type Writers = {
  /** Every writer changes single labels, each in a transaction of its own. Answers writes per second. */
  single(): Promise<number>;
  /** One writer changes all labels in one statement. Answers milliseconds, commit included. */
  bulk(): Promise<number>;
};

export async function openWriters(database: BenchDatabase): Promise<Writers> {
  const sessions = await Promise.all(Array.from({ length: WRITERS }, () => database.service()));
  const bulkWriter = await database.service();
  const maintenance = await database.admin();
  let turn = 0;
  return {
    async single() {
      turn += 1;
      const started = performance.now();
      await Promise.all(sessions.map((session, writer) => session.query(singleWrites(writer, turn))));
      const seconds = (performance.now() - started) / 1000;
      return (WRITERS * WRITES) / seconds;
    },
    async bulk() {
      turn += 1;
      await maintenance.query('vacuum app.share_tokens');
      const started = performance.now();
      await beginAs(bulkWriter, priya);
      const changed = await bulkWriter.query(
        `update app.share_tokens set label = 'Bulk ' || ${turn} || ' ' || public_id`,
      );
      await bulkWriter.query('commit');
      const milliseconds = performance.now() - started;
      if (changed.rowCount !== ROWS) throw new Error(`${changed.rowCount} rows were changed instead of ${ROWS}`);
      return milliseconds;
    },
  };
}

/**
 * Each write is the whole transaction that a door makes: role and claims, the check before every request, the write, the commit. The loop
 * runs on the server, so that no time of the client is in it.
 */
function singleWrites(writer: number, turn: number): string {
  const { role, claims, headers } = settingsOf(priya);
  return `
    do $$
    begin
      for n in 1..${WRITES} loop
        perform set_config('role', '${role}', true), set_config('request.jwt.claims', '${claims}', true),
                set_config('request.headers', '${headers}', true);
        perform authz.check_request();
        update app.share_tokens set label = 'Turn ${turn}' where public_id = lpad((n + ${writer * WRITES})::text, 12, '0');
        commit;
      end loop;
    end $$`;
}
