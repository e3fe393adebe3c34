import { expect, test } from 'vitest';
import { type Notice, wordsOf } from './notice-words.ts';

const link = '01900000-0000-7000-8000-000000000001';
const notice = (kind: string, variables: Notice['variables']): Notice => ({
  id: '01900000-0000-7000-8000-000000000000',
  kind,
  title: 'What its kind is called',
  variables,
  created_at: '2026-11-21T00:00:00Z',
  read_at: null,
});

test('one revoked link is named by its video and leads to it', () => {
  const words = wordsOf(
    notice('share.revoked', { count: 1, shareTokenIds: [link], videoTitles: ['Squat'], reason: 'Wrong person' }),
  );
  expect(words.title).toContain('Squat');
  expect(words).toMatchObject({ detail: 'Wrong person', to: `/share-links/${link}` });
});

test('several revoked links lead to the list of those that were revoked', () => {
  const words = wordsOf(notice('share.revoked', { count: 25, shareTokenIds: [link], videoTitles: ['Squat'] }));
  expect(words.title).toContain('25');
  expect(words.to).toBe('/share-links?status=revoked');
});

test('an alert says its own sentence', () => {
  const variables = { alertId: link, severity: 'critical', title: 'The queue stands still' };
  expect(wordsOf(notice('alert.raised', variables)).title).toBe('The queue stands still');
});

test('a kind without words of its own, or with other variables, is called as its kind', () => {
  expect(wordsOf(notice('deployment.result', {}))).toEqual({ title: 'What its kind is called' });
  expect(wordsOf(notice('share.revoked', { count: 'many' }))).toEqual({ title: 'What its kind is called' });
});
