import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  checkpointAt,
  consistencyProof,
  fileOf,
  makeLog,
  makeSigner,
  selectionLines,
  wholeLines,
} from './genuine-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
const save = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

const log = makeLog([2, 3, 1]);
const key = log.signer.verifierKey;
const whole = save('whole.jsonl', fileOf(wholeLines(log)));
const part = save('part.jsonl', fileOf(selectionLines(log, (text) => text.includes('"70001"'))));
const bad = save('bad.jsonl', fileOf(wholeLines(log).with(2, wholeLines(log)[2]?.replace('Squat', 'Lunge') ?? '')));
const keyFile = save('keys', `${makeSigner().verifierKey}\n${key}\n`);
const notes = save('checkpoints.txt', [1, 2, 3].map((size) => checkpointAt(log, size)).join('\n'));
const old = save('old', checkpointAt(log, 1));
const recent = save('new', checkpointAt(log, 3));
const hashes = consistencyProof(
  1,
  log.batches.map(({ hash }) => hash),
).map((hash) => hash.toString('hex'));
const proof = save('proof.json', JSON.stringify({ from: 1, to: 3, proof: hashes }));

// The file is copied away from its package: it needs nothing around it.
copyFileSync(join(import.meta.dirname, '../audit-verify.ts'), join(folder, 'audit-verify.ts'));

type Ended = { code: number; out: string; err: string };
const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['audit-verify.ts', ...args], { cwd: folder, env: {} }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

describe('audit-verify', { timeout: 60_000 }, () => {
  test('proves a whole log with a key, as a text or in a file, and with checkpoints', async () => {
    for (const trusted of [key, keyFile]) {
      const { code, out, err } = await run(whole, '--key', trusted, '--checkpoint', notes, '--checkpoint', old);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/^✓ proven\n/);
      expect(out).toMatch(/6 entries in 3 batches/);
      expect(out).toMatch(/agrees with 4 of 4 checkpoints/);
    }
  });

  test('says plainly that a file with a key of its own does not prove who signed', async () => {
    const { code, out } = await run(whole);
    expect(code).toBe(0);
    expect(out).toMatch(/^△ .*WHO SIGNED IS NOT PROVEN/);
    expect(out).not.toMatch(/✓/);
  });

  test('says what a selection cannot prove', async () => {
    const { out } = await run(part, '--key', key, '--checkpoint', notes);
    expect(out).toMatch(/that none was left out, a selection cannot prove/);
    expect(out).toMatch(/2 are older than the selection can show/);
  });

  test('names the bad row and ends with 1', async () => {
    const { code, out } = await run(bad, '--key', key);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ not proven: line 3, batch 0, index 0, entry [0-9a-f-]{36}: the entry is not the one that was sealed\n$/,
    );
  });

  test('answers one line of JSON to programs', async () => {
    const checkpoint = { size: 3, time: '2026-11-21T05:05:06.000123Z' };
    expect(JSON.parse((await run(whole, '--key', key, '--json')).out)).toEqual({
      ok: true,
      kind: 'whole',
      entries: 6,
      batches: 3,
      removed: 0,
      checkpoint,
      trusted: true,
    });
    expect(JSON.parse((await run(bad, '--json')).out)).toEqual({
      ok: false,
      kind: 'whole',
      entries: 0,
      batches: 1,
      removed: 0,
      checkpoint,
      trusted: false,
      problem: {
        line: 3,
        batch: 0,
        index: 0,
        entry: expect.stringMatching(/^[0-9a-f-]{36}$/),
        message: 'the entry is not the one that was sealed',
      },
    });
  });

  test('compares two checkpoints', async () => {
    const good = await run('--consistency', old, recent, proof, '--key', key);
    expect(good).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ proven\n/) });
    const json = await run('--consistency', recent, old, proof, '--key', key, '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, problem: { message: 'old is older than new' } });
  });

  test('explains itself', async () => {
    expect(await run('--help')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Exit code: 0 proven; 1 not proven/),
    });
  });

  test.for<[string, string[], RegExp]>([
    ['no file', [], /one file is expected/],
    ['two files', [whole, part], /one file is expected/],
    ['a file that is not there', ['nowhere.jsonl'], /nowhere.jsonl cannot be read/],
    ['a folder', ['.'], /cannot be read/],
    ['an unknown option', [whole, '--trust'], /--trust/],
    ['a key that is none', [whole, '--key', 'x'], /"x" is not a verifier key, and no file has this name/],
    [
      'a key whose id is not its own',
      [whole, '--key', key.replace(/\+\w{8}\+/, '+00000000+')],
      /does not have the id that it claims/,
    ],
    ['a file of keys that is none', [whole, '--key', whole], /is not a verifier key/],
    ['an empty file of keys', [whole, '--key', save('empty', '\n')], /holds no key/],
    ['a checkpoint that is not there', [whole, '--checkpoint', 'nowhere'], /nowhere cannot be read/],
    ['days that are none', [whole, '--retention', 'long'], /number of days/],
    ['consistency of one note', ['--consistency', old, '--key', key], /two notes and a proof/],
    ['consistency without a key', ['--consistency', old, recent, proof], /needs --key/],
    [
      'consistency with a checkpoint',
      ['--consistency', old, recent, proof, '--key', key, '--checkpoint', old],
      /neither/,
    ],
  ])('%s is a usage error', async ([, args, says]) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
  });
});
