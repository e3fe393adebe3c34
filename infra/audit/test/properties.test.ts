import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyExport } from '../audit-verify.ts';
import { fileOf, jsonb, makeLog, makeSigner, sampleEntry, selectionLines, wholeLines } from './genuine-log.ts';

const log = makeLog([2, 1, 3]);
const keys = [log.signer.verifierKey];
const files = {
  whole: Buffer.from(fileOf(wholeLines(log))),
  selection: Buffer.from(fileOf(selectionLines(log, (text) => /"xid": "7000[14]"/.test(text)))),
};

const isProven = (bytes: Buffer, trusted?: string[]) => verifyExport([bytes], trusted ? { keys: trusted } : {}).ok;

describe.for(['whole', 'selection'] as const)('a byte of the export of kind %s', { timeout: 60_000 }, (kind) => {
  const file = files[kind];
  const place = fc.nat(file.length - 1);

  test('that was changed, whichever and however, is noticed, with the key and without', () => {
    expect(isProven(file, keys)).toBe(true);
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, bits, isTrusted) => {
        const changed = Buffer.from(file);
        changed[at] = (file[at] ?? 0) ^ bits;
        return !isProven(changed, isTrusted ? keys : undefined);
      }),
      { numRuns: 3000 },
    );
  });

  test('that was deleted, doubled or put in is noticed', () => {
    fc.assert(
      fc.property(place, fc.nat(1), fc.uint8Array({ maxLength: 3 }), (at, removed, added) => {
        const changed = Buffer.concat([file.subarray(0, at), added, file.subarray(at + removed)]);
        return changed.equals(file) || !isProven(changed, keys);
      }),
      { numRuns: 2000 },
    );
  });

  test('is where a cut is noticed', () => {
    fc.assert(fc.property(place, (at) => !isProven(file.subarray(0, at), keys)));
  });
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => !value.includes('\u0000'));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.integer({ min: -9999, max: 9999 }).map((n) => n / 100),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(text, tie('any'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).any;

/** Whether a log of this one text, well hashed and well signed, is proven. */
const signer = makeSigner();
function isEntry(one: string): boolean {
  return isProven(Buffer.from(fileOf(wholeLines(makeLog([1], signer, () => one)))), [signer.verifierKey]);
}

describe('the text of an entry', { timeout: 60_000 }, () => {
  test('may hold any values in the form of jsonb', () => {
    fc.assert(
      fc.property(value, value, (before, after) => isEntry(jsonb({ ...sampleEntry(1), before, after }))),
      { numRuns: 500 },
    );
  });

  test('that is accepted is JSON with the sixteen keys, in the one way to write it', () => {
    const genuine = jsonb({ ...sampleEntry(1), after: { a: ['x', -1, 0.5, true], bc: {}, é: '\u0001"' } });
    const piece = fc.constantFrom(
      ...' ,:{}[]"\\\u0001\n0123.-eEtruefalsn'.split(''),
      'null',
      '\\u001f',
      '\\u0041',
      '\\/',
      '""',
      '{}',
      '\u007f',
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.nat(genuine.length), fc.nat(4), piece, (at, removed, added) => {
        const changed = genuine.slice(0, at) + added + genuine.slice(at + removed);
        if (changed.includes('\n') || !isEntry(changed)) return;
        accepted += 1;
        const parsed = JSON.parse(changed) as Record<string, unknown>;
        expect(Object.keys(parsed)).toEqual(Object.keys(JSON.parse(genuine)));
        if (!/\d\.\d*0\b|-0\b/.test(changed)) expect(jsonb(parsed)).toBe(changed);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
