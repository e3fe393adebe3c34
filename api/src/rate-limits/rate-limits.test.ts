import { afterEach, describe, expect, it, vi } from 'vitest';
import { startUnitApp, type UnitApp } from '../../test/unit-app.ts';
import { defaultRules, type LimitRules } from './rules.ts';
import { readLimitSettings } from './settings.ts';

const opened: UnitApp[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const unit of opened.splice(0)) {
    await unit.close();
  }
});

/** An app under these limits, whose database listens nowhere: what is refused here was refused before it. */
async function appWith(limits: string, environment: Record<string, string> = {}): Promise<UnitApp> {
  const unit = await startUnitApp({ RATE_LIMITS: limits, ...environment });
  opened.push(unit);
  return unit;
}

interface Ask {
  readonly publicId?: string;
  readonly from?: string;
  readonly forwarded?: string;
}

/** A look-up that the api refuses by itself, because its secret cannot be one. */
async function ask({ app }: UnitApp, { publicId = 'Ab3dEf6hIj9k', from = '192.0.2.1', forwarded }: Ask = {}) {
  return app.inject({
    method: 'POST',
    url: `/api/share/${publicId}`,
    remoteAddress: from,
    headers: {
      'content-type': 'application/json',
      'x-request-id': 'request-0001',
      ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
    },
    payload: '{"secret":"short"}',
  });
}

async function statuses(unit: UnitApp, times: number, question?: (index: number) => Ask): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < times; index += 1) {
    all.push((await ask(unit, question?.(index))).statusCode);
  }
  return all;
}

const onlyPlayback = '*=off,playback=enforce';

describe('the limit of playback', () => {
  it('lets 100 requests a minute pass from one address and answers the next with 429 (RL-01)', async () => {
    const unit = await appWith(onlyPlayback);
    expect(await statuses(unit, 101)).toEqual([...Array<number>(100).fill(403), 429]);
  });

  it('says how long to wait, in a plain message (RL-03), and what the limit is', async () => {
    const unit = await appWith(onlyPlayback);
    const first = await ask(unit);
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"playback";q=100;w=60',
      ratelimit: '"playback";r=99;t=60',
      'ratelimit-limit': '100',
      'ratelimit-remaining': '99',
      'ratelimit-reset': '60',
    });
    expect(first.headers['retry-after']).toBeUndefined();
    await statuses(unit, 99);
    const refused = await ask(unit);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(refused.headers).toMatchObject({ 'ratelimit-remaining': '0', 'ratelimit-limit': '100' });
    expect(refused.json()).toEqual({
      type: 'urn:motion-mavericks:problem:request.throttled',
      title: 'Too many requests',
      status: 429,
      detail: 'There were too many requests in a short time. Please wait a moment and try again.',
      code: 'request.throttled',
      requestId: 'request-0001',
    });
  });

  it('forgets when its window ends', async () => {
    const unit = await appWith('*=off,playback=3/60:enforce');
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await statuses(unit, 4)).toEqual([403, 403, 403, 429]);
    vi.setSystemTime(Date.now() + 59_000);
    expect(await statuses(unit, 1)).toEqual([429]);
    vi.setSystemTime(Date.now() + 1_001);
    expect(await statuses(unit, 4)).toEqual([403, 403, 403, 429]);
  });

  it('counts each address for itself, whichever link it asks for', async () => {
    const unit = await appWith('*=off,playback=3/60:enforce');
    expect(await statuses(unit, 4, (index) => ({ publicId: `Ab3dEf6hIj9${index}` }))).toEqual([403, 403, 403, 429]);
    expect(await statuses(unit, 1, () => ({ from: '192.0.2.2' }))).toEqual([403]);
  });

  it('takes an IPv6 /64 for one address, and its neighbour for another', async () => {
    const unit = await appWith('*=off,playback=3/60:enforce');
    const within = (index: number) => ({ from: `2001:db8:0:1:${index}::1` });
    expect(await statuses(unit, 4, within)).toEqual([403, 403, 403, 429]);
    expect(await statuses(unit, 1, () => ({ from: '2001:db8:0:2::1' }))).toEqual([403]);
  });
});

