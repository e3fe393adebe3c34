import { expect, it } from 'vitest';
import { readQuestion, writeQuestion } from './question.ts';

const now = new Date('2026-05-03T02:00:30Z');
const video = '0198c1a0-0000-7000-8000-00000000000a';
const link = '0198c1a0-0000-7000-8000-000000000001';

it('a question without a time is about the last day, and one without an id about nothing', () => {
  expect(readQuestion(new URLSearchParams('video=x'), now)).toEqual({
    video: undefined,
    link: undefined,
    from: new Date('2026-05-02T02:01:00Z'),
    before: new Date('2026-05-03T02:01:00Z'),
  });
});

it('a question is read from its address', () => {
  const params = new URLSearchParams({ video, link, from: '2026-05-01T00:00:00Z', to: '2026-05-02T00:00:00Z' });
  expect(readQuestion(params, now)).toEqual({
    video,
    link,
    from: new Date('2026-05-01T00:00:00Z'),
    before: new Date('2026-05-02T00:00:00Z'),
  });
});

it('another video is asked about as a whole', () => {
  expect(writeQuestion(new URLSearchParams({ video, link }), 'video', 'other').toString()).toBe('video=other');
  expect(writeQuestion(new URLSearchParams({ video, link }), 'link', undefined).toString()).toBe(`video=${video}`);
});
