import { locale } from '../locales/index.ts';

const units = ['B', 'kB', 'MB', 'GB'] as const;

/** “512 B”, “1.4 MB”, “5 GB”: decimal multiples, as the limits are told. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[unit]}`;
}
