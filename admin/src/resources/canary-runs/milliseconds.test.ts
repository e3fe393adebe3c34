import { expect, it } from 'vitest';
import { lapse } from './milliseconds.ts';

it.each([
  [null, '–'],
  [0, '0 ms'],
  [999, '999 ms'],
  [4210, '4.2 s'],
  [303_000, '5 min 3 s'],
])('%s ms are told as %s', (ms, words) => {
  expect(lapse(ms)).toBe(words);
});
