import { must } from './fault.ts';
import { type BatchLine, type EndLine, type EntryLine, parseHeader, parseLine, type RemovedLine } from './grammar.ts';
import { type Hash, hashOf, rootOfPath, Tree } from './merkle.ts';
import { type Checkpoint, parseNote, signerOf } from './note.ts';

const utf8 = new TextEncoder();
const nothing: Hash = '0'.repeat(64);
const dayMs = 24 * 60 * 60 * 1000;
/** Retention removes nothing in the first 365 days; a day is left for a long transaction. */
const keptMs = 364 * dayMs;

type OpenBatch = BatchLine & { hash: Hash; next: number; listed: number; leaves: Tree; isRemoved: boolean };

/**
 * Takes an export of the audit log line by line (docs/reference/audit-log-format.md) and throws a Fault at the first line that is wrong. It
 * shares no code with the program that exports, nor with `pnpm audit:verify`.
 */
export class Verification {
  readonly #keys: readonly string[];
  readonly #log = new Tree();
  readonly #ids = new Set<string>();
  #batch: OpenBatch | undefined;
  #lastHash: Hash = nothing;
  #lastNo = -1;
  #total = 0;
  #hasListed = false;
  #isEnded = false;

  kind: 'whole' | 'selection' | undefined;
  checkpoint: Checkpoint | undefined;
  signer: string | undefined;
  batches = 0;
  entries = 0;
  removed = 0;

  /** @param keys verifier keys that are trusted to sign */
  constructor(keys: readonly string[]) {
    this.#keys = keys;
  }

  has(entryId: string): boolean {
    return this.#ids.has(entryId);
  }

  async take(line: string): Promise<void> {
    must(!this.#isEnded, 'after_end');
    if (this.kind === undefined) return this.#takeHeader(line);
    const read = parseLine(line);
    if (read.is === 'entry') return this.#takeEntry(read);
    if (read.is === 'batch') return this.#takeBatch(read);
    if (read.is === 'removed') return this.#takeRemoved(read);
    return this.#takeEnd(read);
  }

  finish(): void {
    must(this.#isEnded, 'cut_off');
  }

  get #signed(): Checkpoint {
    must(this.checkpoint !== undefined, 'not_export');
    return this.checkpoint;
  }

  async #takeHeader(line: string): Promise<void> {
    const { kind, checkpoint } = parseHeader(line);
    const note = parseNote(checkpoint);
    this.signer = await signerOf(note, this.#keys);
    this.checkpoint = note.checkpoint;
    this.kind = kind;
  }

  async #takeBatch(line: BatchLine): Promise<void> {
    await this.#closeBatch();
    const { no, size, entries, root, previous, sealedAt, path } = line;
    const header = ['motion-mavericks/audit-batch/1', no, size, entries, root, previous, sealedAt];
    const hash = await hashOf(0x02, utf8.encode(header.map((part) => `${part}\n`).join('')));
    must(size > 0 && (path === undefined) === (this.kind === 'whole'), 'bad_line');
    if (path === undefined) {
      must(no === this.#lastNo + 1 && previous === this.#lastHash, 'batch_out_of_order');
      this.#total += size;
      must(entries === this.#total, 'batch_changed');
      await this.#log.add(hash);
    } else {
      must(no > this.#lastNo && no < this.#signed.size, 'batch_out_of_order');
      must((await rootOfPath(hash, no, this.#signed.size, path)) === this.#signed.root, 'batch_not_in_log');
    }
    this.#lastNo = no;
    this.#lastHash = hash;
    this.#batch = { ...line, hash, next: 0, listed: 0, leaves: new Tree(), isRemoved: false };
    this.batches += 1;
  }

  /** The batch that the line is about, which has to be the one that is open. */
  #batchOf({ batch, from, to }: { batch: number; from: number; to: number }): OpenBatch {
    const open = this.#batch;
    must(
      open !== undefined && open.no === batch && !open.isRemoved && to >= from && to < open.size,
      'entry_out_of_order',
    );
    must(this.kind === 'whole' ? from === open.next : from >= open.next, 'entry_out_of_order');
    open.next = to + 1;
    open.listed += 1;
    return open;
  }

  async #takeEntry({ batch: no, index, leaf, path, text, id }: EntryLine): Promise<void> {
    const batch = this.#batchOf({ batch: no, from: index, to: index });
    must(!this.#ids.has(id), 'entry_twice');
    const hash = await hashOf(0x00, utf8.encode(text));
    if (path === undefined) {
      must(this.kind === 'whole', 'bad_line');
      must(hash === leaf, 'entry_changed');
      await batch.leaves.add(hash);
    } else {
      must(this.kind === 'selection', 'bad_line');
      must((await rootOfPath(hash, index, batch.size, path)) === batch.root, 'entry_changed');
    }
    this.#ids.add(id);
    this.#hasListed = true;
    this.entries += 1;
  }

  async #takeRemoved({ batch: no, from, to, leaf }: RemovedLine): Promise<void> {
    must(this.kind === 'whole', 'bad_line');
    const batch = this.#batchOf({ batch: no, from, to });
    must(Date.parse(batch.sealedAt) < Date.parse(this.#signed.time) - keptMs, 'removed_too_soon');
    if (leaf === undefined) {
      must(from === 0 && to === batch.size - 1 && !this.#hasListed, 'entry_out_of_order');
      batch.isRemoved = true;
    } else {
      await batch.leaves.add(leaf);
      this.#hasListed = true;
    }
    this.removed += to - from + 1;
  }

  async #closeBatch(): Promise<void> {
    const batch = this.#batch;
    if (!batch) return;
    if (this.kind === 'selection') {
      must(batch.listed > 0, 'batch_incomplete');
      return;
    }
    must(batch.next === batch.size, 'batch_incomplete');
    must(batch.isRemoved || (await batch.leaves.root()) === batch.root, 'batch_changed');
  }

  async #takeEnd({ batches, entries, removed }: EndLine): Promise<void> {
    await this.#closeBatch();
    if (this.kind === 'whole') {
      must(this.batches === this.#signed.size && this.#total === this.#signed.entries, 'log_incomplete');
      must((await this.#log.root()) === this.#signed.root, 'log_changed');
    }
    must(batches === this.batches && entries === this.entries && removed === this.removed, 'counts_wrong');
    this.#isEnded = true;
  }
}
