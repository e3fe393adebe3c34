import { expect, test } from 'vitest';
import { places } from '../config/resources.tsx';
import { type KeyPress, keysOfPlaces, meaningOf } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test('every page has a letter of its own', () => {
  const letters = places.map(({ resource }) => keysOfPlaces[resource]);
  expect(letters).not.toContain(undefined);
  expect(new Set(letters).size).toBe(letters.length);
});

test('Ctrl+K and ⌘K open the palette, also while somebody writes', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(meaningOf(press('k', held), true, false, false)).toEqual({ does: 'palette' });
  }
  expect(meaningOf(press('k', { ctrlKey: true, altKey: true }), false, false, true)).toEqual({ does: 'nothing' });
});

test('single keys do nothing while somebody writes, with a modifier, or when they are switched off', () => {
  for (const key of ['g', '?', '/']) {
    expect(meaningOf(press(key), true, false, true)).toEqual({ does: 'nothing' });
    expect(meaningOf(press(key, { altKey: true }), false, false, true)).toEqual({ does: 'nothing' });
    expect(meaningOf(press(key), false, false, false)).toEqual({ does: 'nothing' });
  }
});

test('g waits for a letter, ? shows the keys, / goes to the search field', () => {
  expect(meaningOf(press('g'), false, false, true)).toEqual({ does: 'wait' });
  expect(meaningOf(press('v'), false, true, true)).toEqual({ does: 'go', letter: 'v' });
  expect(meaningOf(press('v'), false, false, true)).toEqual({ does: 'nothing' });
  expect(meaningOf(press('?'), false, false, true)).toEqual({ does: 'keys' });
  expect(meaningOf(press('/'), false, false, true)).toEqual({ does: 'search' });
});
