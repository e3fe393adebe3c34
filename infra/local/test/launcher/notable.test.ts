import { expect, test } from 'vitest';
import { notableText } from '../../src/launcher/notable.ts';

test.each([
  [
    '{"level":50,"msg":"webhook could not be kept","err":{"message":"connection refused"}}',
    'webhook could not be kept: connection refused',
  ],
  ['{"level":"error","msg":"shutdown failed"}', 'shutdown failed'],
  ['{"level":60,"msg":"out of memory"}', 'out of memory'],
  ['{"level":50,"msg":"boom","err":{"message":"boom"}}', 'boom'],
  ['2026-11-21 03:00:00.000 UTC [12] FATAL:  could not write', 'FATAL:  could not write'],
])('an error is shown: %s', (line, text) => {
  expect(notableText(line)).toBe(text);
});

test.each([
  '{"level":30,"msg":"request completed"}',
  '{"level":40,"msg":"slow"}',
  '{"level":"warn","msg":"slow"}',
  '2026-11-21 03:00:00.000 UTC [12] FATAL:  password authentication failed for user "mm_service"',
  '{"level":',
  'plain text',
  '{}',
  '',
])('what is no error stays in the file: %s', (line) => {
  expect(notableText(line)).toBeUndefined();
});
