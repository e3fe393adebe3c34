import { describe, expect, test } from 'vitest';
import { verifyExport } from '../audit-verify.ts';
import {
  batchLine,
  checkpointAt,
  entryLine,
  fileOf,
  inclusionPath,
  type Log,
  makeLog,
  selectionLines,
} from './genuine-log.ts';

const log = makeLog([3, 1, 4, 1, 5]);
const tree = log.batches.map(({ hash }) => hash);
const keys = [log.signer.verifierKey];
const verify = (lines: string[], one: Log = log) =>
  verifyExport([Buffer.from(fileOf(lines))], { keys: [one.signer.verifierKey] });

/** Entries 1 and 3 of batch 2, and entry 0 of batch 4. Lines: 1 header, 2 batch 2, 3 and 4 entries, 5 batch 4, 6 entry, 7 the end. */
const chosen = [5, 7, 9].map((n) => `"xid": "${70_000 + n}"`);
const isChosen = (text: string) => chosen.some((xid) => text.includes(xid));
const genuine = selectionLines(log, isChosen);
const change = (line: number, from: string | RegExp, to: string) => {
  const lines = genuine.map((text, i) => (i === line - 1 ? text.replace(from, to) : text));
  expect(lines).not.toEqual(genuine);
  return lines;
};

describe('a selection', () => {
  test('proves each of its entries', () => {
    expect(verify(genuine)).toMatchObject({
      ok: true,
      kind: 'selection',
      trusted: true,
      entries: 3,
      batches: 2,
      removed: 0,
    });
  });

  test('may be empty', () => {
    expect(verify(selectionLines(log, () => false))).toMatchObject({ ok: true, entries: 0, batches: 0 });
  });

  test.for(Array.from({ length: 24 }, (_, i) => i + 1))(
    'proves each single entry of %i batches, with the first as large',
    (count) => {
      const one = makeLog(Array.from({ length: count }, (_, i) => (i === 0 ? count : 1)));
      for (const { texts } of one.batches) {
        for (const text of texts)
          expect(
            verify(
              selectionLines(one, (other) => other === text),
              one,
            ).ok,
          ).toBe(true);
      }
    },
  );

  const path = (batch: number, index: number) => inclusionPath(index, log.batches[batch]?.leaves ?? []);
  const text = (batch: number, index: number) => log.batches[batch]?.texts[index] ?? '';
  test.for<[string, () => string[], object, RegExp]>([
    ['an entry was changed', () => change(3, 'Squat', 'Lunge'), { line: 3, batch: 2, index: 1 }, /root of batch 2/],
    [
      'a path was changed',
      () => change(4, /"path":\["\w/, '"path":["'),
      { line: 4, batch: 2, index: 3 },
      /a hash is expected/,
    ],
    [
      'a hash of a path was changed',
      () => change(4, /"path":\["\w{64}/, `"path":["${'b'.repeat(64)}`),
      { line: 4, batch: 2, index: 3 },
      /root of batch 2/,
    ],
    [
      'a path is too short',
      () => change(3, /,"\w{64}"\],"entry"/, '],"entry"'),
      { line: 3, batch: 2, index: 1 },
      /root of batch 2/,
    ],
    [
      'a path is too long',
      () => change(3, '],"entry"', `,"${'b'.repeat(64)}"],"entry"`),
      { line: 3, batch: 2, index: 1 },
      /root of batch 2/,
    ],
    [
      'an entry was put at another place',
      () => change(3, '"index":1', '"index":0'),
      { line: 3, batch: 2, index: 0 },
      /root of batch 2/,
    ],
    [
      'an entry was put beyond its batch',
      () => change(4, '"index":3', '"index":7'),
      { line: 4, batch: 2, index: 7 },
      /has 4 entries/,
    ],
    [
      'an entry has no path',
      () => change(3, /"path":\[.*?\],/, ''),
      { line: 3, batch: 2, index: 1 },
      /,"path":` is expected/,
    ],
    [
      'an entry of another batch stands here',
      () => [...genuine.slice(0, 3), entryLine(2, 3, text(4, 3), path(4, 3)), ...genuine.slice(4)],
      { line: 4, batch: 2, index: 3 },
      /root of batch 2/,
    ],
    [
      'entries are out of order',
      () => [0, 1, 3, 2, 4, 5].map((i) => genuine[i] ?? ''),
      { line: 4, batch: 2, index: 1 },
      /index 4 is expected/,
    ],
    [
      'an entry stands twice',
      () => [0, 1, 2, 2, 3, 4, 5].map((i) => genuine[i] ?? ''),
      { line: 4, batch: 2, index: 1 },
      /index 2 is expected/,
    ],
    [
      'batches are out of order',
      () => [0, 4, 5, 1, 2, 3].map((i) => genuine[i] ?? ''),
      { line: 4, batch: 2 },
      /after batch 4/,
    ],
    [
      'a batch stands without entries',
      () => genuine.filter((_, i) => i !== 5),
      { line: 5, batch: 4 },
      /no entry of this batch/,
    ],
    [
      'the path of a batch was changed',
      () => change(5, /"path":\["\w{64}/, `"path":["${'b'.repeat(64)}`),
      { line: 5, batch: 4 },
      /root that the checkpoint signs/,
    ],
    [
      'the number of a batch was changed',
      () => change(2, '"no":2', '"no":3'),
      { line: 2, batch: 3 },
      /root that the checkpoint signs/,
    ],
    [
      'the number of a batch is beyond the log',
      () => change(5, '"no":4', '"no":5'),
      { line: 5, batch: 5 },
      /covers 5 batches/,
    ],
    [
      'the size of a batch was changed',
      () => change(2, '"size":4', '"size":3'),
      { line: 2, batch: 2 },
      /root that the checkpoint signs/,
    ],
    [
      'the time of a batch was changed',
      () => change(2, '04:05:07', '04:05:06'),
      { line: 2, batch: 2 },
      /root that the checkpoint signs/,
    ],
    [
      'batch counts contradict the checkpoint',
      () => change(5, '"entries":14', '"entries":13'),
      { line: 5, batch: 4 },
      /of 13 entries/,
    ],
    [
      'something is said to be removed',
      () => [
        ...genuine.slice(0, 3),
        JSON.stringify({ type: 'removed', batch: 2, index: 2, leaf: 'a'.repeat(64) }),
        ...genuine.slice(3),
      ],
      { line: 4, batch: 2, index: 2 },
      /nothing that was removed/,
    ],
    [
      'it claims to be the whole log',
      () => change(1, '"selection"', '"whole"'),
      { line: 2, batch: 2 },
      /\}` is expected/,
    ],
    [
      'it has another filter than there are',
      () => change(1, '"filter":{}', '"filter":{"colour":"red"}'),
      { line: 1 },
      /the filter is not one/,
    ],
  ])('is not proven when %s', ([, lines, names, says]) => {
    const { ok, problem } = verify(lines());
    expect(ok).toBe(false);
    const { message, entry: _entry, ...where } = problem ?? { message: '' };
    expect(message).toMatch(says);
    expect(where).toEqual(names);
  });

  test('is not proven by neighbours of which one does not name the other', () => {
    const [header = ''] = genuine;
    const [one, two] = log.batches;
    if (!one || !two) throw new Error('The log has two batches.');
    const pair = [
      header,
      batchLine(one, inclusionPath(0, tree)),
      entryLine(0, 0, text(0, 0), path(0, 0)),
      batchLine({ ...two, previous: Buffer.alloc(32) }, inclusionPath(1, tree)),
      entryLine(1, 0, text(1, 0), []),
    ];
    expect(verify(pair).problem).toMatchObject({
      line: 4,
      batch: 1,
      message: expect.stringMatching(/does not follow from batch 0/),
    });
  });

  test('takes any of the filters', () => {
    const filter = { actor: 'user_1', action: 'a.b', object_type: 'c', object_id: 'd', from: 'e', to: 'f' };
    const file = fileOf(selectionLines(log, isChosen, { filter, checkpoint: checkpointAt(log), keys }));
    expect(verifyExport([Buffer.from(file)], { keys }).ok).toBe(true);
  });
});
