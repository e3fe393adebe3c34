import type { LiveEvent } from '@refinedev/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveProvider } from './index.ts';
import { serverEvents } from './server-events.ts';

const encoder = new TextEncoder();

/** A server whose streams the test writes by hand. */
function server(answers: (() => Response)[] = []) {
  const asked: { lastId: string | null; signal: AbortSignal }[] = [];
  const streams: { say: (event: string, data: object, id?: number) => void; end: () => void }[] = [];
  const send = (async (_url: string, init: RequestInit) => {
    const { signal } = init as { signal: AbortSignal };
    asked.push({ lastId: new Headers(init.headers).get('last-event-id'), signal });
    const answer = answers.shift();
    if (answer) return answer();
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(given) {
        controller = given;
      },
    });
    signal.addEventListener('abort', () => controller?.error(new DOMException('Aborted', 'AbortError')));
    streams.push({
      say: (event, data, id = 7) =>
        controller?.enqueue(encoder.encode(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`)),
      end: () => controller?.close(),
    });
    return new Response(body, { status: 200 });
  }) as unknown as typeof fetch;
  return { asked, streams, send };
}

/** A page that is looked at, or not. */
function page() {
  let isVisible = true;
  let hide: (() => void) | undefined;
  let show: (() => void) | undefined;
  return {
    whenVisible: () =>
      isVisible
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            show = resolve;
          }),
    onHidden: (callback: () => void) => {
      hide = callback;
      return () => undefined;
    },
    leave() {
      isVisible = false;
      hide?.();
    },
    comeBack() {
      isVisible = true;
      show?.();
    },
  };
}

function follow(fetchIt: typeof fetch, looked = page()) {
  const provider = createLiveProvider({
    url: '/api/live',
    fetch: fetchIt,
    resources: ['videos', 'share_tokens'],
    whenVisible: looked.whenVisible,
    onHidden: looked.onHidden,
  });
  const heard: LiveEvent[] = [];
  const listen = (resource: string) =>
    provider.subscribe({ channel: `resources/${resource}`, types: ['*'], callback: (event) => heard.push(event) });
  return { provider, heard, listen, looked };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a list that is followed', () => {
  it('is told of its own changes and of no other list’s', async () => {
    const { send, streams } = server();
    const { heard, listen } = follow(send);
    listen('videos');
    await settle();
    streams[0]?.say('ready', {});
    streams[0]?.say('change', { resource: 'share_tokens', type: 'created', ids: ['s'] });
    streams[0]?.say('change', { resource: 'videos', type: 'updated', ids: ['v'] });
    await settle();
    expect(heard).toMatchObject([{ channel: 'resources/videos', type: 'updated', payload: { ids: ['v'] } }]);
  });

  it('is read again once a second at most, and once more for what came meanwhile', async () => {
    const { send, streams } = server();
    const { heard, listen } = follow(send);
    listen('videos');
    await settle();
    for (const id of ['a', 'b', 'c', 'd'])
      streams[0]?.say('change', { resource: 'videos', type: 'updated', ids: [id] });
    await settle();
    expect(heard).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard.map(({ type }) => type)).toEqual(['updated', '*']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(heard).toHaveLength(2);
  });

  it('is read again when something may have been missed', async () => {
    const { send, streams } = server();
    const { heard, listen } = follow(send);
    listen('videos');
    listen('share_tokens');
    await settle();
    streams[0]?.say('stale', {});
    await settle();
    expect(heard.map(({ channel, type }) => [channel, type])).toEqual([
      ['resources/videos', '*'],
      ['resources/share_tokens', '*'],
    ]);
  });

  it('shares one stream with all others, which ends some time after the last of them', async () => {
    const { send, asked } = server();
    const { provider, listen } = follow(send);
    const [one, two] = [listen('videos'), listen('share_tokens')];
    expect(listen('audit_entries')).toBeUndefined();
    await settle();
    expect(asked).toHaveLength(1);
    provider.unsubscribe(one);
    await vi.advanceTimersByTimeAsync(6000);
    expect(asked[0]?.signal.aborted).toBe(false);
    provider.unsubscribe(two);
    await vi.advanceTimersByTimeAsync(4000);
    const three = listen('videos');
    await vi.advanceTimersByTimeAsync(4000);
    expect(asked).toHaveLength(1);
    provider.unsubscribe(three);
    await vi.advanceTimersByTimeAsync(6000);
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(asked).toHaveLength(1);
  });
});

describe('a stream that ends', () => {
  it('with its token is opened again at once, from where it ended', async () => {
    const { send, asked, streams } = server();
    follow(send).listen('videos');
    await settle();
    streams[0]?.say('end', { reason: 'renew' }, 42);
    await settle();
    expect(asked.map(({ lastId }) => lastId)).toEqual([null, '42']);
  });

  it('with the session is not opened again', async () => {
    const { send, asked, streams } = server();
    follow(send).listen('videos');
    await settle();
    streams[0]?.say('end', { reason: 'signed_out' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
  });

  it.each([401, 403, 404])('because the answer is %s is not opened again', async (status) => {
    const { send, asked } = server([() => new Response('{}', { status })]);
    follow(send).listen('videos');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(1);
  });

  it('by itself is opened again, later each time it fails', async () => {
    const away = () => {
      throw new TypeError('Failed to fetch');
    };
    const { send, asked, streams } = server([away, away, away]);
    follow(send).listen('videos');
    await settle();
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(999);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(asked).toHaveLength(4);
    streams[0]?.end();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(asked).toHaveLength(5);
  });

  it('waits as long as it is told to', async () => {
    const { send, asked } = server([() => new Response('{}', { status: 429, headers: { 'retry-after': '30' } })]);
    follow(send).listen('videos');
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked).toHaveLength(2);
  });

  it('silently, as connections do, is noticed', async () => {
    const { send, asked, streams } = server();
    follow(send).listen('videos');
    await settle();
    streams[0]?.say('beat', {}, 9);
    await vi.advanceTimersByTimeAsync(39_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(asked.map(({ lastId }) => lastId)).toEqual([null, '9']);
  });
});

it('a page that nobody looks at holds no stream, and goes on where it left', async () => {
  const { send, asked, streams } = server();
  const { listen, looked } = follow(send);
  listen('videos');
  await settle();
  streams[0]?.say('beat', {}, 5);
  await settle();
  looked.leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.signal.aborted).toBe(true);
  looked.comeBack();
  await settle();
  expect(asked.map(({ lastId }) => lastId)).toEqual([null, '5']);
});

it('events are the same however the network cuts them', async () => {
  const bytes = encoder.encode('event: a\nid: 1\ndata: {"é":"∞"}\n\nevent: b\nid: 2\ndata: {}\n\nevent: cut');
  for (const size of [1, 2, 3, 7, 100]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
    const events = [];
    for await (const event of serverEvents(body)) events.push(event);
    expect(events).toEqual([
      { event: 'a', id: '1', data: '{"é":"∞"}' },
      { event: 'b', id: '2', data: '{}' },
    ]);
  }
});
