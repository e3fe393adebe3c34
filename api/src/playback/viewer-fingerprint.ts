import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** The eight groups of an IPv6 address, `::` written out. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16));
}

/**
 * The part of an address that stands for one viewer: an IPv4 address whole, an IPv6 address by its /64, since one household has a
 * whole /64 to choose from. IPv4 written as IPv6 (`::ffff:192.0.2.1`) counts as IPv4.
 */
export function addressKey(address: string): string {
  const bare = address.split('%', 1)[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) {
    return mapped;
  }
  if (isIPv6(bare) && !bare.includes('.')) {
    return `${groupsOf(bare).slice(0, 4).join(':')}::/64`;
  }
  return bare.toLowerCase();
}

/** Keyed hash under which an address is recorded: equal addresses can be told equal, none can be read back without the key. */
export function hashAddress(address: string, key: string): Buffer {
  return createHmac('sha256', key).update(addressKey(address)).digest();
}

/** How many addresses are kept with their hashes: those who ask often are among the last so many. */
const mostRemembered = 1_000;

/**
 * `hashAddress` under one key, which remembers the addresses that asked last: a vendor's webhooks, or a player, come from the same one each
 * time, and the hash is asked for before anything else is done.
 */
export function addressHasher(key: string): (address: string) => Buffer {
  const remembered = new Map<string, Buffer>();
  return (address) => {
    const hash = remembered.get(address) ?? hashAddress(address, key);
    // A Map keeps its order: the first is the one that has not asked for longest.
    remembered.delete(address);
    remembered.set(address, hash);
    if (remembered.size > mostRemembered) {
      remembered.delete(remembered.keys().next().value ?? '');
    }
    return hash;
  };
}

/** Ordered: a browser names those it is derived from as well, so the more particular one comes first. */
const families: readonly [family: string, mark: RegExp][] = [
  ['bot', /bot|crawl|spider|preview|facebookexternalhit|slack|whatsapp|headless/i],
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOpera\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\bFirefox\/|\bFxiOS\//],
  ['Chrome', /\bChrome\/|\bCriOS\/|\bChromium\//],
  ['Safari', /\bSafari\//],
];

/** A user agent reduced to its family: enough to recognise a device in a report, too little to follow a person. */
export function userAgentFamily(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent === '') {
    return 'none';
  }
  return families.find(([, mark]) => mark.test(userAgent))?.[0] ?? 'other';
}
