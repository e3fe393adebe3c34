import { z } from 'zod';
import { must } from './fault.ts';
import type { Hash } from './merkle.ts';

const header = z.strictObject({
  type: z.literal('header'),
  format: z.literal('motion-mavericks/audit-export/1'),
  kind: z.enum(['whole', 'selection']),
  filter: z.record(z.string(), z.string()),
  exported_at: z.string(),
  exported_by: z.string().nullable(),
  keys: z.array(z.string()),
  checkpoint: z.string(),
});

const hash = '"([0-9a-f]{64})"';
const number = '(0|[1-9]\\d{0,14})';
const time = '"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z)"';
const path = '(?:,"path":\\[((?:"[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*)?)\\])';
const line = (inside: string) => new RegExp(`^\\{"type":${inside}\\}$`, 's');

const batchLine = line(
  `"batch","no":${number},"size":${number},"entries":${number},"root":${hash},"previous":${hash},"sealed_at":${time}${path}?`,
);
const entryLine = line(
  `"entry","batch":${number},"index":${number}(?:,"leaf":${hash}|${path}),"entry":(\\{"id": "([0-9a-f-]{36})", .*\\})`,
);
const removedLine = line(
  `"removed","batch":${number},(?:"index":${number},"leaf":${hash}|"from":${number},"to":${number})`,
);
const endLine = line(`"end","batches":${number},"entries":${number},"removed":${number},"sha256":${hash}`);

export type BatchLine = {
  is: 'batch';
  no: number;
  size: number;
  entries: number;
  root: Hash;
  previous: Hash;
  sealedAt: string;
  /** Of a selection only. */
  path: Hash[] | undefined;
};
export type EntryLine = {
  is: 'entry';
  batch: number;
  index: number;
  /** Of a whole log; a selection has a path instead. */
  leaf: Hash | undefined;
  path: Hash[] | undefined;
  /** The canonical text, which is what was hashed. */
  text: string;
  id: string;
};
export type RemovedLine = { is: 'removed'; batch: number; from: number; to: number; leaf: Hash | undefined };
export type EndLine = { is: 'end'; batches: number; entries: number; removed: number };

export function parseHeader(text: string) {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    must(false, 'not_export');
  }
  const { success, data } = header.safeParse(read);
  must(success, 'not_export');
  return data;
}

const hashes = (inside: string | undefined) =>
  inside === undefined ? undefined : inside === '' ? [] : inside.split(',').map((one) => one.slice(1, -1));

/** One line after the header. There is one way to write each; anything else is a fault. */
export function parseLine(text: string): BatchLine | EntryLine | RemovedLine | EndLine {
  const entry = entryLine.exec(text);
  if (entry) {
    const [, batch, index, leaf, inside, entryText = '', id = ''] = entry;
    return { is: 'entry', batch: Number(batch), index: Number(index), leaf, path: hashes(inside), text: entryText, id };
  }
  const batch = batchLine.exec(text);
  if (batch) {
    const [, no, size, entries, root = '', previous = '', sealedAt = '', inside] = batch;
    return {
      is: 'batch',
      no: Number(no),
      size: Number(size),
      entries: Number(entries),
      root,
      previous,
      sealedAt,
      path: hashes(inside),
    };
  }
  const removed = removedLine.exec(text);
  if (removed) {
    const [, ofBatch, index, leaf, from, to] = removed;
    return { is: 'removed', batch: Number(ofBatch), from: Number(index ?? from), to: Number(index ?? to), leaf };
  }
  const end = endLine.exec(text);
  must(end !== null, 'bad_line');
  const [, batches, entries, ofRemoved] = end;
  return { is: 'end', batches: Number(batches), entries: Number(entries), removed: Number(ofRemoved) };
}
