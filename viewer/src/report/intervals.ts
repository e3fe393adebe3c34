/** A part of a video in seconds, from inclusive to exclusive. */
export type Interval = readonly [from: number, to: number];

/** The same parts in order, without overlaps and without empty ones; parts that touch are one. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: [number, number][] = [];
  for (const [from, to] of intervals.filter(([a, b]) => b > a).toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
