import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rotatingAddressHash } from './rotating-address-hash.ts';

const key = 'a-key-for-hashing-addresses-in-tests';
const dayMs = 86_400_000;
const minuteMs = 60_000;
const address = '192.0.2.7';

const moment = fc.integer({ min: 0, max: 40_000 * dayMs });
const days = fc.integer({ min: 1, max: 31 });

describe('the keyed hash of an address', () => {
  it('is the same all through a period, in every process, and another in every other period', () => {
    fc.assert(
      fc.property(moment, moment, days, (one, other, periodDays) => {
        const [here, there] = [rotatingAddressHash(key, periodDays), rotatingAddressHash(key, periodDays)];
        const samePeriod = Math.floor(one / (periodDays * dayMs)) === Math.floor(other / (periodDays * dayMs));
        expect(here(address, one).current.equals(there(address, other).current)).toBe(samePeriod);
      }),
    );
  });

  it('is of 32 bytes, and another under another key, for another address, and for periods of another length', () => {
    const hashes = [
      rotatingAddressHash(key, 30)(address, 0),
      rotatingAddressHash(`${key}!`, 30)(address, 0),
      rotatingAddressHash(key, 30)('192.0.2.8', 0),
      rotatingAddressHash(key, 31)(address, 0),
    ].map(({ current }) => current);
    expect(hashes.map((hash) => hash.length)).toEqual([32, 32, 32, 32]);
    expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(4);
  });
});

describe('around a switch', () => {
  const hashesOf = rotatingAddressHash(key, 30);
  const switchAt = 30 * dayMs * 700;
  const before = hashesOf(address, switchAt - 20 * minuteMs).current;
  const after = hashesOf(address, switchAt + 20 * minuteMs).current;

  it.each([
    ['a quarter of an hour before', -15 * minuteMs, before, null],
    ['half a minute before, since another clock may be ahead', -minuteMs / 2, before, after],
    ['at the moment itself', 0, after, before],
    ['as long as a token of before may live', 15 * minuteMs - 1, after, before],
    ['and no longer', 15 * minuteMs, after, null],
  ])('%s', (_when, offset, current, neighbour) => {
    expect(hashesOf(address, switchAt + offset)).toEqual({ current, neighbour });
  });
});
