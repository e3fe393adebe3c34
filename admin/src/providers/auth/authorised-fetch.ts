import type { Session } from './session.ts';

/**
 * `fetch` with the caller's token. A 401 is answered by one renewal and one more try: the token may have died on the way,
 * or its key may have been replaced. A second 401 is an answer.
 */
export function authorisedFetch(
  session: Session,
  send: typeof globalThis.fetch = globalThis.fetch.bind(globalThis),
): typeof globalThis.fetch {
  return async (input, init) => {
    const attempt = (token: string | null) => {
      const headers = new Headers(init?.headers);
      if (token) headers.set('authorization', `Bearer ${token}`);
      return send(input, { ...init, headers });
    };
    const first = await attempt(await session.token());
    if (first.status !== 401) return first;
    const renewed = await session.token(true);
    if (!renewed) return first;
    await first.body?.cancel();
    return attempt(renewed);
  };
}
