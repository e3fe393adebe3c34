import { expect, it } from 'vitest';
import type { PlaybackCutRow } from '../rows.ts';
import { isUnderWay, stepsOf } from './steps.ts';

const cut: PlaybackCutRow = {
  id: 'c1',
  video_id: 'v1',
  coach_id: 'p1',
  requested_by: 'p1',
  requested_by_name: 'Priya Nair',
  requested_at: '2026-05-03T02:00:00Z',
  reason: 'Wrong video',
  revocation_id: null,
  state: 'switched',
  switched_at: '2026-05-03T02:00:01Z',
  deleted_at: null,
  confirmed_at: null,
  failed_at: null,
  confirmed_after_ms: null,
  attempts: 1,
  next_attempt_at: '2026-05-03T02:00:31Z',
  last_error: null,
};
const looks = (row: PlaybackCutRow) => stepsOf(row).map(({ look }) => look);

it('a cut shows what is done, what it is at, and what is to come', () => {
  expect(looks(cut)).toEqual(['done', 'done', 'now', 'later']);
  expect(isUnderWay(cut)).toBe(true);
});

it('a cut that was given up shows at which step', () => {
  const failed = { ...cut, state: 'failed' as const, failed_at: '2026-05-03T02:15:00Z' };
  expect(looks(failed)).toEqual(['done', 'done', 'failed', 'later']);
  expect(isUnderWay(failed)).toBe(false);
});

it('a cut that is confirmed has nothing left to do', () => {
  const done = { ...cut, state: 'confirmed' as const, deleted_at: cut.switched_at, confirmed_at: cut.switched_at };
  expect(looks(done)).toEqual(['done', 'done', 'done', 'done']);
  expect(isUnderWay(done)).toBe(false);
});
