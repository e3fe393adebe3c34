import { describe, expect, it } from 'vitest';
import { matchesPath } from '../../src/mux/control/fault-rules.ts';
import { newMuxId } from '../../src/mux/ids.ts';
import { GIVE_UP_AFTER_MS, nextAttemptAt } from '../../src/mux/webhooks/backoff.ts';
import { WebhookControls } from '../../src/mux/webhooks/controls.ts';
import { webhookSignature } from '../../src/mux/webhooks/signature.ts';

describe('the delay between attempts', () => {
  const HOUR = 3_600_000;

  it('doubles from its base up to an hour', () => {
    const delays = [1, 2, 3, 4, 20].map((failed) => nextAttemptAt(failed, 0, 0, 250));
    expect(delays).toEqual([250, 500, 1000, 2000, HOUR]);
  });

  it('ends after 24 hours', () => {
    expect(nextAttemptAt(30, 0, GIVE_UP_AFTER_MS - HOUR, 250)).toBe(GIVE_UP_AFTER_MS);
    expect(nextAttemptAt(30, 0, GIVE_UP_AFTER_MS - HOUR + 1, 250)).toBeNull();
  });
});

describe('the signature', () => {
  it('is that of the vendor’s scheme, over seconds and body', () => {
    // HMAC-SHA256 of `1600000000.{"a":1}` under `secret`, computed with openssl.
    expect(webhookSignature('{"a":1}', 'secret', 1_600_000_000_999)).toBe(
      't=1600000000,v1=4e107d82910257d43758070322323c95b92af39939824d6610e2c9809a43b8d5',
    );
  });
});

describe('what tests do to webhooks', () => {
  it('dropping comes before holding, and holding before reordering', () => {
    const controls = new WebhookControls();
    controls.set({ dropNext: 1, hold: true, reorder: 2 });
    expect([controls.admit('a'), controls.admit('b'), controls.admit('c')]).toEqual(['drop', 'keep', 'keep']);
    expect(controls.heldIds).toEqual(['b', 'c']);
  });

  it('reordering starts over with each full collection', () => {
    const controls = new WebhookControls();
    controls.set({ reorder: 2 });
    expect(['a', 'b', 'c', 'd'].map((id) => controls.admit(id))).toEqual([
      'keep',
      { releaseReversed: ['b', 'a'] },
      'keep',
      { releaseReversed: ['d', 'c'] },
    ]);
  });
});

describe('the path of a fault', () => {
  it.each([
    ['/video/v1/uploads', '/video/v1/uploads', true],
    ['/video/v1/uploads', '/video/v1/uploads/1', false],
    ['/video/*', '/video/v1/uploads/1/cancel', true],
    ['/*/cancel', '/video/v1/uploads/1/cancel', true],
    ['/*.m3u8', '/abc.m3u8', true],
    ['/*.m3u8', '/abcXm3u8', false],
    ['/a+b(c)', '/a+b(c)', true],
    ['/a+b(c)', '/aab(c)', false],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(matchesPath(pattern, path)).toBe(matches);
  });
});

describe('identifiers', () => {
  it('are letters and digits, long, and never the same', () => {
    const ids = Array.from({ length: 1000 }, newMuxId);
    expect(new Set(ids).size).toBe(1000);
    expect(ids.filter((id) => !/^[A-Za-z0-9]{43,86}$/.test(id))).toEqual([]);
  });
});
