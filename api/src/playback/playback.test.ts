import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { mintPlayback, type PlaybackGrant } from './playback-grant.ts';
import { PlaybackTokenSigner } from './token-signer.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signer = new PlaybackTokenSigner({ id: 'key-1', privateKey });
const origins = { streamUrl: 'https://stream.example.com', imageUrl: 'https://image.example.com' };
const now = new Date('2026-03-01T12:00:00.400Z');
const inSeconds = (seconds: number): number => Math.floor(now.getTime() / 1000) + seconds;

const grant = (overrides: Partial<PlaybackGrant> = {}): PlaybackGrant => ({
  playbackId: 'playback-1',
  title: 'Turns',
  durationSeconds: 12.5,
  aspectRatio: '16:9',
  tokenExpiresAt: new Date(now.getTime() + 300_000),
  ...overrides,
});

describe('a playback token', () => {
  it('is RS256 with kid, subject, audience and an explicit expiry, and verifies under the published key', async () => {
    const token = await signer.sign({ playbackId: 'playback-1', audience: 'v', expiresAt: inSeconds(300) }, now);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    expect(decodeJwt(token)).toEqual({ sub: 'playback-1', aud: 'v', exp: inSeconds(300), kid: 'key-1' });
    const key = await importJWK(signer.publicJwk(), 'RS256');
    await expect(
      jwtVerify(token, key, { audience: 'v', subject: 'playback-1', currentDate: now }),
    ).resolves.toBeDefined();
  });

  it('publishes no private part of its key', () => {
    expect(Object.keys(signer.publicJwk()).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('may live for fifteen minutes and not a second longer (SH-03)', async () => {
    await expect(signer.sign({ playbackId: 'p', audience: 'v', expiresAt: inSeconds(900) }, now)).resolves.toBeTypeOf(
      'string',
    );
    await expect(signer.sign({ playbackId: 'p', audience: 'v', expiresAt: inSeconds(901) }, now)).rejects.toThrow(
      RangeError,
    );
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 10.5])(
    'is never made to expire %d s from now',
    async (seconds) => {
      const request = { playbackId: 'p', audience: 'v', expiresAt: inSeconds(0) + seconds } as const;
      await expect(signer.sign(request, now)).rejects.toThrow(RangeError);
    },
  );
});

describe('the answer for a player', () => {
  it('has three URLs, each with a token of its own audience', async () => {
    const playback = await mintPlayback(grant(), { signer, origins, now });
    const tokenOf = (url: string): string => new URL(url).searchParams.get('token') ?? '';
    expect(playback.playbackUrl).toMatch(/^https:\/\/stream\.example\.com\/playback-1\.m3u8\?token=/);
    expect(playback.posterUrl).toMatch(/^https:\/\/image\.example\.com\/playback-1\/thumbnail\.webp\?token=/);
    expect(playback.storyboardUrl).toMatch(/^https:\/\/image\.example\.com\/playback-1\/storyboard\.vtt\?token=/);
    expect(decodeJwt(tokenOf(playback.playbackUrl)).aud).toBe('v');
    expect(decodeJwt(tokenOf(playback.posterUrl)).aud).toBe('t');
    expect(decodeJwt(tokenOf(playback.storyboardUrl)).aud).toBe('s');
    expect(playback).toMatchObject({ title: 'Turns', durationSeconds: 12.5, aspectRatio: '16:9' });
  });

  it('never outlives what the database decided: parts of a second are cut off', async () => {
    const playback = await mintPlayback(grant({ tokenExpiresAt: new Date('2026-03-01T12:00:20.999Z') }), {
      signer,
      origins,
      now,
    });
    expect(playback.expiresAt).toBe('2026-03-01T12:00:20.000Z');
    expect(decodeJwt(new URL(playback.playbackUrl).searchParams.get('token') ?? '').exp).toBe(
      Date.parse('2026-03-01T12:00:20Z') / 1000,
    );
  });

  it('asks for renewal after two thirds of its life', async () => {
    expect((await mintPlayback(grant(), { signer, origins, now })).renewAfterSeconds).toBe(199);
    const short = grant({ tokenExpiresAt: new Date(now.getTime() + 1_100) });
    expect((await mintPlayback(short, { signer, origins, now })).renewAfterSeconds).toBe(1);
  });

  it('renewed, has the same URLs but for the token', async () => {
    const withoutToken = (url: string): string => url.replace(/token=.*/, '');
    const first = await mintPlayback(grant(), { signer, origins, now });
    const later = new Date(now.getTime() + 200_000);
    const renewed = await mintPlayback(grant({ tokenExpiresAt: new Date(later.getTime() + 300_000) }), {
      signer,
      origins,
      now: later,
    });
    for (const part of ['playbackUrl', 'posterUrl', 'storyboardUrl'] as const) {
      expect(withoutToken(renewed[part])).toBe(withoutToken(first[part]));
      expect(renewed[part]).not.toBe(first[part]);
    }
  });
});
