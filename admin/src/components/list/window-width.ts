import { useSyncExternalStore } from 'react';

const phone = globalThis.matchMedia('(max-width: 767px)');
const wide = globalThis.matchMedia('(min-width: 1200px)');

const onChange = (query: MediaQueryList) => (listener: () => void) => {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};
const onPhone = onChange(phone);
const onWide = onChange(wide);

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
  return useSyncExternalStore(onPhone, () => phone.matches);
}

/** Whether a list has the room it needs beside the navigation with its words. */
export function useRailRoom(): boolean {
  return useSyncExternalStore(onWide, () => wide.matches);
}
