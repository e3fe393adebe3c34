import { useSyncExternalStore } from 'react';

const phone = globalThis.matchMedia('(max-width: 767px)');

function subscribe(listener: () => void): () => void {
  phone.addEventListener('change', listener);
  return () => phone.removeEventListener('change', listener);
}

/** Where a table has no room, lists are cards. The same width stands in the style sheets. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches);
}
