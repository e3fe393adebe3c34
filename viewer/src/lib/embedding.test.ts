import { describe, expect, it } from 'vitest';
import { embedderOf, type Framed } from './embedding.ts';

const alone: Framed = {
  isFramed: false,
  isDirect: true,
  origin: 'https://watch.example',
  ancestorOrigins: [],
  referrer: '',
};
const club = 'https://club.example';

describe('the site that shows this page', () => {
  it.each<[string, Partial<Framed>, string | undefined]>([
    ['none, in a window of its own, whoever linked to it', { referrer: `${club}/videos` }, undefined],
    ['the one that the browser names', { isFramed: true, ancestorOrigins: [club] }, club],
    ['one site in frames within frames', { isFramed: true, isDirect: false, ancestorOrigins: [club, club] }, club],
    ['our own', { isFramed: true, ancestorOrigins: ['https://watch.example'] }, undefined],
    ['unknown when two have a hand in it', { isFramed: true, ancestorOrigins: [club, 'https://evil.example'] }, 'null'],
    [
      'by the referrer where the browser names none',
      { isFramed: true, ancestorOrigins: undefined, referrer: `${club}/a?b` },
      club,
    ],
    ['unknown when the referrer is held back', { isFramed: true, ancestorOrigins: undefined }, 'null'],
    [
      'unknown when other frames stand between and the browser names none',
      { isFramed: true, isDirect: false, ancestorOrigins: undefined, referrer: `${club}/` },
      'null',
    ],
    ['a frame without an origin', { isFramed: true, ancestorOrigins: ['null'] }, 'null'],
  ])('is %s', (_who, given, expected) => {
    expect(embedderOf({ ...alone, ...given })).toBe(expected);
  });
});
