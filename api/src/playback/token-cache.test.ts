import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { TokenCache } from './token-cache.ts';
import { PlaybackTokenSigner } from './token-signer.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signer = new PlaybackTokenSigner({ id: 'key-1', privateKey });
const start = Date.parse('2026-03-01T12:00:00Z') / 1000;
const at = (seconds: number) => new Date((start + seconds) * 1000);

let cache: TokenCache;
beforeEach(() => {
  cache = new TokenCache(3);
});
/** As a request `after` seconds from the start that the database allowed for `life` seconds. */
const ask = (after: number, { life = 300, id = 'video', by = signer } = {}) =>
  cache.tokensFor(by, id, start + Math.floor(after) + life, at(after));

describe('tokens that were signed lately', () => {
  it('are one for each audience, with the end that was decided', async () => {
    const { expiresAt, tokens } = await ask(0);
    expect(expiresAt).toBe(start + 300);
    expect(Object.entries(tokens).map(([audience, token]) => [audience, decodeJwt(token)])).toEqual(
      ['v', 't', 's'].map((aud) => [aud, { sub: 'video', aud, exp: start + 300, kid: 'key-1' }]),
    );
  });

  it.each([
    [0.5, true],
    [100, true],
    [100.1, false],
    [299, false],
  ])('are shared %d s later: %s, since two thirds of their life must be left', async (after, isShared) => {
    const first = await ask(0);
    expect((await ask(after)) === first).toBe(isShared);
  });

  it('are never shared beyond what was decided for the request, and what others share stays', async () => {
    const first = await ask(0);
    const sooner = await ask(10, { life: 60 });
    expect(sooner.expiresAt).toBe(start + 70);
    expect(decodeJwt(sooner.tokens.v).exp).toBe(start + 70);
    expect(await ask(11)).toBe(first);
  });

  it('are shared by requests of the same moment, which sign once', async () => {
    const [first, second] = await Promise.all([ask(0), ask(0)]);
    expect(second).toBe(first);
  });

  it('are not those of another video', async () => {
    expect((await ask(0, { id: 'another' })).tokens.v).not.toBe((await ask(0)).tokens.v);
  });

  it('are forgotten when the key is rotated', async () => {
    await ask(0);
    const next = new PlaybackTokenSigner({ id: 'key-2', privateKey });
    expect(decodeProtectedHeader((await ask(1, { by: next })).tokens.v).kid).toBe('key-2');
    expect(cache.size).toBe(1);
  });

  it('are held of so many videos, the one that was not asked for the longest gives way', async () => {
    const first = await ask(0, { id: 'a' });
    const second = await ask(0, { id: 'b' });
    await ask(0, { id: 'c' });
    expect(await ask(1, { id: 'a' })).toBe(first);
    await ask(1, { id: 'd' });
    expect(cache.size).toBe(3);
    expect(await ask(2, { id: 'a' })).toBe(first);
    expect(await ask(2, { id: 'b' })).not.toBe(second);
  });

  it('are not held when signing failed', async () => {
    await expect(ask(0, { life: 901 })).rejects.toThrow(RangeError);
    expect(cache.size).toBe(0);
    expect((await ask(0)).expiresAt).toBe(start + 300);
  });
});
