import { expect, it } from 'vitest';
import { findingsTotal, kindWords } from './words.ts';

it('findings are added up over kinds and actions', () => {
  expect(findingsTotal({ 'asset_orphan.listed': 2, 'asset_missing.marked': 1 })).toBe(3);
  expect(findingsTotal({})).toBe(0);
});

it('a kind has words, a newer one its own name', () => {
  expect(kindWords('asset_public')).toBe('An asset is public');
  expect(kindWords('constructor')).toBe('constructor');
});
