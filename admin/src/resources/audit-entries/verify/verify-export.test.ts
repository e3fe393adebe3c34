import {
  checkpointAt,
  entryLine,
  fileOf,
  makeLog,
  makeSigner,
  selectionLines,
  timeAt,
  wholeLines,
} from '@mm/audit-verify/genuine-log';
import { describe, expect, it } from 'vitest';
import { verifyExport } from './verify-export.ts';

const log = makeLog([3, 1, 5, 2, 8]);
const keys = [log.signer.verifierKey];
const check = (lines: string[] | string, more: { keys?: string[]; entryId?: string } = {}) =>
  verifyExport(new Blob([typeof lines === 'string' ? lines : fileOf(lines)]), { keys, ...more });
const faultOf = async (lines: string[] | string, more = {}) => {
  const report = await check(lines, more);
  return report.ok ? 'proven' : `${report.code} in line ${report.line}`;
};
const changed = (lines: string[], at: number, change: (line: string) => string) =>
  lines.map((line, i) => (i === at ? change(line) : line));
const idOf = (text: string) => (JSON.parse(text) as { id: string }).id;

describe('a genuine export', () => {
  it('of the whole log is proven, with what it holds', async () => {
    expect(await check(wholeLines(log))).toMatchObject({
      ok: true,
      kind: 'whole',
      entries: 19,
      batches: 5,
      removed: 0,
      checkpoint: { size: 5, entries: 19 },
      signer: log.signer.keyId.toString('hex'),
      holds: null,
    });
  });

  it('of a selection is proven entry by entry', async () => {
    const [wanted = '', other = ''] = [log.batches[4]?.texts[3], log.batches[0]?.texts[0]];
    const lines = selectionLines(log, (text) => text === wanted);
    expect(await check(lines, { entryId: idOf(wanted) })).toMatchObject({
      ok: true,
      kind: 'selection',
      entries: 1,
      holds: true,
    });
    expect(await check(lines, { entryId: idOf(other) })).toMatchObject({ ok: true, holds: false });
  });

  it('of every selection of every place is proven', async () => {
    for (const batch of log.batches)
      for (const one of batch.texts) expect(await faultOf(selectionLines(log, (text) => text === one))).toBe('proven');
  });

  it('from which retention has removed what is old is proven', async () => {
    const inTwoYears = checkpointAt(log, log.batches.length, timeAt(Date.UTC(2028, 10, 21)));
    const lines = wholeLines(log, {
      checkpoint: inTwoYears,
      removedBefore: 1,
      isRemoved: (batch, index) => batch === 2 && index < 2,
    });
    expect(await check(lines)).toMatchObject({ ok: true, removed: 5, entries: 14 });
    const soon = wholeLines(log, { isRemoved: (batch) => batch === 2 });
    expect(await faultOf(soon)).toMatch(/^removed_too_soon/);
  });
});

describe('a changed export is not proven, and the line is named', () => {
  const whole = wholeLines(log);
  // Line 1 is the header, 2 the first batch, 3 to 5 its entries.
  const cases: [string, () => string[] | string, string][] = [
    [
      'an entry that says something else',
      () => changed(whole, 2, (line) => line.replace('"door": "', '"door": "x')),
      'entry_changed in line 3',
    ],
    [
      'an entry whose leaf was changed with it',
      () => {
        const text = (log.batches[0]?.texts[0] ?? '').replace('"door": "', '"door": "x');
        return changed(whole, 2, () => entryLine(0, 0, text));
      },
      'batch_changed in line 6',
    ],
    ['an entry that is gone', () => whole.filter((_, i) => i !== 2), 'entry_out_of_order in line 3'],
    ['the last entry of a batch that is gone', () => whole.filter((_, i) => i !== 4), 'batch_incomplete in line 5'],
    [
      'entries in another order',
      () => [...whole.slice(0, 2), ...[whole[3], whole[2]].flatMap((line) => line ?? []), ...whole.slice(4)],
      'entry_out_of_order in line 3',
    ],
    [
      'a batch that is gone',
      () =>
        whole.filter(
          (line, i) => i < 5 || (line.includes('"batch":1') === false && !line.startsWith('{"type":"batch","no":1,')),
        ),
      'batch_out_of_order in line 6',
    ],
    [
      'a batch that claims another time',
      () => changed(whole, 1, (line) => line.replace(/"sealed_at":"2026/, '"sealed_at":"2025')),
      'batch_out_of_order in line 6',
    ],
    [
      'the last batch that is gone',
      () =>
        whole.slice(
          0,
          whole.findIndex((line) => line.startsWith('{"type":"batch","no":4,')),
        ),
      'log_incomplete in line 17',
    ],
    [
      'another kind',
      () => changed(whole, 0, (line) => line.replace('"kind":"whole"', '"kind":"selection"')),
      'bad_line in line 2',
    ],
    ['a line that is none', () => changed(whole, 3, () => '{"type":"note"}'), 'bad_line in line 4'],
    ['no end', () => whole.map((line) => `${line}\n`).join(''), `cut_off in line ${whole.length + 1}`],
    ['half a line', () => fileOf(whole).slice(0, -20), `cut_off in line ${whole.length}`],
    ['something after the end', () => `${fileOf(whole)}{}\n`, `after_end in line ${whole.length + 2}`],
    ['nothing', () => '', 'cut_off in line 1'],
    ['something else', () => 'id,occurred_at\n1,2\n', 'not_export in line 1'],
  ];
  it.each(cases)('%s', async (_what, lines, answer) => {
    expect(await faultOf(lines())).toBe(answer);
  });

  it('whose counts are not those of its lines', async () => {
    expect(await faultOf(fileOf(whole).replace('"batches":5', '"batches":6'))).toBe(
      `counts_wrong in line ${whole.length + 1}`,
    );
  });

  it('that is signed by nobody who is trusted', async () => {
    const forger = makeSigner();
    const forged = makeLog([3, 2], forger);
    expect(await faultOf(wholeLines(forged))).toBe('signer_unknown in line 1');
    expect(await faultOf(wholeLines(forged), { keys: [forger.verifierKey] })).toBe('proven');
    expect(await faultOf(whole, { keys: [`${log.signer.verifierKey}x`] })).toBe('key_malformed in line 1');
  });

  it('whose checkpoint says more than was signed', async () => {
    const note = checkpointAt(log).replace('entries 19', 'entries 20');
    expect(await faultOf(wholeLines(log, { checkpoint: note }))).toBe('signature_wrong in line 1');
  });

  it('a selection with an entry, a path or a batch that is not the log’s', async () => {
    const lines = selectionLines(log, (text) => text === log.batches[2]?.texts[1]);
    expect(await faultOf(changed(lines, 2, (line) => line.replace('"door": "', '"door": "x')))).toBe(
      'entry_changed in line 3',
    );
    expect(await faultOf(changed(lines, 2, (line) => line.replace('"index":1', '"index":2')))).toBe(
      'entry_changed in line 3',
    );
    expect(await faultOf(changed(lines, 1, (line) => line.replace('"no":2', '"no":3')))).toBe(
      'batch_not_in_log in line 2',
    );
    expect(await faultOf([...lines, ...lines.slice(2)])).toBe('entry_out_of_order in line 4');
  });

  it('of bytes that are no text', async () => {
    const bytes = new TextEncoder().encode(fileOf(whole));
    bytes[300] = 0xff;
    const report = await verifyExport(new Blob([bytes]), { keys });
    expect(report).toMatchObject({ ok: false, code: 'not_utf8' });
  });
});
