import { expect, test } from 'vitest';
import { matches } from './matches.ts';

test('what was typed begins words of the label, in any order', () => {
  expect(matches('Share links', 'li')).toBe(true);
  expect(matches('Share links', 'links sh')).toBe(true);
  expect(matches('Share links', 'inks')).toBe(false);
  expect(matches('Share links', 'share videos')).toBe(false);
});

test('case and accents make no difference', () => {
  expect(matches('Übersicht der Löschungen', 'LOSCH uber')).toBe(true);
});

test('nothing typed matches everything', () => {
  expect(matches('Videos', '')).toBe(true);
  expect(matches('Videos', '  ')).toBe(true);
});
