import { locale, text } from '../locales/index.ts';
import { ownZone } from './zone.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * day],
  ['month', 30 * day],
  ['week', 7 * day],
  ['day', day],
  ['hour', hour],
  ['minute', minute],
];

let relativeFormat: Intl.RelativeTimeFormat | undefined;

// Made when it is first needed: until the app starts, the language is not known.
function relatively(n: number, unit: Intl.RelativeTimeFormatUnit): string {
  relativeFormat ??= new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return relativeFormat.format(n, unit);
}

/** “3 hours ago”, “in 6 days”, “just now”: whole units, rounded towards now, so that a deadline is never shown as later than it is. */
export function relative(at: Date, now: Date): string {
  const distance = at.getTime() - now.getTime();
  if (distance <= 0 && distance > -minute) return text.time.justNow;
  for (const [unit, size] of steps) {
    if (Math.abs(distance) >= size) return relatively(Math.trunc(distance / size), unit);
  }
  return relatively(0, 'second');
}

const formats = new Map<string, Intl.DateTimeFormat>();

export type ExactOptions = {
  /** The reader's own by default. */
  zone?: string;
  seconds?: boolean;
  /** Leaves the year out when it is this moment's year. */
  now?: Date;
};

/** “21 Nov 2026, 2:55 pm AEDT”, always with its zone. */
export function exact(at: Date, { zone = ownZone(), seconds = false, now }: ExactOptions = {}): string {
  const yearOf = (date: Date) => date.toLocaleDateString(locale, { timeZone: zone, year: 'numeric' });
  const withYear = !now || yearOf(at) !== yearOf(now);
  const key = `${zone} ${seconds} ${withYear}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      ...(withYear ? { year: 'numeric' } : {}),
      hour: 'numeric',
      minute: '2-digit',
      ...(seconds ? { second: '2-digit' } : {}),
      timeZoneName: 'short',
    });
  formats.set(key, format);
  return format.format(at);
}

/** What is left until a moment: “6 d 4 h”, “4 h 12 min”, “58 s”; undefined once it has passed. */
export function countdown(until: Date, now: Date): string | undefined {
  const left = until.getTime() - now.getTime();
  if (left <= 0) return undefined;
  if (left >= day) return `${Math.floor(left / day)} d ${Math.floor((left % day) / hour)} h`;
  if (left >= hour) return `${Math.floor(left / hour)} h ${Math.floor((left % hour) / minute)} min`;
  if (left >= minute) return `${Math.floor(left / minute)} min`;
  return `${Math.ceil(left / second)} s`;
}

/** “1:02:03” or “2:03” from seconds. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, ...rest] = parts;
  const shown = hours > 0 ? [hours, ...rest] : rest;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
