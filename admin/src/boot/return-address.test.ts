import fc from 'fast-check';
import { expect, it } from 'vitest';
import { returnAddress, signInAddress } from './return-address.ts';

it('a path of the app is kept, with its search', () => {
  expect(returnAddress('/videos?q=pump')).toBe('/videos?q=pump');
});

it.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/sign-in?to=/',
])('%s leads to the start page', (given) => {
  expect(returnAddress(given)).toBe('/');
});

it('no address leaves this origin', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'/\\:@.?#ae\t\n') }), (given) => {
      const url = new URL(`/admin${returnAddress(given)}`, 'https://office.test');
      expect(url.origin).toBe('https://office.test');
      expect(new URL(returnAddress(given), 'https://office.test').origin).toBe('https://office.test');
    }),
    { numRuns: 5000 },
  );
});

it.each([
  ['/sign-in', '/', '/sign-in'],
  ['/sign-in?ended=1', '/', '/sign-in?ended=1'],
  ['/sign-in', '/videos?page=2', '/sign-in?to=%2Fvideos%3Fpage%3D2'],
  ['/sign-in?ended=1', '/videos', '/sign-in?ended=1&to=%2Fvideos'],
])('to sign in at %s for %s leads to %s', (signIn, to, address) => {
  expect(signInAddress(signIn, to)).toBe(address);
});
