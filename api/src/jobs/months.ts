import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const ensureStatement = { name: 'ensure_months', text: 'select app.ensure_months() as made' };
const retentionStatement = { name: 'apply_retention', text: 'select app.apply_retention() as dropped' };

/** Makes the monthly partitions of the next months. Without one, nothing could be written once its month has begun. @returns how many it made. */
export async function ensureMonths(database: Database, log: Logger): Promise<number> {
  const [row] = await database.query<{ made: number }>(ensureStatement, []);
  log.info({ made: row?.made }, 'the months ahead are there');
  return row?.made ?? 0;
}

/** Drops the months that the retention policies no longer keep (CO-04). @returns how many. */
export async function applyRetention(database: Database, log: Logger): Promise<number> {
  const [row] = await database.query<{ dropped: number }>(retentionStatement, []);
  log.info({ dropped: row?.dropped }, 'expired months are gone');
  return row?.dropped ?? 0;
}
