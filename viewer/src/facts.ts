import { clockLength, momentInWords, remainingInWords } from './lib/availability.ts';
import type { Granted } from './lib/share-client.ts';
import { duration, strings } from './strings/page.ts';

/** Writes length, end and time left of a link into its line; leaves the line alone when it says so already. */
export function writeFacts(line: HTMLElement, { grant, serverOffset }: Granted, now: number): void {
  const until = new Date(grant.availableUntil);
  const left = remainingInWords(until.getTime() - (now + serverOffset));
  const length = grant.durationSeconds === null ? '' : clockLength(grant.durationSeconds);
  const facts = `${strings.availableUntil(momentInWords(until))}, ${left}.`;
  if (line.dataset.text === length + facts) return;
  line.dataset.text = length + facts;
  line.replaceChildren(...(length === '' ? [] : [lengthOf(length, grant.durationSeconds ?? 0), ' · ']), facts);
}

/** "12:05" for the eye, "12 minutes 5 seconds" for the ear. */
function lengthOf(shown: string, seconds: number): HTMLElement {
  const time = document.createElement('span');
  const heard = document.createElement('span');
  heard.className = 'heard-only';
  heard.textContent = strings.length(duration(seconds));
  const seen = document.createElement('span');
  seen.setAttribute('aria-hidden', 'true');
  seen.textContent = shown;
  time.append(heard, seen);
  return time;
}
