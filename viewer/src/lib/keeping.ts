/** What a browser keeps for this page. A frame of another site, or a person, may have switched it off: then nothing is kept. */
export interface Keeping {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** @param area `sessionStorage` ends with the tab; `localStorage` stays. Asking for either may throw. */
export function keepingIn(area: 'localStorage' | 'sessionStorage'): Keeping {
  const attempt = <T>(act: (storage: Storage) => T, otherwise: T): T => {
    try {
      return act(window[area]);
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt((storage) => storage.getItem(key), null),
    set: (key, value) => attempt((storage) => storage.setItem(key, value), undefined),
    remove: (key) => attempt((storage) => storage.removeItem(key), undefined),
  };
}

/** A kept JSON object, or null for anything else: what is kept can be edited by whoever owns the browser. */
export function keptObject(keeping: Keeping, key: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(keeping.get(key) ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
