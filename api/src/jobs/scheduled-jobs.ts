import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';

const scheduleStatement = { name: 'job_schedule', text: 'select job, cron from app.job_schedule()' };
const catchUpStatement = { name: 'catch_up_jobs', text: 'select app.catch_up_jobs() as job' };
const startStatement = { name: 'start_job_run', text: 'select app.start_job_run($1) as id' };
const finishStatement = { name: 'finish_job_run', text: 'select app.finish_job_run($1, $2, $3)' };

/** What a run did, in numbers for operators: `{ reconciled: 3 }`. */
export type JobCounts = Readonly<Record<string, number>>;

export interface ScheduledJob {
  /** The name of the job and of its queue. When it runs is said in SQL: `app.job_schedule()`. */
  readonly name: string;
  /** How soon the worker takes a run whose time has come. */
  readonly pollingIntervalSeconds: number;
  readonly run: () => Promise<JobCounts>;
}

/**
 * Runs a scheduled job once and puts the run on record (JB-11): when, how long, with which outcome. While another run of the job is under
 * way, on whatever machine, nothing is done.
 * @returns whether it was run.
 * @throws what the job throws, after that was recorded, so that the queue brings it again if it may.
 */
export async function runScheduledJob(
  database: Pick<Database, 'query'>,
  log: Logger,
  job: Pick<ScheduledJob, 'name' | 'run'>,
): Promise<boolean> {
  const [begun] = await database.query<{ id: string | null }>(startStatement, [job.name]);
  const runId = begun?.id ?? null;
  if (runId === null) {
    log.info({ job: job.name }, 'another run of the job is under way');
    return false;
  }
  try {
    const counts = await job.run();
    await database.query(finishStatement, [runId, JSON.stringify(counts), null]);
    log.info({ job: job.name, runId, ...counts }, 'scheduled job done');
    return true;
  } catch (error) {
    log.error({ job: job.name, runId, err: error }, 'scheduled job failed');
    await database.query(finishStatement, [runId, '{}', error instanceof Error ? error.message : String(error)]);
    throw error;
  }
}

/**
 * Takes the jobs that SQL schedules, each when its time comes, and at once those that were missed while no worker was there. Any number of workers may do so.
 * @throws when SQL schedules a job that is not given, or does not schedule one that is: no job is forgotten without a word.
 */
export async function takeScheduledJobs(
  boss: PgBoss,
  database: Pick<Database, 'query'>,
  log: Logger,
  jobs: readonly ScheduledJob[],
): Promise<void> {
  const schedule = await database.query<{ job: string; cron: string }>(scheduleStatement, []);
  const unknown = schedule.filter(({ job }) => !jobs.some(({ name }) => name === job)).map(({ job }) => job);
  if (unknown.length > 0) {
    throw new Error(`The database schedules what this worker does not know: ${unknown.join(', ')}.`);
  }
  for (const job of jobs) {
    const cron = schedule.find((entry) => entry.job === job.name)?.cron;
    if (cron === undefined) {
      throw new Error(`The database does not schedule the job ${job.name}.`);
    }
    await boss.work(job.name, { pollingIntervalSeconds: job.pollingIntervalSeconds }, async () => {
      await runScheduledJob(database, log, job);
    });
    await boss.schedule(job.name, cron);
  }
  for (const { job } of await database.query<{ job: string }>(catchUpStatement, [])) {
    log.warn({ job }, 'a missed run of a scheduled job is made good');
  }
}
