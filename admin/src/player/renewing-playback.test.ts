import type { Playback } from '@mm/api/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepRenewing } from './renewing-playback.ts';

const playback = (token: string): Playback => ({
  playbackUrl: `https://stream.test/abc.m3u8?token=${token}`,
  posterUrl: `https://image.test/abc/thumbnail.png?token=${token}`,
  storyboardUrl: `https://image.test/abc/storyboard.vtt?token=${token}`,
  expiresAt: new Date(Date.now() + 60_000).toISOString(),
  renewAfterSeconds: 40,
  title: 'Pump drill',
  durationSeconds: 10,
  aspectRatio: '16:9',
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('requests carry the newest token, and only those that carried one', async () => {
  const renewing = keepRenewing(playback('one'), async () => playback('two'), vi.fn());
  const segment = 'https://stream.test/abc/720p/3.ts?token=one&part=3';
  expect(renewing.refresh(segment)).toBe(segment);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(renewing.refresh(segment)).toBe('https://stream.test/abc/720p/3.ts?token=two&part=3');
  expect(renewing.refresh('https://stream.test/signed?signature=x')).toBe('https://stream.test/signed?signature=x');
  renewing.stop();
});

it('a failed renewal is tried again while the token is good, then playback ends with the reason', async () => {
  const renew = vi.fn().mockRejectedValue(new Error('refused'));
  const onEnd = vi.fn();
  keepRenewing(playback('one'), renew, onEnd);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(renew).toHaveBeenCalledOnce();
  expect(onEnd).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(renew.mock.calls.length).toBeGreaterThan(2);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'refused' }));
});

it('nothing is renewed after the player is gone', async () => {
  const renew = vi.fn().mockResolvedValue(playback('two'));
  keepRenewing(playback('one'), renew, vi.fn()).stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(renew).not.toHaveBeenCalled();
});
