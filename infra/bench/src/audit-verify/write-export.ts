import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import {
  type Batch,
  batchLine,
  endLine,
  entryLine,
  headerLine,
  jsonb,
  makeSigner,
  sampleEntry,
  sealBatch,
} from '@mm/audit-verify/genuine-log';

const BATCH = 4096;
const samples = Array.from({ length: 1000 }, (_, n) => jsonb(sampleEntry(n)));

/** A sample's text with an id of its own in the place of the sample's. */
function textAt(n: number): string {
  const sample = samples[n % samples.length] ?? '';
  const from = '{"id": "'.length;
  return `${sample.slice(0, from)}01998b9e-0000-7000-8000-${n.toString(16).padStart(12, '0')}${sample.slice(from + 36)}`;
}

const textsOf = (batch: number): string[] => Array.from({ length: BATCH }, (_, index) => textAt(batch * BATCH + index));

/** Writes the genuine export of a whole log of full batches; answers its verifier key. The texts are made twice, so as not to be held all at once. */
export function writeExport(path: string, batchCount: number): { key: string; entries: number; bytes: number } {
  const signer = makeSigner();
  const batches: Batch[] = [];
  for (let no = 0; no < batchCount; no += 1) batches.push({ ...sealBatch(batches, textsOf(no)), texts: [] });

  const file = openSync(path, 'w');
  const digest = createHash('sha256');
  let bytes = 0;
  const write = (lines: string[]) => {
    const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    digest.update(text);
    bytes += writeSync(file, text);
  };
  write([headerLine({ batches, signer }, 'whole', {})]);
  for (const batch of batches) {
    write([batchLine(batch), ...textsOf(batch.no).map((text, index) => entryLine(batch.no, index, text))]);
  }
  const entries = batchCount * BATCH;
  write([endLine({ batches: batchCount, entries, removed: 0 }, digest.copy().digest('hex'))]);
  closeSync(file);
  return { key: signer.verifierKey, entries, bytes };
}
