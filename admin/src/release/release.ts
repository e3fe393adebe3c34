/**
 * Which release this page is of, and whether the server has gone on to another. A release is known by the address of its main
 * script, whose name carries the hash of what is in it; the page that names it is never cached.
 */
const mainScript = 'script[type="module"][src]';

/** @returns undefined for what is no page of the app */
export function releaseOf(page: Document): string | undefined {
  return page.querySelector(mainScript)?.getAttribute('src') ?? undefined;
}

/** The hash of that script alone; undefined while developing, when there is no build. */
export const buildOf = (page: Document): string | undefined =>
  /\/index-([\w-]{8,40})\.js$/.exec(releaseOf(page) ?? '')?.[1];

const ownRelease = releaseOf(document);

export type ReleaseState = 'same' | 'newer' | 'unreachable';

/**
 * Asks the server for its page.
 * @returns `unreachable` also when what answers is not this app: a proxy, or a deployment under way
 */
export async function askRelease(signal?: AbortSignal): Promise<ReleaseState> {
  try {
    const response = await fetch('/admin/', { cache: 'no-store', ...(signal ? { signal } : {}) });
    const release = releaseOf(new DOMParser().parseFromString(await response.text(), 'text/html'));
    if (!response.ok || release === undefined) return 'unreachable';
    return release === ownRelease ? 'same' : 'newer';
  } catch {
    return 'unreachable';
  }
}

const missing = new WeakSet<object>();

/** Remembers which errors say that code of this release could not be loaded; Vite tells, once for each. */
export function watchMissingCode(): void {
  globalThis.addEventListener('vite:preloadError', (event) => missing.add(event.payload));
}

/** Whether code was not there: after a release, or for want of a network. */
export function isMissingCode(error: unknown): boolean {
  return typeof error === 'object' && error !== null && missing.has(error);
}

const reloadedKey = 'mm.reloaded-from';

/** Loads the page anew, by itself only once for a release: what does not help then would go on for ever. @returns false: it has been tried */
export function reloadOnce(): boolean {
  const from = ownRelease ?? '';
  if (globalThis.sessionStorage.getItem(reloadedKey) === from) return false;
  globalThis.sessionStorage.setItem(reloadedKey, from);
  globalThis.location.reload();
  return true;
}
