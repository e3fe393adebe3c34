import { count } from '../strings/page.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A moment as the viewer's own clock and calendar would say it, e.g. "Friday 27 November 2026, 5:00 pm AEDT".
 * @param timeZone IANA name; the device's own zone by default.
 */
export function momentInWords(moment: Date, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-AU', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')} ${part(
    'dayPeriod',
  ).toLowerCase()} ${part('timeZoneName')}`;
}

/** How long a link still works, rounded down so that it never promises too much: "for 6 more days". */
export function remainingInWords(remainingMs: number): string {
  if (remainingMs < minute) return 'for less than a minute';
  if (remainingMs < hour) return more(remainingMs, minute, 'minute');
  if (remainingMs < 2 * day) return more(remainingMs, hour, 'hour');
  return more(remainingMs, day, 'day');
}

function more(remainingMs: number, unitMs: number, unit: string): string {
  const value = Math.floor(remainingMs / unitMs);
  return `for ${count(value, `more ${unit}`)}`;
}

/** A video's length as players show it: "0:42", "12:05", "1:02:05". */
export function clockLength(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
