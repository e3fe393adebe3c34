import type { FaultyCluster } from './cluster.ts';
import type { Stage } from './stage.ts';

/** Milliseconds until a job is brought again to a worker that has not come to the point. */
const againMs = 5_000;

/** Rewrites what only time changes: with triggers off, and not in the audit log. */
export async function letTimePass(cluster: FaultyCluster, statements: readonly string[]): Promise<void> {
  await cluster.insist(['begin', 'set local session_replication_role = replica', ...statements, 'commit'].join(';\n'));
}

/** Runs of a job that died with their worker are in the way of the next for minutes, which pass here. */
export const jobLeaseEnds = (job: string): readonly string[] => [
  `update app.job_runs set started_at = started_at - interval '7 hours' where outcome = 'running' and job = '${job}'`,
  `update pgboss.job set state = 'failed', completed_on = now() where state = 'active' and name = '${job}'`,
];

/**
 * The worker dies at a point of a scheduled job, which is brought to it until it comes there.
 * @param timePasses statements that rewrite what only time changes, before each run
 * @throws when the worker does not come to the point in time
 */
export async function dieInJob(
  { cluster, worker }: Stage,
  job: string,
  point: string,
  timePasses: readonly string[] = [],
): Promise<void> {
  const dying = new AbortController();
  const bringing = (async () => {
    while (!dying.signal.aborted) {
      await letTimePass(cluster, [...jobLeaseEnds(job), ...timePasses]);
      await cluster.insist(`select jobs.enqueue('${job}')`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, againMs);
        dying.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  })();
  await Promise.all([worker.dieAt(point).finally(() => dying.abort()), bringing]);
}
