import { expect, test } from 'vitest';
import { allowedReturnAddress } from '../../src/identity/return-address.ts';

const allowed = ['http://127.0.0.1:4000'];

test.each(['http://127.0.0.1:4000', 'http://127.0.0.1:4000/admin/videos?x=1#part', 'HTTP://127.0.0.1:4000/admin/'])(
  'the allowed origin may be returned to: %s',
  (address) => {
    expect(allowedReturnAddress(address, allowed)).toBe(new URL(address).href);
  },
);

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/admin/',
  'http://127.0.0.1:4000.evil.example/',
  'http://127.0.0.1:4000@evil.example/',
  'http://evil.example\\@127.0.0.1:4000/',
  'http://user:secret@127.0.0.1:4000/',
  'https://127.0.0.1:4000/',
  'http://127.0.0.1:4001/',
  'http://127.0.0.1/',
  'http://localhost:4000/',
  'javascript:alert(1)',
  'data:text/html,hello',
  'blob:http://127.0.0.1:4000/1',
  '',
])('nobody is sent to %s', (address) => {
  expect(allowedReturnAddress(address, allowed)).toBeUndefined();
});
