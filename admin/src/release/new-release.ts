import { askRelease } from './release.ts';

/** Whether there is a newer release than this page. Once there is, there is no way back but to load the page. */
let isNewer = false;
const listeners = new Set<() => void>();
let askedAt = Number.NEGATIVE_INFINITY;

/** A page that is looked at again asks, at most so often. */
const askEveryMs = 5 * 60_000;

export function announceNewRelease(): void {
  if (isNewer) return;
  isNewer = true;
  for (const listener of listeners) listener();
}

async function ask(): Promise<void> {
  if (isNewer || document.visibilityState !== 'visible' || performance.now() - askedAt < askEveryMs) return;
  askedAt = performance.now();
  if ((await askRelease()) === 'newer') announceNewRelease();
}

/** For `useSyncExternalStore`: asks whenever somebody comes back to the page. */
export function subscribeToRelease(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', ask);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener('visibilitychange', ask);
  };
}

export const isReleaseNewer = () => isNewer;
