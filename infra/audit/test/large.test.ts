import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Outcome, verifyExport } from '../audit-verify.ts';
import { fileOf, jsonb, leafHash, makeLog, sampleEntry, selectionLines, wholeLines } from './genuine-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-verify-large-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sample = jsonb(sampleEntry(0));
const idAt = (n: number) => `01998b9e-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const log = makeLog([5000, 1, 4999, 5000], undefined, (n) => sample.replace(/"id": "[^"]+"/, `"id": "${idAt(n)}"`));
const key = log.signer.verifierKey;
const whole = wholeLines(log);
const changed = (line: number, change: (text: string) => string) =>
  fileOf(whole.with(line - 1, change(whole[line - 1] ?? '')));

/** An entry's line whose leaf is that of the text which now stands there. */
const releafed = (line: string) =>
  line.replace(/"leaf":"\w+"(?=,"entry":(.*)\}$)/, (_, text) => `"leaf":"${leafHash(text).toString('hex')}"`);

/** What the command says of a file, which it reads with two threads, and what one thread says of it in one piece. */
async function verifyTwice(file: string): Promise<[Partial<Outcome>, Partial<Outcome>]> {
  const path = join(folder, 'export.jsonl');
  const bytes = Buffer.from(file);
  expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024);
  writeFileSync(path, bytes);
  const said = await new Promise<string>((resolve) => {
    const verifier = join(import.meta.dirname, '../audit-verify.ts');
    execFile(process.execPath, [verifier, path, '--key', key, '--json'], (_error, out) => resolve(out));
  });
  const {
    removedUntil: _removedUntil,
    signer: _signer,
    compared: _compared,
    ...outcome
  } = verifyExport([bytes], { keys: [key] });
  return [JSON.parse(said), outcome];
}

describe('a file that is large enough for two threads', { timeout: 120_000 }, () => {
  test('is proven', async () => {
    const [said, alone] = await verifyTwice(fileOf(whole));
    expect(said).toMatchObject({ ok: true, trusted: true, entries: 15_000, batches: 4 });
    expect(said).toEqual(alone);
  });

  test('is proven as a selection', async () => {
    const long = makeLog([150, 50], log.signer, (n) =>
      jsonb({ ...sampleEntry(n), reason: 'Squat, week 1 '.repeat(4000) }),
    );
    const [said, alone] = await verifyTwice(fileOf(selectionLines(long, () => true)));
    expect(said).toMatchObject({ ok: true, kind: 'selection', entries: 200 });
    expect(said).toEqual(alone);
  });

  test.for<[string, () => string, object]>([
    ['an entry was changed', () => changed(7000, (text) => text.replace('Squat', 'Lunge')), { batch: 2, line: 7000 }],
    [
      'an entry is not written as jsonb is',
      () => changed(9000, (text) => text.replace('"xid": ', '"xid":')),
      { line: 9000 },
    ],
    [
      'an id stands twice',
      () => changed(9000, (text) => releafed(text.replace(/"id": "[^"]+"/, `"id": "${idAt(8)}"`))),
      { line: 9000, entry: idAt(8) },
    ],
    ['an entry was deleted', () => fileOf(whole.filter((_, i) => i !== 11_999)), { line: 12_000 }],
    ['a line is short and wrong', () => changed(11_000, () => '{"type":"entry","batch":3}'), { line: 11_000 }],
    [
      'lines are short and wrong without end',
      () => `${fileOf(whole)}${'{"type":"entry","batch":\n'.repeat(100_000)}`,
      { line: 15_007 },
    ],
    ['the end was cut off', () => fileOf(whole).slice(0, -40), { line: 15_006 }],
    ['it is one line', () => 'x'.repeat(9 * 1024 * 1024), { line: 1 }],
    ['it is one line beyond measure', () => 'x'.repeat(20 * 1024 * 1024), { line: 1 }],
  ])('is not proven, with the same row named: %s', async ([, file, where]) => {
    const [said, alone] = await verifyTwice(file());
    expect(said).toMatchObject({ ok: false, problem: where });
    expect(said).toEqual(alone);
  });
});
