import { useSyncExternalStore } from 'react';

export const densities = ['comfortable', 'compact'] as const;

export const languages = ['en-AU', 'de'] as const;
export type Language = (typeof languages)[number];

/** How the back office shows itself. What is absent is as the device has it. */
export type Settings = {
  timeZone?: string | undefined;
  language?: Language | undefined;
  density: (typeof densities)[number];
  /** Keys that act without Ctrl or ⌘: whoever speaks to their machine may want none (WCAG 2.1.4). Of this device only. */
  singleKeys: boolean;
};

const key = 'mm.settings';
const listeners = new Set<() => void>();

// By hand: this is loaded before everything else, and needs no schemas for four values.
function read(): Settings {
  const held: Partial<Record<keyof Settings, unknown>> = parsed(globalThis.localStorage?.getItem(key));
  return checked({
    timeZone: typeof held.timeZone === 'string' ? held.timeZone : undefined,
    language: languages.find((known) => known === held.language),
    density: densities.find((known) => known === held.density) ?? 'comfortable',
    singleKeys: held.singleKeys !== false,
  });
}

function parsed(held: string | null | undefined): object {
  try {
    const value: unknown = JSON.parse(held ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A zone that this browser does not know would stop every time from being shown. */
function checked(settings: Settings): Settings {
  try {
    new Intl.DateTimeFormat('en-AU', { timeZone: settings.timeZone });
    return settings;
  } catch {
    return { ...settings, timeZone: undefined };
  }
}

let current = read();

/** Lets CSS know; called before the first paint of the app. */
export function applyDensity(): void {
  document.documentElement.dataset.density = current.density;
}

export const settings = (): Settings => current;

export function changeSettings(part: Partial<Settings>): void {
  current = checked({ ...current, ...part });
  globalThis.localStorage.setItem(key, JSON.stringify(current));
  applyDensity();
  for (const listener of listeners) listener();
}

/**
 * Takes over what the person chose at another device.
 * @returns whether the language is another than the one that is shown: the page has to be loaded anew for that
 */
export function adoptSettings(chosen: Pick<Settings, 'timeZone' | 'language' | 'density'>): boolean {
  const shown = current.language;
  changeSettings(chosen);
  return current.language !== shown;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings);
}
