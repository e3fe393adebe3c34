import type { LoaderContext } from 'hls.js';
import { describe, expect, it } from 'vitest';
import { hlsConfig, type TokenSource } from './hls-config.ts';

const context = {} as LoaderContext;

/** Stands in for XMLHttpRequest where hls.js hands it over: not yet opened. */
class Request extends EventTarget {
  status = 0;
  responseText = '';
  opened: unknown[] = [];
  open(...call: unknown[]) {
    this.opened.push(call);
  }
  answer(status: number) {
    this.status = status;
    this.dispatchEvent(new Event('load'));
    this.dispatchEvent(new Event('loadend'));
  }
}

function setup(usableToken: () => Promise<string>) {
  const rejected: string[] = [];
  const tokens: TokenSource = {
    issued: new Set(['t1', 't2']),
    usableToken,
    reject: (token) => rejected.push(token),
  };
  const subtitles: string[] = [];
  const config = hlsConfig(tokens, (master, url) => subtitles.push(`${url} ${master}`));
  const request = new Request();
  const ready = (url: string) => config.xhrSetup?.(request as unknown as XMLHttpRequest, url, context);
  return { config, request, ready, rejected, subtitles };
}

describe('each request of the stream', () => {
  it('goes out with the current token in place of the one it was written with', async () => {
    const { request, ready } = setup(async () => 't2');
    await ready('https://stream.example/v/720p/3.ts?token=t1');
    expect(request.opened).toEqual([['GET', 'https://stream.example/v/720p/3.ts?token=t2', true]]);
  });

  it('is not opened before there is a token to send', async () => {
    const token = Promise.withResolvers<string>();
    const { request, ready } = setup(() => token.promise);
    const opened = ready('https://stream.example/v/720p/3.ts?token=t1');
    await Promise.resolve();
    expect(request.opened).toEqual([]);
    token.resolve('t2');
    await opened;
    expect(request.opened).toHaveLength(1);
  });

  it('fails when no token will come', async () => {
    const { request, ready } = setup(() => Promise.reject(new Error('over')));
    await expect(ready('https://stream.example/v/720p/3.ts?token=t1')).rejects.toThrow('over');
    expect(request.opened).toEqual([]);
  });

  it.each([
    [403, ['t2']],
    [401, ['t2']],
    [200, []],
    [404, []],
    [503, []],
  ])('answered with %d, marks as dead: %j', async (status, dead) => {
    const { request, ready, rejected } = setup(async () => 't2');
    await ready('https://stream.example/v/720p/3.ts?token=t1');
    request.answer(status);
    expect(rejected).toEqual(dead);
  });
});

describe('a playlist that names subtitles', () => {
  it.each([
    ['https://stream.example/v.m3u8?token=t1', '#EXT-X-MEDIA:TYPE=SUBTITLES', 1],
    ['https://stream.example/v.m3u8?token=t1', '#EXT-X-STREAM-INF:BANDWIDTH=1', 0],
    ['https://stream.example/v/720p/3.ts?token=t1', 'TYPE=SUBTITLES by chance', 0],
  ])('is handed on: %s, %s', async (url, text, times) => {
    const { request, ready, subtitles } = setup(async () => 't2');
    await ready(url);
    request.responseText = text;
    request.answer(200);
    expect(subtitles).toEqual(times === 1 ? [`${url} ${text}`] : []);
  });
});

describe('a failed request', () => {
  const { config } = setup(async () => 't2');
  const policies = ['manifestLoadPolicy', 'playlistLoadPolicy', 'fragLoadPolicy'] as const;

  it.each(policies)('of the %s is repeated twice with a fresh token when refused, and otherwise as usual', (name) => {
    const retry = config[name]?.default.errorRetry;
    const repeats = (code: number, count: number, isUsual: boolean) =>
      retry?.shouldRetry?.(retry, count, false, { url: '', code }, isUsual);
    expect([0, 1, 2, 3].map((count) => repeats(403, count, false))).toEqual([true, true, false, false]);
    expect(repeats(404, 0, false)).toBe(false);
    expect(repeats(503, 0, true)).toBe(true);
  });
});
