import { expect, test } from 'vitest';
import { isHideable, readHidden, writeHidden } from './hidden-columns.ts';

const address = (query: string) => new URLSearchParams(query);

test('the columns that are left out stand in the address beside everything else', () => {
  const written = writeHidden(address('q=pump&page=2'), ['coach_name', 'created_at']);
  expect(readHidden(written)).toEqual(['coach_name', 'created_at']);
  expect(written.get('q')).toBe('pump');
  expect(writeHidden(written, []).toString()).toBe('q=pump&page=2');
});

test('what is no name of a column is not taken from an address', () => {
  expect(readHidden(address('hide=title,<b>,Title,,title,a b'))).toEqual(['title']);
  expect(readHidden(address(''))).toEqual([]);
});

test('what names the row and what can be done with it are always shown', () => {
  expect(isHideable({ card: 'heading' })).toBe(false);
  expect(isHideable({ card: 'none', hideTitle: true })).toBe(false);
  expect(isHideable({ card: 'fact' })).toBe(true);
});
