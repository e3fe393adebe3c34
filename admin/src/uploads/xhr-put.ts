import type { Put } from './resumable-transfer.ts';

/** A request that moved nothing for so long is given up: some lines go away without a word. */
const stallMs = 45_000;

/** A PUT by XMLHttpRequest: fetch still cannot tell how much of a body has been sent. */
export const xhrPut: Put = (url, { contentRange, contentType, body }, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let stalled = setTimeout(stop, stallMs);
    signal.addEventListener('abort', stop, { once: true });
    globalThis.addEventListener('offline', stop);
    request.open('PUT', url);
    request.setRequestHeader('content-range', contentRange);
    if (contentType) request.setRequestHeader('content-type', contentType);
    request.upload.onprogress = (event) => {
      clearTimeout(stalled);
      stalled = setTimeout(stop, stallMs);
      onProgress(event.loaded);
    };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', stop);
      globalThis.removeEventListener('offline', stop);
      if (signal.aborted) reject(signal.reason);
      else resolve({ status: request.status, range: request.getResponseHeader('range') });
    };
    request.send(body ?? null);
  });

/** Waits 1, 2, 4 … at most 15 s, and no longer than until the line comes back; while the browser is offline, until it is not. */
export function browserBackoff(failures: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const over = new AbortController();
  const end = (settle: () => void) => () => {
    clearTimeout(timer);
    over.abort();
    settle();
  };
  const wait = Math.min(15_000, 1000 * 2 ** (failures - 1));
  const timer = navigator.onLine ? setTimeout(end(resolve), wait) : undefined;
  globalThis.addEventListener('online', end(resolve), { signal: over.signal });
  signal.addEventListener(
    'abort',
    end(() => reject(signal.reason)),
    { signal: over.signal },
  );
  return promise;
}
