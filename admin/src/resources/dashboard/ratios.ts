import { locale } from '../../locales/index.ts';

/** Half an event in a hundred may fail (MW§7.2). */
const mayFail = 0.005;

const exactPercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
const wholePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

/** Which part of the events that have ended was folded, 0 to 1; null before any has ended. */
export function successOf(folded: number, dead: number): number | null {
  return folded + dead === 0 ? null : folded / (folded + dead);
}

/** Which part of the failures that may be was used up: 0 of none, above 1 when it is overspent; null before any event has ended. */
export function budgetSpent(folded: number, dead: number): number | null {
  return folded + dead === 0 ? null : dead / ((folded + dead) * mayFail);
}

/** “99.95%”, never rounded up to 100%: what has failed is not hidden. */
export function percentOfSuccess(share: number): string {
  return exactPercent.format(Math.floor(share * 10_000) / 10_000);
}

/** “40%”, rounded up: what is used up is not made less. */
export function percentSpent(share: number): string {
  return wholePercent.format(Math.ceil(Math.round(share * 1e6) / 1e4) / 100);
}
