import { expect, test } from 'vitest';
import flatQuery from './flat-query.ts';

test('a query is read into texts by name, with or without its question mark', () => {
  expect(flatQuery.parse('?to=%2Fvideos%3Fq%3Da%26b&ended=1')).toEqual({ to: '/videos?q=a&b', ended: '1' });
  expect(flatQuery.parse('ended=1')).toEqual({ ended: '1' });
  expect(flatQuery.parse('')).toEqual({});
});

test('a query is written without what is not set, and encoded unless the caller has done so', () => {
  expect(flatQuery.stringify({ to: '/a b', page: 2, none: undefined, gone: null }, { addQueryPrefix: true })).toBe(
    '?to=%2Fa%20b&page=2',
  );
  expect(flatQuery.stringify({ to: '%2Fa' }, { addQueryPrefix: true, encode: false })).toBe('?to=%2Fa');
  expect(flatQuery.stringify({}, { addQueryPrefix: true })).toBe('');
});

test('what is written is read as it was', () => {
  const query = { to: '/share-links?video=1&status=active#top', name: 'Zoë & Ümit=?' };
  expect(flatQuery.parse(flatQuery.stringify(query, { addQueryPrefix: true }))).toEqual(query);
});

test('a nested value is refused rather than written as [object Object]', () => {
  expect(() => flatQuery.stringify({ filters: [{ field: 'a' }] })).toThrow('filters');
});
