import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const escalateStatement = { name: 'escalate_alerts', text: 'select app.escalate_alerts() as escalated' };

/** Escalates the critical alerts that nobody acknowledged within 15 minutes (OB-10), each once. @returns how many. */
export async function escalateAlerts(database: Database, log: Logger): Promise<number> {
  const [row] = await database.query<{ escalated: number }>(escalateStatement, []);
  const escalated = row?.escalated ?? 0;
  if (escalated > 0) {
    log.warn({ escalated }, 'alerts were escalated that nobody acknowledged in time');
  }
  return escalated;
}
