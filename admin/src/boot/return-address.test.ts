import fc from 'fast-check';
import { expect, it } from 'vitest';
import { returnAddress } from './return-address.ts';

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
