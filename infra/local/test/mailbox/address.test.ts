import { expect, test } from 'vitest';
import { parseAddress } from '../../src/mailbox/address.ts';

test.each([
  ['amelia.hart@example.com', { name: '', address: 'amelia.hart@example.com', domain: 'example.com' }],
  [
    'Motion Mavericks <no-reply@Example.com>',
    { name: 'Motion Mavericks', address: 'no-reply@Example.com', domain: 'example.com' },
  ],
  [
    '"Mavericks, Motion" <no-reply@mail.example.com>',
    { name: 'Mavericks, Motion', address: 'no-reply@mail.example.com', domain: 'mail.example.com' },
  ],
])('%s is an address', (text, parts) => {
  expect(parseAddress(text)).toEqual(parts);
});

test.each([
  '',
  'amelia',
  'amelia@',
  '@example.com',
  'amelia@example',
  'amelia@@example.com',
  'amelia hart@example.com',
  'amelia@example.com, ben@example.com',
  'Amelia <amelia@example.com',
  'Amelia <amelia>',
  'amelia..hart@example.com',
  '.amelia@example.com',
  'amelia@-example.com',
  'Amelia\r\nBcc: x <amelia@example.com>',
  'amelia@example.com\n',
])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});
