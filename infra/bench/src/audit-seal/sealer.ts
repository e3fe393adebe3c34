import type { Client } from 'pg';
import { openDatabase } from '../../../../api/src/db/database.ts';
import { repeat } from '../../../../api/src/jobs/repeating-task.ts';
import { sealAuditLog } from '../../../../api/src/jobs/seal-audit-log.ts';

/** Milliseconds between two rounds of sealing, as in the worker. */
const PAUSE = 500;

/** How long entries waited for their seal, in seconds, and how many they are. */
export type Lag = { entries: number; p50: number; p99: number; longest: number };

export type Sealer = {
  /** Seals until nothing is left that can be sealed. Answers how many entries that were, and in how many seconds. */
  sealRest(): Promise<{ sealed: number; seconds: number }>;
  /** Begins what the worker does: the same code on a connection of its own, again 500 ms after each round has ended. */
  start(): Promise<void>;
  /** Ends it and answers the lag of everything that was sealed since. */
  stop(): Promise<Lag>;
  close(): Promise<void>;
};

/**
 * @param admin looks at what has been sealed
 * @param serviceUrl where the sealing connects, as mm_service
 */
export function openSealer(admin: Client, serviceUrl: string): Sealer {
  const failures: unknown[] = [];
  const database = openDatabase({
    url: serviceUrl,
    poolMax: 1,
    applicationName: 'mm-worker',
    onConnectionError: (error) => failures.push(error),
  });
  const newest = async (): Promise<number> =>
    Number((await admin.query<{ no: string | null }>('select max(no) as no from audit.batches')).rows[0]?.no ?? -1);
  const rounds: { last: number; endedAt: number }[] = [];
  let first = 0;
  let task: ReturnType<typeof repeat> | undefined;
  return {
    async sealRest() {
      const started = performance.now();
      const sealed = await sealAuditLog(database);
      return { sealed, seconds: (performance.now() - started) / 1000 };
    },
    async start() {
      first = (await newest()) + 1;
      const round = async () => {
        const sealed = await sealAuditLog(database);
        const endedAt = Date.now();
        if (sealed > 0) rounds.push({ last: await newest(), endedAt });
      };
      task = repeat(round, PAUSE, (error) => failures.push(error));
    },
    async stop() {
      await task?.stop();
      if (failures.length > 0) throw new AggregateError(failures, 'sealing failed');
      return lagOf(admin, first, rounds);
    },
    close: () => database.close(),
  };
}

/**
 * From the start of an entry's transaction to the end of the round that sealed it: by then its seal can be read. Longer than the wait
 * itself by the transaction's own time and, where a round makes several batches, by those after its own.
 */
async function lagOf(admin: Client, first: number, rounds: { last: number; endedAt: number }[]): Promise<Lag> {
  const { rows } = await admin.query<Lag>(
    `with rounds as (
       select lag(r.last, 1, $1::bigint - 1) over (order by r.last) as before, r.last, to_timestamp(r.ended_at / 1000) as ended_at
       from unnest($2::bigint[], $3::float8[]) r(last, ended_at)
     ), lags as (
       select extract(epoch from r.ended_at - l.occurred_at)::float8 as seconds
       from audit.leaves l join rounds r on l.batch_no > r.before and l.batch_no <= r.last
     )
     select count(*)::int as entries, percentile_cont(0.5) within group (order by seconds) as p50,
            percentile_cont(0.99) within group (order by seconds) as p99, max(seconds) as longest
     from lags`,
    [first, rounds.map(({ last }) => last), rounds.map(({ endedAt }) => endedAt)],
  );
  const lag = rows[0];
  if (lag === undefined || lag.entries === 0) throw new Error('nothing was sealed');
  return lag;
}
