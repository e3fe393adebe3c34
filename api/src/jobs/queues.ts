import type { PgBoss, Queue } from 'pg-boss';

/** Queue of stored webhook events that wait to be folded. */
export const foldQueue = 'fold-webhook-events';
/** Queue of the minute's upkeep: due events, stale uploads. */
export const upkeepQueue = 'upkeep';

/** Queue of the day's upkeep: months made ahead, expired ones removed. */
export const dailyQueue = 'daily-upkeep';

/** Queue of the daily look at the whole audit log. */
export const verifyQueue = 'verify-audit-log';

/** Queue of the job that replays dead webhook events. */
export const replayQueue = 'mux-dlq-replay';

/** Queue of the look for abuse. */
export const abuseQueue = 'watch-abuse';

/** Queues of the comparison with Mux: hourly of what is new, daily of everything. */
export const reconcileQueues = { light: 'reconcile-light', whole: 'reconcile-whole' } as const;

/** Queue of codes of share links that are to be mailed, and of those that could not be. */
export const shareCodeQueue = 'mail-share-code';
export const deadCodeQueue = 'mail-share-code-dead';

/** Queue of the measurement how soon a revoked link stops to play. */
export const canaryQueue = 'canary';

/** What a fold job carries: the ids of rows of the inbox that were committed together, never the events themselves. */
export interface FoldJob {
  readonly webhookEventIds: readonly string[];
}

const queues: readonly Queue[] = [
  {
    name: foldQueue,
    // A fold takes milliseconds. A job whose worker was killed is handed to another after half a minute.
    expireInSeconds: 30,
    retryLimit: 5,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 900,
    retentionSeconds: 3 * 86_400,
    deleteAfterSeconds: 86_400,
  },
  {
    name: deadCodeQueue,
    expireInSeconds: 30,
    retryLimit: 20,
    retryDelay: 30,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 86_400,
  },
  {
    name: shareCodeQueue,
    // Resend answers in a second. After eight tries, about four minutes, the viewer has asked for another code.
    expireInSeconds: 20,
    retryLimit: 7,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 120,
    retentionSeconds: 3_600,
    deleteAfterSeconds: 3_600,
    deadLetter: deadCodeQueue,
  },
  {
    name: upkeepQueue,
    policy: 'singleton',
    expireInSeconds: 120,
    retryLimit: 0,
    retentionSeconds: 600,
    deleteAfterSeconds: 3_600,
  },
  {
    name: dailyQueue,
    policy: 'singleton',
    expireInSeconds: 600,
    // A failed run comes again every few minutes, because without a month ahead nothing could be written when it begins.
    retryLimit: 20,
    retryDelay: 300,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 7 * 86_400,
  },
  {
    name: replayQueue,
    policy: 'singleton',
    // The next run is near: a failed one is not repeated.
    expireInSeconds: 60,
    retryLimit: 0,
    retentionSeconds: 1_800,
    deleteAfterSeconds: 86_400,
  },
  {
    name: abuseQueue,
    policy: 'singleton',
    expireInSeconds: 60,
    retryLimit: 0,
    retentionSeconds: 600,
    deleteAfterSeconds: 3_600,
  },
  {
    name: canaryQueue,
    policy: 'singleton',
    // A playback token's whole life, 15 minutes at most, and what comes before and after. The next run is near.
    expireInSeconds: 1_200,
    retryLimit: 0,
    retentionSeconds: 1_200,
    deleteAfterSeconds: 86_400,
  },
  {
    name: reconcileQueues.light,
    policy: 'singleton',
    expireInSeconds: 1_800,
    // The next hour goes on where this one ended.
    retryLimit: 0,
    retentionSeconds: 3_600,
    deleteAfterSeconds: 86_400,
  },
  {
    name: reconcileQueues.whole,
    policy: 'singleton',
    // Mux answers about one page of 100 a second.
    expireInSeconds: 6 * 3_600,
    retryLimit: 4,
    retryDelay: 300,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 7 * 86_400,
  },
  {
    name: verifyQueue,
    policy: 'singleton',
    // A year's log takes minutes to hours to work out anew.
    expireInSeconds: 6 * 3_600,
    retryLimit: 2,
    retryDelay: 600,
    retentionSeconds: 86_400,
    deleteAfterSeconds: 7 * 86_400,
  },
];

/** Makes sure that the queues exist with today's options; both programs call it, whichever comes first. */
export async function ensureQueues(boss: PgBoss): Promise<void> {
  for (const { name, policy, ...options } of queues) {
    await boss.createQueue(name, policy === undefined ? options : { ...options, policy });
    await boss.updateQueue(name, options);
  }
}
