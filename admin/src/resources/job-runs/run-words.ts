import { locale } from '../../locales/index.ts';
/** What a run did, in numbers that the job names itself: “folded 12, failed 1”. */
export function countsWords(counts: Readonly<Record<string, unknown>>): string | undefined {
  const told = Object.entries(counts).map(([name, n]) => `${name.replaceAll('_', ' ')} ${numberWords(n)}`);
  return told.length === 0 ? undefined : told.join(', ');
}

function numberWords(n: unknown): string {
  return typeof n === 'number' ? n.toLocaleString(locale) : JSON.stringify(n);
}

/** “340 ms”, “2.5 s”, “3 min 20 s”. */
export function lasting(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toLocaleString(locale, { maximumFractionDigits: 1 })} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
