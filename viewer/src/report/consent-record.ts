import type { Keeping } from '../lib/keeping.ts';
import { choiceRecorded, unrecordedChoice } from './consent.ts';
import { currentNotice } from './notice.ts';

export interface RecordParts {
  readonly keeping: Keeping;
  readonly fetch: typeof fetch;
  /** The id of the notice that is shown now. */
  readonly noticeId: () => Promise<string | null>;
}

let running: Promise<void> = Promise.resolve();

/**
 * Has the server put the answer on record: what was agreed to, by which notice, and that it was taken back (CO-12). One after the other, so
 * that the last answer is the last on record. What fails is tried again when a video is watched the next time. A refusal of somebody who has
 * never agreed is told to nobody.
 */
export function recordChoice(parts: RecordParts): Promise<void> {
  running = running.then(() => send(parts)).catch(() => undefined);
  return running;
}

async function send({ keeping, fetch, noticeId }: RecordParts): Promise<void> {
  const choice = unrecordedChoice(keeping);
  if (choice === null) return;
  const { browserId, measure } = choice;
  const given = measure ? { noticeId: await noticeId(), categories: ['analytics'] } : {};
  if (measure && given.noticeId === null) return;
  const response = await fetch(measure ? '/api/consents' : '/api/consents/withdraw', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ browserId, ...given }),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    keepalive: true,
    signal: AbortSignal.timeout(10_000),
  });
  // Nothing to take back is as good as taken back.
  const isSettled = response.ok || (!measure && response.status === 409);
  if (isSettled) choiceRecorded(keeping, measure);
}

/** As the page does it. */
export const recordChoiceOf = (keeping: Keeping): Promise<void> =>
  recordChoice({
    keeping,
    fetch: window.fetch.bind(window),
    noticeId: async () => (await currentNotice())?.id ?? null,
  });
