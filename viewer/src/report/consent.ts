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

/** Who agrees gets a random id, under which the server keeps the proof of it (CO-12); who never has agreed gets none. */
export function chooseMeasure(keeping: Keeping, measure: boolean, now: number): void {
  chosenHere = measure;
  const browser = keptObject(keeping, key)?.browser ?? (measure ? crypto.randomUUID() : undefined);
  keeping.set(key, JSON.stringify({ measure, at: now, browser }));
}

/** An answer that the server has yet to put on record; null when there is none, or when it is none of its business. */
export function unrecordedChoice(keeping: Keeping): { readonly browserId: string; readonly measure: boolean } | null {
  const kept = keptObject(keeping, key);
  if (typeof kept?.browser !== 'string' || typeof kept.measure !== 'boolean' || kept.isRecorded === true) return null;
  return { browserId: kept.browser, measure: kept.measure };
}

/** The server has it on record, unless it was changed since. */
export function choiceRecorded(keeping: Keeping, measure: boolean): void {
  const kept = keptObject(keeping, key);
  if (kept?.measure === measure) keeping.set(key, JSON.stringify({ ...kept, isRecorded: true }));
}

/** A browser that says "do not sell or share" has answered the question: it is not put. */
export const refusesByItself = (browser: Navigator): boolean =>
  'globalPrivacyControl' in browser && browser.globalPrivacyControl === true;
