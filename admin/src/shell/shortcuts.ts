import type { ResourceName } from '../providers/access/index.ts';

/** After `g`, the letter that leads to a page. A role that has no such page has no such letter. */
export const keysOfPlaces: Partial<Record<ResourceName, string>> = {
  dashboard: 'h',
  videos: 'v',
  share_tokens: 'l',
  playback_sessions: 'p',
  revocations: 'r',
  explanations: 'y',
  playback_decisions: 'd',
  audit_entries: 'a',
  webhook_events: 'w',
  upload_progress: 'u',
  reconciliation_runs: 'c',
  rate_limits: 't',
  job_runs: 'j',
  canary_runs: 'b',
  keys: 'k',
  profiles: 'e',
  erasure_requests: 'x',
  alerts: 'n',
  feature_flags: 'f',
  my_account: 'm',
};

/** What a key means, where the keyboard is not needed to write. */
export type Pressed =
  | { does: 'palette' | 'keys' | 'search' }
  | { does: 'wait' }
  | { does: 'go'; letter: string }
  | { does: 'nothing' };

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * @param isWriting the focus is where keys are written
 * @param afterG `g` was pressed just before
 * @param singleKeys whether keys alone do anything: some people speak to their machines (WCAG 2.1.4)
 */
export function meaningOf(press: KeyPress, isWriting: boolean, afterG: boolean, singleKeys: boolean): Pressed {
  const { key, ctrlKey, metaKey, altKey } = press;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') return { does: 'palette' };
  if (ctrlKey || metaKey || altKey || isWriting || !singleKeys) return { does: 'nothing' };
  if (afterG) return { does: 'go', letter: key };
  if (key === 'g') return { does: 'wait' };
  if (key === '?') return { does: 'keys' };
  if (key === '/') return { does: 'search' };
  return { does: 'nothing' };
}
