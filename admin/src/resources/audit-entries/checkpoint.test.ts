import { describe, expect, it } from 'vitest';
import { readCheckpoint } from './checkpoint.ts';
import { keepCommands, verifyCommand } from './verify-commands.ts';

const note = [
  'mm.test/audit',
  '321',
  'qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=',
  'entries 12345',
  'time 2026-11-21T04:05:06.123456Z',
  '',
  '— mm.test/audit AAAA',
  '',
].join('\n');

describe('a checkpoint', () => {
  it('says how many batches and entries were signed, and when', () => {
    expect(readCheckpoint(note)).toEqual({ size: 321, entries: 12345, signedAt: '2026-11-21T04:05:06.123456Z' });
  });

  it.each([
    ['nothing', ''],
    ['a web page', '<!doctype html>\n<p>Sign in to the network</p>'],
    ['a size that is no number', note.replace('321', '0x10')],
    ['no number of entries', note.replace('entries 12345', 'entries')],
    ['no time', note.replace('time 2026-11-21T04:05:06.123456Z', 'time soon')],
  ])('is not read out of %s', (_what, text) => {
    expect(readCheckpoint(text)).toBeUndefined();
  });
});

describe('the commands that check an export', () => {
  it('fetch what it is checked against from here', () => {
    expect(keepCommands('https://mm.test')).toEqual([
      'curl -fsS https://mm.test/.well-known/audit-keys -o audit-keys.txt',
      'curl -fsS https://mm.test/.well-known/audit-checkpoint -o audit-checkpoint.txt',
    ]);
  });

  it('quote a file name that a shell would take apart, or for an option', () => {
    expect(verifyCommand('audit-log.jsonl')).toContain(' audit-log.jsonl --key');
    expect(verifyCommand("it's; rm.jsonl")).toContain(` './it'\\''s; rm.jsonl' --key`);
    expect(verifyCommand('--json')).toContain(` './--json' --key`);
  });
});
