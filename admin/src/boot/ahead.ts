const beenInKey = 'mm.been-in';

/** Remembers that somebody got in with this browser, and nothing of whom. */
export const rememberBeenIn = (): void => globalThis.localStorage.setItem(beenInKey, '1');

/**
 * Loads the code of the frame and of the page that was asked for while configuration, session and account are still being asked for, one after
 * the other: the page would wait for each of them otherwise. Whoever has never been in gets the sign-in page and needs none of it.
 */
export function loadAhead(path: string): void {
  const inApp = path.replace(/^\/admin/, '').replace(/(.)\/$/, '$1') || '/';
  if (inApp === '/sign-in' || globalThis.localStorage.getItem(beenInKey) === null) return;
  const parts = [
    import('../App.tsx').then(({ loadPage }) => loadPage(inApp)),
    import('../shell/shell.tsx'),
    import('../shell/gate.tsx'),
  ];
  // Who needs what could not be loaded finds out, and says so.
  for (const part of parts) part.catch(() => undefined);
}
