import { describe, expect, it } from 'vitest';
import type { Grant } from './share-answer.ts';
import type { Granted, ShareOutcome } from './share-client.ts';
import { nextView, type ViewEvent, type ViewState } from './view-state.ts';

const now = Date.parse('2026-11-20T00:00:00Z');
const grant: Grant = {
  playbackUrl: 'https://stream.example/v.m3u8?token=t1',
  posterUrl: 'https://image.example/v.jpg',
  storyboardUrl: 'https://image.example/v.vtt',
  expiresAt: '2026-11-20T00:05:00Z',
  sessionId: '01900000-0000-7000-8000-000000000001',
  availableUntil: '2026-11-27T00:00:00Z',
  renewAfterSeconds: 200,
  title: 'Serve receive',
  durationSeconds: 10,
  aspectRatio: '16:9',
};
const granted: Granted = { kind: 'granted', grant, receivedAt: now, serverOffset: 0 };
const answered = (outcome: ShareOutcome): ViewEvent => ({ type: 'answered', outcome, now });
const walk = (...events: ViewEvent[]): ViewState => events.reduce(nextView, { name: 'opening' } as ViewState);
const unreachable = answered({ kind: 'unreachable', waitMs: null });

describe('the viewer’s page', () => {
  it('goes from opening over poster and start to playing', () => {
    expect(walk(answered(granted)).name).toBe('ready');
    expect(walk(answered(granted), { type: 'play-wanted' }).name).toBe('starting');
    expect(walk(answered(granted), { type: 'play-wanted' }, { type: 'player-shown' }).name).toBe('playing');
  });

  it('shows one state for each kind of refusal', () => {
    expect(walk(answered({ kind: 'unavailable' }))).toEqual({ name: 'unavailable' });
    expect(walk(answered({ kind: 'processing', waitMs: null }))).toMatchObject({ name: 'processing' });
    expect(walk(unreachable)).toMatchObject({ name: 'unreachable' });
    expect(walk(answered({ kind: 'rate-limited', waitMs: 12_000 }))).toEqual({
      name: 'rate-limited',
      retryAt: now + 13_000,
    });
  });

  it('waits longer after each failure, up to half a minute, and never less than the server asked', () => {
    const waits: number[] = [];
    let state: ViewState = { name: 'opening' };
    for (let round = 0; round < 6; round += 1) {
      state = nextView(state, unreachable);
      if (state.name === 'unreachable') waits.push(state.retryAt - now);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 15_000, 30_000, 30_000]);
    expect(walk(answered({ kind: 'unreachable', waitMs: 90_000 }))).toMatchObject({ retryAt: now + 90_000 });
  });

  it('starts counting failures anew after another state', () => {
    expect(walk(unreachable, unreachable, answered({ kind: 'processing', waitMs: null }), unreachable)).toMatchObject({
      name: 'unreachable',
      tries: 0,
    });
  });

  it('leaves playing at once when a renewal is refused', () => {
    const playing = [answered(granted), { type: 'play-wanted' }, { type: 'player-shown' }] as const;
    expect(walk(...playing, answered({ kind: 'unavailable' }))).toEqual({ name: 'stopped' });
  });

  it('says that a link has ended only to who was let in before, by the server’s clock', () => {
    const until = Date.parse(grant.availableUntil);
    const refused = (at: number): ViewEvent => ({ type: 'answered', outcome: { kind: 'unavailable' }, now: at });
    const playing = [answered(granted), { type: 'play-wanted' }, { type: 'player-shown' }] as const;
    expect(walk(...playing, refused(until))).toEqual({ name: 'expired', until });
    expect(walk(answered(granted), refused(until))).toEqual({ name: 'expired', until });
    expect(walk(answered(granted), refused(until - 60_000))).toEqual({ name: 'unavailable' });
    expect(walk(refused(until))).toEqual({ name: 'unavailable' });
    const slow = answered({ ...granted, serverOffset: 3_600_000 });
    expect(walk(slow, refused(until - 3_600_000))).toEqual({ name: 'expired', until });
  });

  it('asks what a link asks for, and remembers where somebody was watching when it did', () => {
    const needs = { kind: 'needs', step: 'passphrase' } as const;
    expect(walk(answered(needs))).toEqual({ name: 'step', step: 'passphrase', position: null });
    const playing = [answered(granted), { type: 'play-wanted' }, { type: 'player-shown' }] as const;
    const asked = walk(...playing, { type: 'answered', outcome: needs, now, position: 42 });
    expect(asked).toEqual({ name: 'step', step: 'passphrase', position: 42 });
    expect(nextView(asked, answered(granted)).name).toBe('ready');
    expect(walk(answered({ kind: 'framed' }))).toEqual({ name: 'framed' });
  });

  it('keeps playing while a renewal is stuck, and says so until it is not', () => {
    const playing = [answered(granted), { type: 'play-wanted' }, { type: 'player-shown' }] as const;
    expect(walk(...playing, { type: 'stuck', isStuck: true })).toMatchObject({ name: 'playing', isStuck: true });
    expect(walk(...playing, { type: 'stuck', isStuck: true }, { type: 'stuck', isStuck: false })).toMatchObject({
      isStuck: false,
    });
  });

  it('remembers where a failed stream was, and tries again later each time', () => {
    const started = [answered(granted), { type: 'play-wanted' }] as const;
    const failed = (tries: number): ViewEvent => ({ type: 'stream-failed', position: 61.5, tries, now });
    expect(walk(...started, failed(0))).toEqual({
      name: 'stream-trouble',
      position: 61.5,
      tries: 0,
      retryAt: now + 5_000,
    });
    expect(walk(...started, failed(9))).toMatchObject({ retryAt: now + 60_000 });
  });

  it('shows the poster again while the player is put in anew', () => {
    const playing = [answered(granted), { type: 'play-wanted' }, { type: 'player-shown' }] as const;
    expect(walk(...playing, { type: 'restarting' }).name).toBe('starting');
  });

  it('ignores what comes too late', () => {
    const over = walk(answered({ kind: 'unavailable' }));
    const late: ViewEvent[] = [
      { type: 'play-wanted' },
      { type: 'player-shown' },
      { type: 'restarting' },
      { type: 'player-failed' },
      { type: 'stuck', isStuck: true },
      { type: 'stream-failed', position: 1, tries: 0, now },
    ];
    for (const event of late) expect(nextView(over, event)).toBe(over);
  });
});
