import { useSyncExternalStore } from 'react';

/** One timer for all that ticks on a page; it stops when nothing does. */
function ticker(everyMs: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let current = Date.now();
  const tick = () => {
    current = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener: () => void) {
      // What has just appeared must not seem to lie in the future of a clock that ticks twice a minute.
      current = Date.now();
      if (listeners.size === 0) timer = setInterval(tick, everyMs);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    read: () => current,
  };
}

const seconds = ticker(1000);
const halfMinutes = ticker(30_000);

/** Now, renewed every half minute; every second where seconds are shown. */
export function useNow(pace: 'calm' | 'seconds' = 'calm'): Date {
  const source = pace === 'seconds' ? seconds : halfMinutes;
  return new Date(useSyncExternalStore(source.subscribe, source.read));
}
