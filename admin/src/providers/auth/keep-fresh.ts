import type { Session } from './session.ts';

const checkEveryMs = 15_000;

/**
 * Renews the token in the background while somebody looks at the page, and at once when a sleeping tab is woken, so that
 * the first click after a break does not wait. Failures are left to the request that needs the token.
 * @returns stops it
 */
export function keepFresh(session: Session): () => void {
  const refresh = () => {
    if (document.visibilityState === 'visible') session.token().catch(() => undefined);
  };
  const timer = setInterval(refresh, checkEveryMs);
  document.addEventListener('visibilitychange', refresh);
  globalThis.addEventListener('online', refresh);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', refresh);
    globalThis.removeEventListener('online', refresh);
  };
}
