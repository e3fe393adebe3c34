import { describe, expect, it } from 'vitest';
import { parseContentRange } from '../../src/mux/ingest/content-range.ts';

describe('a Content-Range header', () => {
  it.each([
    ['bytes 0-99/100', { kind: 'bytes', first: 0, last: 99, total: 100 }],
    ['bytes 5-5/6', { kind: 'bytes', first: 5, last: 5, total: 6 }],
    ['bytes 0-262143/*', { kind: 'bytes', first: 0, last: 262_143, total: null }],
    ['bytes */100', { kind: 'query', total: 100 }],
    ['bytes */*', { kind: 'query', total: null }],
    ['bytes */0', { kind: 'query', total: 0 }],
  ])('%s is understood', (header, range) => {
    expect(parseContentRange(header)).toEqual(range);
  });

  it.each([
    'bytes 0-100/100',
    'bytes 9-5/100',
    'bytes -5/100',
    'bytes 5-/100',
    'bytes 0-9',
    'bytes=0-9/10',
    'items 0-9/10',
    'bytes 0-9/-1',
    'bytes 0x0-0x9/10',
    'bytes 0-9999999999999999/9999999999999999999',
    '',
  ])('%j is refused', (header) => {
    expect(parseContentRange(header)).toBeUndefined();
  });
});
