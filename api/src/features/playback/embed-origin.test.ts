import { describe, expect, it } from 'vitest';
import { embedOriginOf } from './embed-origin.ts';

const own = 'https://watch.example';

describe('the site that shows a video', () => {
  it.each([
    ['a program without an Origin', {}, null],
    ['our own page', { origin: own }, null],
    [
      'our own page by another name, as its browser says',
      { origin: 'http://127.0.0.1', 'sec-fetch-site': 'same-origin' },
      null,
    ],
    ['another site', { origin: 'https://club.example', 'sec-fetch-site': 'cross-site' }, 'https://club.example'],
    [
      'a site of the same registrable domain',
      { origin: 'https://club.watch.example', 'sec-fetch-site': 'same-site' },
      'https://club.watch.example',
    ],
    ['a page that hides where it is', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 'null'],
    ['our host over plain HTTP', { origin: 'http://watch.example' }, 'http://watch.example'],
  ])('%s', (_who, headers, expected) => {
    expect(embedOriginOf(headers, own)).toBe(expected);
  });
});
