import { z } from 'zod';
import { type ServerEvent, serverEvents } from './server-events.ts';

const change = z.object({ resource: z.string(), type: z.string(), ids: z.array(z.string()).optional() });
const end = z.object({ reason: z.string() });

export type LiveChange = z.infer<typeof change>;

export type LiveStreamOptions = {
  url: string;
  /** Sends the request with the caller's token. */
  fetch: typeof globalThis.fetch;
  onChange: (change: LiveChange) => void;
  /** Something may have been missed: everything has to be read again. */
  onStale: () => void;
  /** Resolves when the page is looked at; its stream is let go of when it is not, since a browser holds six connections at most. */
  whenVisible: () => Promise<void>;
  /** Calls back when the page is not looked at any more. @returns takes the callback away */
  onHidden: (hide: () => void) => () => void;
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/** The server says something every 15 seconds; after so long a silence the connection is a dead one. */
const longestSilenceMs = 40_000;
const longestPauseMs = 60_000;

/**
 * One stream of changes, kept open while it is wanted: it ends with each token, about once a minute, and is opened again from where it
 * ended. Where it cannot be opened the lists are as they were without it, so nothing is shown for that.
 */
export function keepStream(options: LiveStreamOptions): () => void {
  const stopped = new AbortController();
  void follow(options, stopped.signal);
  return () => stopped.abort();
}

async function follow(options: LiveStreamOptions, stopped: AbortSignal): Promise<void> {
  let lastId: string | undefined;
  let failures = 0;
  while (!stopped.aborted) {
    await options.whenVisible();
    if (stopped.aborted) return;
    const request = new AbortController();
    const giveUp = () => request.abort();
    stopped.addEventListener('abort', giveUp);
    const showAgain = options.onHidden(giveUp);
    const outcome = await readStream(options, request, lastId, (id) => {
      lastId = id;
      failures = 0;
    });
    showAgain();
    stopped.removeEventListener('abort', giveUp);
    if (outcome === 'over') return;
    if (outcome === 'renew' || request.signal.aborted) continue;
    failures += 1;
    // Not all pages at once, after the server was away.
    const pause = Math.min(1000 * 2 ** failures, longestPauseMs) * (0.5 + Math.random() / 2);
    await options.pause(Math.max(pause, outcome.retryAfterMs), stopped);
  }
}

type Outcome = 'renew' | 'over' | { retryAfterMs: number };

async function readStream(
  options: LiveStreamOptions,
  request: AbortController,
  lastId: string | undefined,
  onId: (id: string) => void,
): Promise<Outcome> {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    clearTimeout(silence);
    silence = setTimeout(() => request.abort(), longestSilenceMs);
  };
  try {
    watch();
    const response = await options.fetch(options.url, {
      headers: { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
      cache: 'no-store',
      signal: request.signal,
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      // Signed out, or not allowed: the next reading of a list says so to the person.
      if (response.status === 401 || response.status === 403 || response.status === 404) return 'over';
      return { retryAfterMs: (Number(response.headers.get('retry-after')) || 0) * 1000 };
    }
    for await (const event of serverEvents(response.body)) {
      watch();
      onId(event.id);
      const outcome = take(options, event);
      if (outcome) return outcome;
    }
  } catch {
    // A connection that broke; it is opened again.
  } finally {
    clearTimeout(silence);
  }
  return { retryAfterMs: 0 };
}

function take({ onChange, onStale }: LiveStreamOptions, { event, data }: ServerEvent): Outcome | undefined {
  if (event === 'change') onChange(change.parse(JSON.parse(data)));
  if (event === 'stale') onStale();
  if (event !== 'end') return undefined;
  const { reason } = end.parse(JSON.parse(data));
  return reason === 'renew' ? 'renew' : reason === 'signed_out' ? 'over' : { retryAfterMs: 0 };
}
