import type { LiveEvent, LiveProvider } from '@refinedev/core';
import { keepStream, type LiveChange, type LiveStreamOptions } from './live-stream.ts';

export type LiveProviderOptions = Pick<LiveStreamOptions, 'url' | 'fetch'> & {
  /** Resources whose changes the server tells; to follow any other costs nothing. */
  resources: readonly string[];
} & Partial<Pick<LiveStreamOptions, 'whenVisible' | 'onHidden' | 'pause'>>;

type Subscription = { resource: string; callback: (event: LiveEvent) => void };

/** A list is read again at most once in so many milliseconds, however much happens. */
const readAgainMs = 1000;
/** The stream is kept for so long after the last list has gone: the next page comes at once. */
const lingerMs = 5000;

/** Refine's live provider over server-sent events: one stream for all lists of the page, open while one of them is followed. */
export function createLiveProvider(options: LiveProviderOptions): LiveProvider {
  const subscriptions = new Set<Subscription>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  let stop: (() => void) | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const tell = (resource: string, { type, ids }: Pick<LiveChange, 'type' | 'ids'>) => {
    const event = { channel: `resources/${resource}`, type, payload: ids ? { ids } : {}, date: new Date() };
    for (const each of subscriptions) if (each.resource === resource) each.callback(event);
  };

  /** At once, and what comes meanwhile together after a while. */
  const tellInTurn = ({ resource, type, ids }: LiveChange) => {
    if (waiting.has(resource)) {
      missed.add(resource);
      return;
    }
    tell(resource, { type, ids });
    const again = () => {
      waiting.delete(resource);
      if (missed.delete(resource)) tellInTurn({ resource, type: '*' });
    };
    waiting.set(resource, setTimeout(again, readAgainMs));
  };
  const missed = new Set<string>();

  const open = () =>
    keepStream({
      whenVisible: () => whenVisible(document),
      onHidden: (hide) => onHidden(document, hide),
      pause,
      ...options,
      onChange: tellInTurn,
      onStale: () => {
        for (const resource of new Set([...subscriptions].map((each) => each.resource))) {
          tellInTurn({ resource, type: '*' });
        }
      },
    });

  return {
    subscribe({ channel, callback }) {
      const resource = channel.replace(/^resources\//, '');
      if (!options.resources.includes(resource)) return undefined;
      clearTimeout(leaving);
      const subscription = { resource, callback };
      subscriptions.add(subscription);
      stop ??= open();
      return subscription;
    },

    unsubscribe(subscription: Subscription) {
      subscriptions.delete(subscription);
      if (subscriptions.size > 0) return;
      clearTimeout(leaving);
      leaving = setTimeout(() => {
        stop?.();
        stop = undefined;
      }, lingerMs);
    },
  };
}

function whenVisible(page: Document): Promise<void> {
  if (page.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (page.visibilityState !== 'visible') return;
      page.removeEventListener('visibilitychange', look);
      resolve();
    };
    page.addEventListener('visibilitychange', look);
  });
}

function onHidden(page: Document, hide: () => void): () => void {
  const look = () => {
    if (page.visibilityState === 'hidden') hide();
  };
  page.addEventListener('visibilitychange', look);
  return () => page.removeEventListener('visibilitychange', look);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
