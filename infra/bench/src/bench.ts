/** One figure of a bench: a ratio of two things measured in the same run on the same machine, so that it travels. */
export type Ratio = { bench: string; ratio: number; goal: number; ok: boolean; is: 'at least' | 'at most' };

/** A bench program. `run` answers its ratios; `say` tells a person the raw figures behind them. */
export type Bench = {
  name: string;
  /** What is measured against what, in one sentence. */
  about: string;
  run(say: (line: string) => void, options: BenchOptions): Promise<Ratio[]>;
};

/** How long or how much, for benches that say so; each has its own default. */
export type BenchOptions = { seconds?: number; samples?: number };

/** A ratio of at least `goal` is wanted. Rounded to three places: more would be noise. */
export function atLeast(bench: string, ratio: number, goal: number): Ratio {
  return { bench, ratio: rounded(ratio), goal, ok: ratio >= goal, is: 'at least' };
}

/** A ratio of at most `goal` is wanted. */
export function atMost(bench: string, ratio: number, goal: number): Ratio {
  return { bench, ratio: rounded(ratio), goal, ok: ratio <= goal, is: 'at most' };
}

function rounded(ratio: number): number {
  return Math.round(ratio * 1000) / 1000;
}

/** Median of a non-empty list. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('median of nothing');
  return middle;
}

/** How many times `those` the `these` are: the median over the rounds, each compared with its own, so that a busy moment meets both. */
export function times(these: number[], those: number[]): number {
  return median(these.map((value, round) => value / (those[round] ?? Number.NaN)));
}
