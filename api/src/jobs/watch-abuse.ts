import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const watchStatement = { name: 'watch_abuse', text: 'select app.watch_abuse() as found' };

/** Looks for guessing, spread and bursts of refusals (RL-07); SQL raises the alerts and resolves them. @returns how many rules found some. */
export async function watchAbuse(database: Pick<Database, 'query'>, log: Logger): Promise<number> {
  const [row] = await database.query<{ found: number }>(watchStatement, []);
  const found = row?.found ?? 0;
  if (found > 0) {
    log.warn({ found }, 'there are signs of abuse');
  }
  return found;
}
