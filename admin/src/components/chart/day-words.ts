import { locale } from '../../locales/index.ts';

const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });

/** “Sat, 21 Nov”. A day is a date without a zone; it is read and written as one of UTC. */
export function dayWords(day: string): string {
  return format.format(new Date(`${day}T00:00:00Z`));
}
