import { ownZone } from './zone.ts';

/**
 * Moments in an `<input type="datetime-local">`: the browser's own picker, with its own keyboard, on a phone its own wheel.
 * The field holds wall-clock time of the reader's zone, to the minute; the reader's zone need not be the device's.
 */
export function toLocalInput(moment: Date | undefined, zone = ownZone()): string {
  if (!moment || Number.isNaN(moment.getTime())) return '';
  const parts = Object.fromEntries(
    wallClock(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const { year = '', month = '', day = '', hour = '', minute = '' } = parts;
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
}

/**
 * Undefined for a field that is empty or half filled in. A time that the zone's clocks leave out in spring is the moment as far
 * after the change; one that they show twice in autumn is the first.
 */
export function fromLocalInput(value: string, zone = ownZone()): Date | undefined {
  if (!/^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(value)) return undefined;
  const wall = new Date(`${value}Z`).getTime();
  if (Number.isNaN(wall)) return undefined;
  // What the clocks show is known for a moment, not the moment for what they show: the offsets of a day before and after are all
  // that it can be.
  const day = 86_400_000;
  const guesses = [offsetAt(wall - day, zone), offsetAt(wall + day, zone)].map((offset) => wall - offset);
  const fitting = guesses.filter((guess) => guess + offsetAt(guess, zone) === wall);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...guesses));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  // Of Gregory's calendar and with hours to 23, whatever the reader's language has.
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(zone, format);
  return format;
}

/** How far the zone's clocks are ahead of UTC, in milliseconds; to the minute, as clocks are set today. */
function offsetAt(at: number, zone: string): number {
  const minute = 60_000;
  const whole = Math.floor(at / minute) * minute;
  return new Date(`${toLocalInput(new Date(whole), zone)}Z`).getTime() - whole;
}
