import type { KeyRow } from './answers.ts';

/** How far a rotation is: of its four steps so many are done, and what is next. */
export type Progress = {
  stage: 'idle' | 'unused' | 'ready' | 'draining' | 'due';
  done: number;
  /** When the old one may be deleted. */
  until?: string;
};

/** @param keys those of one rotation */
export function progressOf(keys: readonly KeyRow[], now: Date): Progress {
  const fresh = keys.find(({ state }) => state === 'created' || state === 'pending');
  if (fresh) {
    // A signing key is switched to at once; a secret once a delivery signed with it has come.
    return fresh.state === 'created' || fresh.last_seen_at !== null
      ? { stage: 'ready', done: fresh.state === 'created' ? 1 : 2 }
      : { stage: 'unused', done: 1 };
  }
  const ends = keys
    .filter(({ state }) => state === 'draining')
    .map(({ drained_at: at }) => at ?? now.toISOString())
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  const [until] = ends;
  if (until === undefined) return { stage: 'idle', done: 0 };
  return Date.parse(until) <= now.getTime() ? { stage: 'due', done: 3 } : { stage: 'draining', done: 2, until };
}
