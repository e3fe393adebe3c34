import { isOver, type Taken } from './buckets.ts';

const seconds = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1_000));

const remaining = ({ take, used }: Taken): number => Math.max(0, take.rule.points - used);

/**
 * What an answer says of the limit that it came nearest to. `RateLimit-Policy` and `RateLimit` are the fields of the current draft
 * (draft-ietf-httpapi-ratelimit-headers-11, May 2026); the three others are those of the drafts up to 06, which is what clients and
 * libraries in the field read. They have different names, so that both may be sent.
 */
export function limitHeaders(taken: Taken): Record<string, string> {
  const { name, rule } = taken.take;
  const reset = seconds(taken.resetMs);
  return {
    'ratelimit-policy': `"${name}";q=${rule.points};w=${rule.windowSeconds}`,
    ratelimit: `"${name}";r=${remaining(taken)};t=${reset}`,
    'ratelimit-limit': String(rule.points),
    'ratelimit-remaining': String(remaining(taken)),
    'ratelimit-reset': String(reset),
  };
}

/** For how many seconds a refused request should wait. */
export const retryAfterSeconds = (taken: Taken): number => seconds(taken.resetMs);

/** The one that is over, or else the one of which the smallest part is left. Only of what is counted always, and enforced, is told. */
export function nearest(all: readonly Taken[]): Taken | undefined {
  const told = all.filter(({ take }) => take.rule.mode === 'enforce');
  const over = told.find((taken) => isOver(taken.take, taken));
  const open = told.filter(({ take }) => take.rule.counted === 'always');
  const part = (taken: Taken) => remaining(taken) / taken.take.rule.points;
  return over ?? open.toSorted((one, other) => part(one) - part(other))[0];
}
