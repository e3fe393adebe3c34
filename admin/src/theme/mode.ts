import { useSyncExternalStore } from 'react';

export const modes = ['system', 'light', 'dark'] as const;
export type Mode = (typeof modes)[number];
export type Scheme = 'light' | 'dark';

const key = 'mm.theme';
const systemIsDark = globalThis.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function readMode(): Mode {
  const stored = globalThis.localStorage.getItem(key);
  return modes.find((mode) => mode === stored) ?? 'system';
}

let mode = readMode();

function scheme(): Scheme {
  if (mode !== 'system') return mode;
  return systemIsDark.matches ? 'dark' : 'light';
}

/** Lets CSS know; called before the first paint of the app. */
export function applyScheme(): void {
  document.documentElement.dataset.theme = scheme();
}

export function setMode(next: Mode): void {
  mode = next;
  if (next === 'system') globalThis.localStorage.removeItem(key);
  else globalThis.localStorage.setItem(key, next);
  changed();
}

function changed(): void {
  applyScheme();
  for (const listener of listeners) listener();
}

systemIsDark.addEventListener('change', changed);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useMode(): Mode {
  return useSyncExternalStore(subscribe, () => mode);
}

const calmWanted = globalThis.matchMedia('(prefers-reduced-motion: reduce)');

function subscribeToMotion(listener: () => void): () => void {
  calmWanted.addEventListener('change', listener);
  return () => calmWanted.removeEventListener('change', listener);
}

/** Whether things may move by themselves on this person's screen. */
export function useMotion(): boolean {
  return useSyncExternalStore(subscribeToMotion, () => !calmWanted.matches);
}

/** Light or dark, as it is shown now. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, scheme);
}
