import type { Client } from 'pg';
import { beginAs } from '../database/become-caller.ts';

const tomas = { subject: 'user_tomas_reid', role: 'mm_operator' };

/** How many events wait to be folded. */
export async function countWaiting(admin: Client): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int as count from app.webhook_events where state = 'received'`,
  );
  return rows[0]?.count ?? 0;
}

/** Waits until nothing waits. Answers the seconds that took. */
export async function drained(admin: Client): Promise<number> {
  const started = performance.now();
  const deadline = started + 300_000;
  while ((await countWaiting(admin)) > 0) {
    if (performance.now() > deadline) throw new Error('The backlog was not folded within five minutes.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return (performance.now() - started) / 1000;
}

/** Events that failed for good, without jobs, as after a mistake in the fold that has been corrected since. */
export async function layAside(admin: Client): Promise<number> {
  const { rowCount } = await admin.query(
    `update app.webhook_events set state = 'dead', attempts = 5, last_error = 'It was a mistake.' where state = 'received'`,
  );
  await admin.query('delete from pgboss.job');
  return rowCount ?? 0;
}

/** What an operator does. */
export async function replayAll(service: Client): Promise<number> {
  await beginAs(service, tomas);
  const { rows } = await service.query<{ replayed: number }>(
    `select replayed from api.replay_webhook_events('The mistake was corrected')`,
  );
  await service.query('commit');
  return rows[0]?.replayed ?? 0;
}

/** Everything must have been folded, and by its first attempt. */
export async function expectFolded(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ state: string; count: number }>(
    'select state, count(*)::int as count from app.webhook_events group by state',
  );
  if (rows.some(({ state }) => state !== 'processed'))
    throw new Error(`not everything was folded: ${JSON.stringify(rows)}`);
}
