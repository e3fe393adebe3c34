import { expect, it } from 'vitest';
import { isExtendable, latestEnd } from './latest-end.ts';

const life = { minHours: 24, maxHours: 168 };
const link = { created_at: '2026-05-01T00:00:00Z', starts_at: null, expires_at: '2026-05-02T00:00:00Z' };

it('a link may live for seven days from its start, whenever it was made', () => {
  expect(latestEnd(link, life)).toEqual(new Date('2026-05-08T00:00:00Z'));
  expect(latestEnd({ ...link, starts_at: '2026-05-05T00:00:00Z' }, life)).toEqual(new Date('2026-05-12T00:00:00Z'));
});

it('a link that lives as long as it may is not extended', () => {
  expect(isExtendable(link, life)).toBe(true);
  expect(isExtendable({ ...link, expires_at: '2026-05-08T00:00:00Z' }, life)).toBe(false);
});
