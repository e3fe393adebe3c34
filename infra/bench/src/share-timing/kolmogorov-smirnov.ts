/**
 * How likely two samples of one distribution would differ at least as much as these, by the two-sample test of Kolmogorov and Smirnov.
 * The asymptotic distribution with Stephens' correction, which is good from some ten values each on. Neither sample may be empty.
 */
export function sameDistribution(these: readonly number[], those: readonly number[]): number {
  if (these.length === 0 || those.length === 0) throw new RangeError('A sample is empty.');
  const [a, b] = [Float64Array.from(these).sort(), Float64Array.from(those).sort()];
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? Number.NaN, b[j] ?? Number.NaN);
    // Equal values are passed together: within a tie the two cannot be told apart.
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  const size = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return tail((size + 0.12 + 0.11 / size) * distance);
}

/** Kolmogorov's distribution, the probability above `lambda`. */
function tail(lambda: number): number {
  // The series does not converge towards 0, where the probability is 1 to more places than it is used with.
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k += 1) {
    const term = Math.exp(-2 * k * k * lambda * lambda);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-12) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
