import type { Put } from './resumable-transfer.ts';

/** A PUT by XMLHttpRequest: fetch still cannot tell how much of a body has been sent. */
export const xhrPut: Put = (url, { contentRange, contentType, body }, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.open('PUT', url);
    request.setRequestHeader('content-range', contentRange);
    if (contentType) request.setRequestHeader('content-type', contentType);
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onloadend = () => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else resolve({ status: request.status, range: request.getResponseHeader('range') });
    };
    request.send(body ?? null);
  });

/** Waits 1, 2, 4 … at most 15 s; while the browser is offline, until it is not. */
export async function browserBackoff(failures: number, signal: AbortSignal): Promise<void> {
  await pause(Math.min(15_000, 1000 * 2 ** (failures - 1)), signal);
  if (!navigator.onLine) await once('online', signal);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

function once(event: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    globalThis.addEventListener(event, () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
