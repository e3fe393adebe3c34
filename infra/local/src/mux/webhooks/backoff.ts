/** Attempts go on for a day. Source: "we will continue to try the message for the next 24 hours". */
export const GIVE_UP_AFTER_MS = 24 * 60 * 60 * 1000;

const LONGEST_DELAY_MS = 60 * 60 * 1000;

/**
 * When the next attempt is due, in milliseconds since the epoch, or null when the day is over.
 * `failed` is the number of attempts so far: the delay doubles with each, from `baseMs` up to an hour.
 */
export function nextAttemptAt(failed: number, createdAt: number, now: number, baseMs: number): number | null {
  const delay = Math.min(baseMs * 2 ** (failed - 1), LONGEST_DELAY_MS);
  return now + delay > createdAt + GIVE_UP_AFTER_MS ? null : now + delay;
}
