import type { Database } from '../db/database.ts';

const watchStatement = { name: 'watch_jobs', text: 'select app.watch_jobs() as met' };

/**
 * Looks at what nobody may miss, and raises or resolves the alerts of it: scheduled jobs that are overdue (JB-06), jobs that nobody takes,
 * dead webhook events (JB-07). The worker asks every minute, and the api does as well, because a worker that is gone cannot say so.
 * @returns how many of these conditions hold.
 */
export async function watchJobs(database: Pick<Database, 'query'>): Promise<number> {
  const [row] = await database.query<{ met: number }>(watchStatement, []);
  return row?.met ?? 0;
}
