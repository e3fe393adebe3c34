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

/** What `all` has and `known` has not. */
export function without(all: readonly Interval[], known: readonly Interval[]): Interval[] {
  let left = merged(all);
  for (const [from, to] of merged(known)) {
    left = left.flatMap(([a, b]): Interval[] => {
      if (to <= a || from >= b) return [[a, b]];
      return merged([
        [a, Math.min(from, b)],
        [Math.max(to, a), b],
      ]);
    });
  }
  return left;
}
