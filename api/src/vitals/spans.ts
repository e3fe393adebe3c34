import type { VitalName } from './vital-names.ts';

/**
 * Where the spans end in which reports are counted; milliseconds, and of CLS a score. The budget (p75 LCP ≤ 2.5 s, INP ≤ 200 ms, CLS ≤ 0.1) is
 * the end of a span, so that whether it is kept can be told exactly. Nothing above the last is taken.
 */
export const spanEnds: Record<VitalName, readonly number[]> = {
  LCP: [250, 500, 750, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500, 3_000, 4_000, 6_000, 10_000, 600_000],
  INP: [24, 40, 56, 80, 104, 128, 160, 200, 256, 320, 400, 500, 1_000, 60_000],
  CLS: [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.5, 1, 100],
};

/** The end of the span that a value falls into; undefined when it is above the last. */
export const spanOf = (name: VitalName, value: number): number | undefined =>
  spanEnds[name].find((end) => value <= end);
