import fc from 'fast-check';

/** The length of an arranged video, and the grid on which its parts lie here, in milliseconds. */
export const LENGTH_MS = 10_500;
export const STEP_MS = 100;

/** An event as a page tells it. */
export type Told = {
  sequence: number;
  kind: string;
  occurred_at?: string;
  position_ms?: number;
  watched_ms?: number[][];
  rebuffer_ms?: number;
  error_code?: string;
};
/** A batch of events, whether the network lost it, and how often it came otherwise. */
export type Report = { events: Told[]; isLost: boolean; times: number };

const moment = fc.integer({ min: -20, max: 150 }).map((step) => step * STEP_MS);
const part = fc.tuple(moment, moment).map(([from, to]) => [from, to]);
// Before the session, after now, and in between.
const clock = fc.constantFrom('1970-01-01T00:00:00Z', '2999-12-31T23:59:59Z', new Date().toISOString());

const content = fc.record(
  {
    kind: fc.constantFrom('play', 'heartbeat', 'heartbeat', 'heartbeat', 'ended', 'error'),
    occurred_at: clock,
    position_ms: fc.integer({ min: 0, max: LENGTH_MS }),
    watched_ms: fc.array(part, { maxLength: 4 }),
    rebuffer_ms: fc.integer({ min: 0, max: 5_000 }),
  },
  { requiredKeys: ['kind'] },
);

/**
 * What a page reports, cut into batches and shuffled. Events have the numbers 0, 1, 2, …; the same number is always the same event, as
 * a page that sends again sends it.
 */
export const reportsArbitrary: fc.Arbitrary<Report[]> = fc
  .array(content, { minLength: 1, maxLength: 12 })
  .map((contents) =>
    contents.map(
      (event, sequence): Told => ({
        ...event,
        sequence,
        ...(event.kind === 'error' ? { error_code: `E${sequence}` } : {}),
      }),
    ),
  )
  .chain((events) =>
    fc
      .array(
        fc.record({
          events: fc.array(fc.constantFrom(...events), { minLength: 1, maxLength: 6 }),
          isLost: fc.boolean(),
          times: fc.integer({ min: 1, max: 2 }),
        }),
        { maxLength: 5 },
      )
      // At least one event arrives, so that there is a session to look at.
      .map((batches) => [...batches, { events: events.slice(0, 1), isLost: false, times: 1 }]),
  );

/** The steps of the grid that were played, and how many milliseconds were played in all, of events of which each counts once. */
export function partsOf(told: Told[]) {
  const events = [...new Map(told.map((event) => [event.sequence, event])).values()];
  const played = new Set<number>();
  let total = 0;
  for (const { watched_ms = [] } of events) {
    // Within one event, too, what is told twice is once.
    const own = new Set<number>();
    for (const [from = 0, to = 0] of watched_ms) {
      for (let at = Math.max(from, 0); at < Math.min(to, LENGTH_MS); at += STEP_MS) own.add(at / STEP_MS);
    }
    for (const step of own) played.add(step);
    total += own.size * STEP_MS;
  }
  return { events, played, total, is_played: events.some(({ kind }) => kind !== 'error') };
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

/** A session as the api tells it, reckoned step by step. */
export function byHand(told: Told[]) {
  const { events, played, total, is_played } = partsOf(told);
  const rebuffer = events.reduce((sum, event) => sum + (event.rebuffer_ms ?? 0), 0);
  const errors = events.filter(({ kind }) => kind === 'error').sort((a, b) => a.sequence - b.sequence);
  return {
    is_played,
    is_measured: true,
    is_ended: events.some(({ kind }) => kind === 'ended'),
    watch_seconds: (played.size * STEP_MS) / 1000,
    completion: is_played ? round((played.size * STEP_MS) / LENGTH_MS, 4) : null,
    rebuffer_seconds: rebuffer / 1000,
    rebuffer_ratio: rebuffer + total === 0 ? null : round(rebuffer / (rebuffer + total), 4),
    error_count: errors.length,
    last_error_code: errors.at(-1)?.error_code ?? null,
  };
}
/** The mean of a curve, each piece by its length. */
export function averageOf(curve: { from_seconds: number; to_seconds: number; watched: number }[]): number {
  const length = curve.reduce((sum, row) => sum + row.to_seconds - row.from_seconds, 0);
  return curve.reduce((sum, row) => sum + row.watched * (row.to_seconds - row.from_seconds), 0) / length;
}
