import { crashPoint } from '../crash-point.ts';
import { type Folding, foldWebhookEvents } from './fold-webhook-events.ts';
import type { JobCounts } from './scheduled-jobs.ts';

const claimStatement = { name: 'claim_dead_events', text: 'select app.claim_dead_events($1) as id' };

/** Events claimed at once: what is claimed and not folded when the run ends is folded like any other that is due. */
const claimSize = 100;

export interface ReplayBounds {
  /** Most events of one run. */
  readonly maxEvents: number;
  /** Milliseconds after which no more are claimed; a run takes less than a minute (JB-04). */
  readonly budgetMs: number;
}

const everyRun: ReplayBounds = { maxEvents: 2_000, budgetMs: 40_000 };

/**
 * Replays dead webhook events whose time has come (JB-03), those that have waited longest first, each with one attempt: what fails again is
 * dead again and comes later. Which they are is said in SQL, also that events of Mux are left alone while the feature flag
 * `MUX_WEBHOOK_DLQ_ENABLED` is off (JB-10).
 * @returns how many were replayed, and how many of them this run settled.
 * @throws {DatabaseUnavailableError} when the database is away.
 */
export async function replayDeadEvents(
  folding: Folding,
  isStopping: () => boolean = () => false,
  { maxEvents, budgetMs }: ReplayBounds = everyRun,
): Promise<JobCounts> {
  const begun = performance.now();
  let replayed = 0;
  let settled = 0;
  while (!isStopping() && replayed < maxEvents && performance.now() - begun < budgetMs) {
    const claimed = await folding.database.query<{ id: string }>(claimStatement, [
      Math.min(claimSize, maxEvents - replayed),
    ]);
    if (claimed.length === 0) {
      break;
    }
    crashPoint('replay.claimed');
    replayed += claimed.length;
    settled += await foldWebhookEvents(
      folding,
      claimed.map(({ id }) => id),
      isStopping,
    );
  }
  return { replayed, settled };
}
