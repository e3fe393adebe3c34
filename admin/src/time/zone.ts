import { locale } from '../locales/index.ts';
import { settings } from '../settings/settings.ts';

/** The zone of this device, e.g. `Australia/Sydney`. */
export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The zone everything is shown and typed in: the one the reader chose, else the device's. */
export function ownZone(): string {
  return settings().timeZone ?? deviceZone();
}

/** Every zone that can be chosen. */
export function zones(): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), deviceZone()])].sort();
}

/** “Australia/Sydney, GMT+11”: what is it called, and how far it is from UTC at this moment. */
export function zoneWithOffset(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at);
  return `${zone.replaceAll('_', ' ')}, ${parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''}`;
}
