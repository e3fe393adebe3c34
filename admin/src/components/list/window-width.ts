import { useSyncExternalStore } from 'react';

const phone = globalThis.matchMedia('(max-width: 767px)');

function subscribe(listener: () => void): () => void {
  phone.addEventListener('change', listener);
  return () => phone.removeEventListener('change', listener);
}

function onResize(listener: () => void): () => void {
  globalThis.addEventListener('resize', listener);
  return () => globalThis.removeEventListener('resize', listener);
}

/** Width of the window in steps of 100 px: columns come and go with it, not with every pixel. */
export function useWindowWidth(): number {
  return useSyncExternalStore(onResize, () => Math.floor(globalThis.innerWidth / 100) * 100);
}

/** Where a table has no room, lists are cards. The same width stands in the style sheets. */
export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches);
}
