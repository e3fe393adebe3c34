import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const statement = { name: 'ensure_months', text: 'select app.ensure_months() as made' };

/** Makes the monthly partitions of the next months. Without one, nothing could be written once its month has begun. */
export async function ensureMonths(database: Database, log: Logger): Promise<void> {
  const [row] = await database.query<{ made: number }>(statement, []);
  log.info({ made: row?.made }, 'the months ahead are there');
}
