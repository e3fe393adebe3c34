import { expect, it } from 'vitest';
import { orderOf } from './order.ts';
import { pageRange, totalWithoutCount } from './page.ts';

it('rows that are equal in what was asked are told apart by the primary key, running the same way', () => {
  expect(orderOf([{ field: 'status', order: 'desc' }], ['id']).terms).toEqual([
    { column: 'status', ascending: false, nullsFirst: undefined },
    { column: 'id', ascending: false, nullsFirst: undefined },
  ]);
});

it('an order that names the primary key is left alone', () => {
  expect(orderOf([{ field: 'id', order: 'desc' }], ['id']).terms).toHaveLength(1);
});

it('a list without an order has one by its key', () => {
  expect(orderOf(undefined, ['id']).terms).toEqual([{ column: 'id', ascending: true, nullsFirst: undefined }]);
});

it('empty values come last only where that is asked', () => {
  expect(
    orderOf([{ field: 'played_at', order: 'desc' }], ['id'], { nullsLast: ['played_at'] }).terms[0]?.nullsFirst,
  ).toBe(false);
});

it('an order by what is not a column name is a 400', () => {
  expect(() => orderOf([{ field: 'id.desc,secret', order: 'asc' }], ['id']).terms).toThrow(
    expect.objectContaining({ statusCode: 400 }),
  );
});

it('page 3 of 25 is the rows 50 to 74; without paging there is no range', () => {
  expect(pageRange({ currentPage: 3, pageSize: 25 })).toEqual({ from: 50, to: 74 });
  expect(pageRange({ mode: 'off' })).toBeUndefined();
});

it('an uncounted list ends one after a full page and exactly at a short one', () => {
  expect(totalWithoutCount({ from: 20, to: 29 }, 10)).toBe(31);
  expect(totalWithoutCount({ from: 20, to: 29 }, 4)).toBe(24);
});
