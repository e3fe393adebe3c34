/** A batch as a header of an export's lines has it; hashes in hex. */
export interface BatchRow {
  readonly no: string;
  readonly size: number;
  readonly entries: string;
  readonly root: string;
  readonly previous: string;
  readonly sealed_at: string;
}

/** Counts what the end of an export tells. */
export interface Counts {
  batches: number;
  entries: number;
  removed: number;
}

export function batchLine(batch: BatchRow, path?: readonly string[]): string {
  const { no, size, entries, root, previous, sealed_at } = batch;
  const proof = path === undefined ? {} : { path };
  const line = { type: 'batch', no: Number(no), size, entries: Number(entries), root, previous, sealed_at, ...proof };
  return `${JSON.stringify(line)}\n`;
}

/**
 * @param text the entry's canonical text, which stands in the line byte for byte
 * @param proof of a whole log the leaf that was sealed, in hex; of a selection the entry's path in its batch
 */
export function entryLine(batch: number, index: number, text: string, proof: string | readonly string[]): string {
  const name = typeof proof === 'string' ? 'leaf' : 'path';
  return `{"type":"entry","batch":${batch},"index":${index},"${name}":${JSON.stringify(proof)},"entry":${text}}\n`;
}

/** An entry that retention removed, whose leaf is kept. */
export function removedLeafLine(batch: number, index: number, leaf: string): string {
  return `${JSON.stringify({ type: 'removed', batch, index, leaf })}\n`;
}

/** All entries of a batch, of which no leaf is told. */
export function removedBatchLine(batch: number, size: number): string {
  return `${JSON.stringify({ type: 'removed', batch, from: 0, to: size - 1 })}\n`;
}
