import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagesShown } from './pages-shown.ts';

test('few pages are all shown', () => {
  expect(pagesShown(1, 1)).toEqual([1]);
  expect(pagesShown(3, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('of many pages, those around the current one, the first and the last are shown', () => {
  expect(pagesShown(1, 40)).toEqual([1, 2, 3, 4, 5, 6, 7, 'gap-after', 40]);
  expect(pagesShown(20, 40)).toEqual([1, 'gap-before', 18, 19, 20, 21, 22, 'gap-after', 40]);
  expect(pagesShown(40, 40)).toEqual([1, 'gap-before', 34, 35, 36, 37, 38, 39, 40]);
});

test('whatever the page: it is shown with its neighbours and both ends, in order, and a gap hides two pages at least', () => {
  const place = fc
    .integer({ min: 1, max: 500 })
    .chain((last) => fc.tuple(fc.integer({ min: 1, max: last }), fc.constant(last)));
  fc.assert(
    fc.property(place, ([current, last]) => {
      const slots = pagesShown(current, last);
      const pages = slots.filter((slot) => typeof slot === 'number');
      expect(pages).toEqual([...new Set(pages)].sort((a, b) => a - b));
      const wanted = [1, current - 1, current, current + 1, last].filter((page) => page >= 1 && page <= last);
      expect(pages).toEqual(expect.arrayContaining(wanted));
      expect(slots.length).toBeLessThanOrEqual(9);
      for (const [index, slot] of slots.entries()) {
        if (typeof slot === 'number') continue;
        expect(Number(slots[index + 1]) - Number(slots[index - 1])).toBeGreaterThan(2);
      }
    }),
  );
});
