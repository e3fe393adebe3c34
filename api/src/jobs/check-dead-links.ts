import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const checkStatement = {
  name: 'check_dead_links',
  text: 'select checked::integer, active from app.check_dead_links()',
};

/**
 * Proves by what was decided lately that no revoked or expired link let anybody in (SH-14); SQL raises the alert on any it finds.
 * @returns how many decisions were looked at, and the ids of the links that did.
 */
export async function checkDeadLinks(database: Database, log: Logger): Promise<{ checked: number; active: string[] }> {
  const [row] = await database.query<{ checked: number; active: string[] }>(checkStatement, []);
  const { checked, active } = row ?? { checked: 0, active: [] };
  if (active.length === 0) {
    log.info({ checked }, 'no revoked or expired link let anybody in');
  } else {
    log.error({ checked, shareTokenIds: active.slice(0, 50) }, 'a revoked or expired link let somebody in');
  }
  return { checked, active };
}
