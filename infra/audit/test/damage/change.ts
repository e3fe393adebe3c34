import { type Batch, fileOf, type Log, leafHash, type Signer, sealBatch, wholeLines } from '../genuine-log.ts';

/** Where a problem is, as the verifier names it; `index` and `batch` only when the row has some. */
export type Named = { line?: number; batch?: number; index?: number };

/** What somebody did to a genuine export of the whole log, and the row that has to be named for it. */
export type Damage = { what: string; file: (log: Log) => string | Buffer; names: Named; says: RegExp };

/** Entries of the batches. Lines: 1 header, 2 batch 0, 6 batch 1, 8 batch 2, 13 batch 3, 15 batch 4, 21 the end. */
export const SIZES = [3, 1, 4, 1, 5];

export type Change = (lines: string[], log: Log) => string[];

/** Changes the lines and makes the end's counts and its digest right again, as somebody does who knows the format. */
export const repaired = (change: Change) => (log: Log) => fileOf(change(wholeLines(log), log));

export const line = (number: number, change: (text: string, log: Log) => string) =>
  repaired((lines, log) =>
    lines.map((text, i) => {
      const after = i === number - 1 ? change(text, log) : text;
      if (i === number - 1 && after === text) throw new Error(`Line ${number} was not changed.`);
      return after;
    }),
  );

export const edit = (number: number, from: string | RegExp, to: string) =>
  line(number, (text) => text.replace(from, to));
export const without = (from: number, to = from) =>
  repaired((lines) => lines.filter((_, i) => i + 1 < from || i + 1 > to));
export const inserted = (after: number, make: (log: Log) => string) =>
  repaired((lines, log) => [...lines.slice(0, after), make(log), ...lines.slice(after)]);
export const inOrder = (order: (lines: number) => number[]) =>
  repaired((lines) => order(lines.length).map((number) => lines[number - 1] ?? ''));
export const raw = (change: (file: string, log: Log) => string | Buffer) => (log: Log) =>
  change(fileOf(wholeLines(log)), log);
export const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
export const textOf = (log: Log, batch: number, index: number) => log.batches[batch]?.texts[index] ?? '';
export const squat = (text: string) => text.replace('Squat', 'Lunge');

/** Seals batch 2 with other texts, and all batches after it so that the hashes fit again. */
export function resealed(log: Log, change: (texts: string[]) => string[], signer: Signer = log.signer): Log {
  const batches: Batch[] = log.batches.slice(0, 2);
  for (const { no, texts, sealedAt } of log.batches.slice(2)) {
    const changed = no === 2 ? change(texts) : texts;
    batches.push(sealBatch(batches, changed, changed.map(leafHash), sealedAt));
  }
  return { batches, signer };
}

export const second = (change: (text: string) => string) => (texts: string[]) =>
  texts.map((text, i) => (i === 1 ? change(text) : text));

/** A log in which the second entry of batch 2 was sealed with this text: well hashed, well signed, badly written. */
export const sealedAs = (change: (text: string) => string) => (log: Log) => {
  const badly = resealed(log, second(change));
  return fileOf(wholeLines(badly));
};
