import { locale, text } from '../../locales/index.ts';

/** “340 ms”, “4.2 s”, “5 min 3 s”; a dash for nothing measured. */
export function lapse(ms: number | null): string {
  if (ms === null) return text.time.none;
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
