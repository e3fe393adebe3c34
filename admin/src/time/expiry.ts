const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type ShareLife = { minHours: number; maxHours: number };

/** Lives offered at a click, in hours. What the server's rule does not allow is not offered. */
export function presets({ minHours, maxHours }: ShareLife): number[] {
  return [24, 72, 168].filter((hours) => hours >= minHours && hours <= maxHours);
}

/**
 * The end of a link that lives so many hours from now.
 *
 * The request takes a moment to arrive, and the shortest life is counted from then: the end is moved to the next whole
 * minute plus one, except at the longest life, which must not be passed.
 */
export function expiryAfter(hours: number, now: Date, { maxHours }: ShareLife): Date {
  const end = now.getTime() + hours * hourMs;
  return new Date(hours >= maxHours ? end : Math.ceil(end / minuteMs) * minuteMs + minuteMs);
}

export type ExpiryFault = 'missing' | 'tooSoon' | 'tooLate';

/** What is wrong with a chosen end; undefined when nothing is. The database decides; this is for the form (SH-04). */
export function expiryFault(end: Date | undefined, now: Date, life: ShareLife): ExpiryFault | undefined {
  if (!end || Number.isNaN(end.getTime())) return 'missing';
  const left = end.getTime() - now.getTime();
  if (left < life.minHours * hourMs) return 'tooSoon';
  if (left > life.maxHours * hourMs) return 'tooLate';
  return undefined;
}
