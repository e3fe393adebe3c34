import { createHmac } from 'node:crypto';
import { hashAddress } from './viewer-fingerprint.ts';

const dayMs = 86_400_000;
/** Longest life of a playback token (SH-03): for so long after a switch a viewer may still be known by the key before. */
const longestTokenMs = 900_000;
/** How far the clocks of two replicas may be apart. */
const clockSkewMs = 60_000;

/** Under what an address is recorded now, and under what another replica, or this one a moment ago, may have recorded it. */
export interface ViewerHashes {
  readonly current: Buffer;
  /** Null but around a switch. */
  readonly neighbour: Buffer | null;
}

/**
 * Keyed hashes of viewers' addresses by a key that changes every so many days. Each key is derived from the master key and the number of its
 * period, counted from 1970 in UTC: so all replicas switch at the same moment without talking, and what was recorded in two periods cannot
 * be told to be of one address without the master key.
 *
 * Around a switch both keys are asked about: a viewer whose page names no session goes on watching, and is no new play.
 */
export function rotatingAddressHash(masterKey: string, periodDays: number) {
  const periodMs = periodDays * dayMs;
  const keys = new Map<number, string>();
  const keyOf = (period: number): string => {
    const known = keys.get(period);
    if (known !== undefined) {
      return known;
    }
    const key = createHmac('sha256', masterKey).update(`viewer address ${periodDays} days ${period}`).digest('base64');
    keys.delete(period - 2);
    keys.set(period, key);
    return key;
  };
  return (address: string, now: number): ViewerHashes => {
    const period = Math.floor(now / periodMs);
    const sinceSwitch = now - period * periodMs;
    const neighbour =
      sinceSwitch < longestTokenMs ? period - 1 : sinceSwitch >= periodMs - clockSkewMs ? period + 1 : undefined;
    return {
      current: hashAddress(address, keyOf(period)),
      neighbour: neighbour === undefined ? null : hashAddress(address, keyOf(neighbour)),
    };
  };
}
