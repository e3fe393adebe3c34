import { describe, expect, it } from 'vitest';
import type { KeyRow } from './answers.ts';
import { progressOf } from './progress.ts';

const now = new Date('2026-03-01T12:00:00Z');
const key = (state: KeyRow['state'], more: Partial<KeyRow> = {}): KeyRow => ({
  rotation: 'mux-webhook',
  id: state,
  state,
  created_at: '2026-03-01T10:00:00Z',
  active_at: null,
  draining_at: null,
  drained_at: null,
  deleted_at: null,
  last_seen_at: null,
  ...more,
});

describe('the progress of a rotation', () => {
  it.each([
    ['nothing written down', [], { stage: 'idle', done: 0 }],
    ['one active', [key('active'), key('deleted')], { stage: 'idle', done: 0 }],
    ['a key that waits', [key('active'), key('created')], { stage: 'ready', done: 1 }],
    ['a secret that was never used', [key('active'), key('pending')], { stage: 'unused', done: 1 }],
    [
      'a secret that was used',
      [key('active'), key('pending', { last_seen_at: '2026-03-01T11:59:00Z' })],
      { stage: 'ready', done: 2 },
    ],
    [
      'one that drains',
      [key('active'), key('draining', { drained_at: '2026-03-01T12:00:01+00:00' })],
      { stage: 'draining', done: 2, until: '2026-03-01T12:00:01+00:00' },
    ],
    [
      'one that has drained, and one that has not',
      [
        key('active'),
        key('draining', { drained_at: '2026-03-02T12:00:00Z' }),
        key('draining', { drained_at: '2026-03-01T11:59:59Z' }),
      ],
      { stage: 'due', done: 3 },
    ],
  ])('with %s', (_what, keys, progress) => {
    expect(progressOf(keys, now)).toEqual(progress);
  });
});
