import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });
export const jobOutcomes = ['running', 'succeeded', 'failed', 'abandoned'] as const;

/** A row of `rpc/job_queues`. */
export const queueRow = z.object({
  queue: z.string(),
  waiting: z.int(),
  oldest_waiting_since: moment.nullable(),
  scheduled: z.int(),
  active: z.int(),
  failed: z.int(),
});

/** A row of `rpc/scheduled_jobs`; `cron` is in UTC. */
export const scheduledJobRow = z.object({
  job: z.string(),
  cron: z.string(),
  last_started_at: moment.nullable(),
  last_outcome: z.enum(jobOutcomes).nullable(),
  last_succeeded_at: moment.nullable(),
  overdue_since: moment.nullable(),
});