describe('the address', () => {
  it('is that of the peer where no proxy is trusted, whatever x-forwarded-for says (RL-10)', async () => {
    const unit = await appWith('*=off,playback=3/60:enforce');
    const spoofed = (index: number) => ({ forwarded: `198.51.100.${index}` });
    expect(await statuses(unit, 4, spoofed)).toEqual([403, 403, 403, 429]);
  });

  it('behind one proxy is what that proxy saw: what the caller put before it changes nothing', async () => {
    const unit = await appWith('*=off,playback=3/60:enforce', { TRUSTED_PROXY_HOPS: '1' });
    const spoofed = (index: number) => ({ forwarded: `198.51.100.${index}, 203.0.113.7` });
    expect(await statuses(unit, 4, spoofed)).toEqual([403, 403, 403, 429]);
    expect(await statuses(unit, 1, () => ({ forwarded: '203.0.113.8' }))).toEqual([403]);
  });
});

describe('a link', () => {
  it('is throttled for itself, whoever asks (RL-06)', async () => {
    const unit = await appWith('*=off,share-link=3/60:enforce');
    expect(await statuses(unit, 4, (index) => ({ from: `192.0.2.${index}` }))).toEqual([403, 403, 403, 429]);
    expect(await statuses(unit, 1, () => ({ publicId: 'Zz3dEf6hIj9k' }))).toEqual([403]);
  });

  it('asked for by an address that is refused is not counted', async () => {
    const unit = await appWith('*=off,playback=2/60:enforce,share-link=3/60:enforce');
    expect(await statuses(unit, 9)).toEqual([403, 403, ...Array<number>(7).fill(429)]);
    expect(await statuses(unit, 2, () => ({ from: '192.0.2.9' }))).toEqual([403, 429]);
  });
});

describe('look-ups that find nothing', () => {
  it('are counted more strictly than others, by address', async () => {
    const unit = await appWith('');
    expect(await statuses(unit, 21)).toEqual([...Array<number>(20).fill(403), 429]);
    expect(defaultRules['share-guess'].points).toBeLessThan(defaultRules.playback.points);
  });

  it('are counted by link as well', async () => {
    const unit = await appWith('*=off,share-guess-link=3/60:enforce');
    expect(await statuses(unit, 4, (index) => ({ from: `192.0.2.${index}` }))).toEqual([403, 403, 403, 429]);
  });

  it('are not told of by a number before they are refused', async () => {
    const unit = await appWith('*=off,share-guess=3/60:enforce');
    expect((await ask(unit)).headers).not.toHaveProperty('ratelimit');
  });
});

describe('a mode', () => {
  it('monitor never refuses and tells nothing, and is counted (RL-05)', async () => {
    const unit = await appWith('*=off,playback=2/60:monitor');
    expect(await statuses(unit, 5)).toEqual(Array<number>(5).fill(403));
    expect((await ask(unit)).headers).not.toHaveProperty('ratelimit');
    const metrics = (await unit.app.inject('/metrics')).body;
    expect(metrics).toContain('mm_rate_limit_requests_total{rule="playback",mode="monitor",outcome="within"} 2');
    expect(metrics).toContain('mm_rate_limit_requests_total{rule="playback",mode="monitor",outcome="over"} 4');
  });

  it('off counts nothing', async () => {
    const unit = await appWith('*=off');
    await statuses(unit, 2);
    expect((await unit.app.inject('/metrics')).body).not.toContain('mm_rate_limit_requests_total{');
  });
});

describe('the settings of limits', () => {
  it('change numbers and modes, in order', () => {
    const rules: LimitRules = readLimitSettings(['*=monitor', 'playback=120/30', 'share-guess=5/900:enforce']);
    expect(rules.playback).toMatchObject({ points: 120, windowSeconds: 30, mode: 'monitor' });
    expect(rules['share-guess']).toMatchObject({ points: 5, windowSeconds: 900, mode: 'enforce' });
    expect(rules.uploads).toEqual({ ...defaultRules.uploads, mode: 'monitor' });
  });

  it.each([
    ['playback', 'has no entry'],
    ['playback=', 'has no entry'],
    ['playback=100', 'has no entry'],
    ['playback=a/b', 'has no entry'],
    ['playback=100/60:maybe', 'has no entry'],
    ['unheard-of=off', 'names no rule'],
    ['playback=0/60', 'at least 1'],
    ['playback=1/0', 'at least 1'],
    ['playback=1/90000', 'more than 86400'],
  ])('%s is refused', (entry, words) => {
    expect(() => readLimitSettings([entry])).toThrow(words);
  });
});
