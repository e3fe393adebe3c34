import { useSyncExternalStore } from 'react';
import { z } from 'zod';

export const densities = ['comfortable', 'compact'] as const;

export const languages = ['en-AU', 'de'] as const;
export type Language = (typeof languages)[number];

/** How the back office shows itself. What is absent is as the device has it. */
const settingsShape = z.object({
  timeZone: z.string().optional().catch(undefined),
  language: z.enum(languages).optional().catch(undefined),
  density: z.enum(densities).catch('comfortable'),
  /** Keys that act without Ctrl or ⌘: whoever speaks to their machine may want none (WCAG 2.1.4). Of this device only. */
  singleKeys: z.boolean().catch(true),
});
export type Settings = z.infer<typeof settingsShape>;

/** What the database keeps of it, for every device of a person. */
export const storedSettings = z.object({
  time_zone: z.string().nullable(),
  language: z.enum(languages).nullable().catch(null),
  density: z.enum(densities),
});
export type StoredSettings = z.infer<typeof storedSettings>;

const key = 'mm.settings';
const listeners = new Set<() => void>();

function read(): Settings {
  try {
    return checked(settingsShape.parse(JSON.parse(globalThis.localStorage.getItem(key) ?? '{}')));
  } catch {
    return { density: 'comfortable', singleKeys: true };
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
export function adoptSettings({ time_zone, language, density }: StoredSettings): boolean {
  const shown = current.language;
  changeSettings({ timeZone: time_zone ?? undefined, language: language ?? undefined, density });
  return current.language !== shown;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, settings);
}
