/** Smooths the rate over about this long, so that the shown speed neither jumps nor lags. */
const windowMs = 5000;

/** A meter of bytes per second over the last few seconds. Feed it the running total; the clock is milliseconds. */
export function speedMeter() {
  let samples: { at: number; bytes: number }[] = [];
  return {
    /** @returns bytes per second; 0 until there is anything to measure */
    add(bytes: number, at: number): number {
      const last = samples.at(-1);
      // After an interruption the total may go back: what came before says nothing about the rate now.
      if (last && bytes < last.bytes) samples = [];
      samples.push({ at, bytes });
      samples = samples.filter((sample) => at - sample.at <= windowMs);
      const first = samples[0];
      if (!first || at === first.at) return 0;
      return ((bytes - first.bytes) / (at - first.at)) * 1000;
    },
    reset() {
      samples = [];
    },
  };
}
