import type { PoolClient } from 'pg';
import type { Stage } from './stage.ts';
import { eventually } from './wait.ts';

/** Places inside a transaction at which a statement of the product can be held, by locking what it writes next. */
const places = {
  /** The event is inserted, its job not yet. */
  'between insert and commit': { lock: 'pgboss.job', door: 'mm-api', statement: 'store_webhooks' },
  /** Something is changed, and its entry in the audit log not yet written. Events go on being stored, which the log knows nothing of. */
  'between change and commit': { lock: 'audit.entries', door: 'mm-worker', statement: 'fold_webhook_events' },
} as const;
export type Place = keyof typeof places;

/** What befalls it there. */
export type Harm = 'program killed' | 'backend terminated' | 'server killed';

/** Waits until a statement is held by the lock that `holder` has. Answers the process of its backend; undefined when none comes. */
async function heldAt({ cluster }: Stage, place: Place): Promise<number | undefined> {
  const { lock, door, statement } = places[place];
  const look = async (): Promise<number | undefined> => {
    const [row] = await cluster.query<{ pid: number }>(
      `select a.pid from pg_stat_activity a join pg_locks l on l.pid = a.pid and not l.granted
       where a.application_name = $1 and a.query like '%' || $2 || '%' and l.relation = $3::regclass`,
      [door, statement, lock],
    );
    return row?.pid;
  };
  return eventually(`a transaction was held ${place}`, look, { withinMs: 2_000 }).catch(() => undefined);
}

async function harm({ cluster, api, worker }: Stage, place: Place, how: Harm, backend: number): Promise<void> {
  if (how === 'server killed') await cluster.killAndRecover();
  else if (how === 'backend terminated') await cluster.query('select pg_terminate_backend($1)', [backend]);
  // Its statement stands in the server and is committed when the lock goes, for nobody to hear of.
  else await (places[place].door === 'mm-api' ? api : worker).kill();
}

/** Holds a transaction of the product at a place, harms it there, and lets go. @throws when none comes by */
export async function stopAt(stage: Stage, place: Place, how: Harm): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const holder: PoolClient = await stage.cluster.admin.connect();
    try {
      // In share mode it may be read, also for update, but not written to.
      await holder.query(`begin; lock table ${places[place].lock} in share mode`);
      const backend = await heldAt(stage, place);
      if (backend !== undefined) return await harm(stage, place, how, backend);
    } finally {
      await holder.query('rollback').catch(() => undefined);
      holder.release(true);
    }
    // The lock holds up coaches too: let some work come in.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`No transaction could be held ${place}.`);
}
