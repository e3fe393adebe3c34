import { describe, expect, it } from 'vitest';
import { addressHasher, addressKey, hashAddress, userAgentFamily } from './viewer-fingerprint.ts';

describe('the address of a viewer', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('is recorded as a hash that only the same key repeats', () => {
    const hash = hashAddress('192.0.2.7', 'key-one');
    expect(hash).toHaveLength(32);
    expect(hashAddress('::ffff:192.0.2.7', 'key-one').equals(hash)).toBe(true);
    expect(hashAddress('192.0.2.7', 'key-two').equals(hash)).toBe(false);
    expect(hashAddress('192.0.2.8', 'key-one').equals(hash)).toBe(false);
  });

  it('is the same for two addresses of one IPv6 household', () => {
    expect(hashAddress('2001:db8:1:2::1', 'key').equals(hashAddress('2001:db8:1:2:ffff::9', 'key'))).toBe(true);
  });
});

describe('hashes that are remembered', () => {
  it('are those of their addresses, however many others asked in between', () => {
    const hashOf = addressHasher('key');
    const expected = hashAddress('192.0.2.7', 'key');
    expect(hashOf('192.0.2.7').equals(expected)).toBe(true);
    expect(hashOf('192.0.2.7')).toBe(hashOf('192.0.2.7'));
    for (let host = 0; host < 2_000; host += 1) {
      const address = `198.51.${host >> 8}.${host & 255}`;
      expect(hashOf(address).equals(hashAddress(address, 'key'))).toBe(true);
    }
    expect(hashOf('192.0.2.7').equals(expected)).toBe(true);
  });

  it('of addresses that ask often outlive those of many that ask once', () => {
    const hashOf = addressHasher('key');
    const often = hashOf('192.0.2.7');
    for (let host = 0; host < 3_000; host += 1) {
      hashOf(`198.51.${host >> 8}.${host & 255}`);
      if (host % 500 === 0) expect(hashOf('192.0.2.7')).toBe(often);
    }
    const once = hashOf('203.0.113.1');
    for (let host = 0; host < 1_000; host += 1) hashOf(`198.51.${host >> 8}.${host & 255}`);
    expect(hashOf('203.0.113.1')).not.toBe(once);
  });
});

describe('a user agent', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 'Chrome'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari',
    ],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox'],
    ['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'bot'],
    ['curl/8.5.0', 'other'],
    ['', 'none'],
    [undefined, 'none'],
  ])('%j is of the family %s', (userAgent, family) => {
    expect(userAgentFamily(userAgent)).toBe(family);
  });
});
