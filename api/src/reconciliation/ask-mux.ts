import { APIConnectionError, APIError } from '@mux/mux-node';

/** Waits so many milliseconds; ends early, by a rejection, when the program is asked to end. */
export type Wait = (ms: number) => Promise<void>;

/** Times that one question is put to Mux. */
const attempts = 5;
/** Milliseconds before the second time; doubles from there. */
const firstPauseMs = 1_000;
/** The longest that one pause may be, whatever Mux asks for: a run that waits longer is better gone on with later. */
const longestPauseMs = 60_000;

/** Milliseconds that the answer's `retry-after` asks for: seconds, or a date. */
function askedPause(error: APIError, now: number): number {
  const value = error.headers?.get('retry-after') ?? '';
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(ms, 0) : 0;
}

/**
 * The connection broke in the middle of an answer, after its status: the SDK lets fetch's TypeError through, whose cause is the connection's
 * error, or what JSON.parse says of half a body.
 */
export const isHalfAnswer = (error: unknown): boolean =>
  error instanceof SyntaxError || (error instanceof TypeError && error.cause instanceof Error);

const isPassing = (error: unknown): boolean =>
  error instanceof APIConnectionError ||
  isHalfAnswer(error) ||
  (error instanceof APIError && (error.status === 408 || error.status === 429 || (error.status ?? 0) >= 500));

/**
 * Puts a question to Mux again when it is too busy (429), failing (5xx), silent or breaks its answer off, after ever longer pauses and never sooner than it
 * asks for. For what may be asked twice: reading and deleting.
 * @throws what Mux answered at last; at once, when asking again cannot help.
 */
export async function askPatiently<T>(question: () => PromiseLike<T>, wait: Wait): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await question();
    } catch (error) {
      if (!isPassing(error) || attempt === attempts) {
        throw error;
      }
      const asked = error instanceof APIError ? askedPause(error, Date.now()) : 0;
      const pause = Math.max(firstPauseMs * 2 ** (attempt - 1), asked);
      await wait(Math.min(pause, longestPauseMs));
    }
  }
}
