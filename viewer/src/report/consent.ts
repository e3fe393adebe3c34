import { type Keeping, keptObject } from '../lib/keeping.ts';

const key = 'mm.consent';
/** After a year the question is put again. */
const goodForMs = 365 * 86_400_000;
/** What was chosen where the browser keeps nothing: it holds for this page. */
let chosenHere: boolean | null = null;

/** Whether the viewer agreed to be measured; null when they were not asked, or long ago (CO-11). */
export function measureChoice(keeping: Keeping, now: number): boolean | null {
  const kept = keptObject(keeping, key);
  if (typeof kept?.measure !== 'boolean' || typeof kept.at !== 'number') return chosenHere;
  return now - kept.at < goodForMs ? kept.measure : null;
}

export function chooseMeasure(keeping: Keeping, measure: boolean, now: number): void {
  chosenHere = measure;
  keeping.set(key, JSON.stringify({ measure, at: now }));
}

/** A browser that says "do not sell or share" has answered the question: it is not put. */
export const refusesByItself = (browser: Navigator): boolean =>
  'globalPrivacyControl' in browser && browser.globalPrivacyControl === true;
