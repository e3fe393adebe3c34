import type { Buckets } from './buckets.ts';

export interface InsuranceParts {
  readonly shared: Buckets;
  /** Takes over while the shared buckets do not answer: each process counts for itself, nobody is turned away for it. */
  readonly own: Buckets;
  /** Told of every look that the shared buckets did not answer. */
  readonly onLoss: (error: unknown) => void;
  /** Told of the seconds that the shared buckets took, answered or not. */
  readonly onAsked: (seconds: number) => void;
  readonly now: () => number;
}

/** Milliseconds for which a store that did not answer is not asked again: one that hangs costs one request its timeout, not all. */
const pauseMs = 1_000;

/** Shared buckets, and the process's own while those are away (RL-04). */
export function insuredBuckets({ shared, own, onLoss, onAsked, now }: InsuranceParts): Buckets {
  let askAgainAt = 0;
  return {
    async take(takes) {
      const started = now();
      if (started < askAgainAt) {
        return own.take(takes);
      }
      try {
        const answered = await shared.take(takes);
        onAsked((now() - started) / 1_000);
        return answered;
      } catch (error) {
        onAsked((now() - started) / 1_000);
        askAgainAt = now() + pauseMs;
        onLoss(error);
        return own.take(takes);
      }
    },
  };
}
