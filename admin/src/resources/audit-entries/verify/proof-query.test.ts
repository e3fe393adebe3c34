import { expect, it } from 'vitest';
import { proofQuery } from './proof-query.ts';

it('asks for the milliseconds around an entry, whose own time has microseconds', () => {
  const entry = { action: 'video.created', object_type: 'video', occurred_at: '2026-11-21T02:00:00.123956+00:00' };
  expect(Object.fromEntries(proofQuery({ ...entry, object_id: 'v1' }))).toEqual({
    format: 'jsonl',
    action: 'video.created',
    object_type: 'video',
    object_id: 'v1',
    from: '2026-11-21T02:00:00.123Z',
    to: '2026-11-21T02:00:00.125Z',
  });
  expect(proofQuery({ ...entry, object_id: null }).has('object_id')).toBe(false);
});
