import type { DB } from '@mm/sql/types';
import { sql, type Transaction } from 'kysely';
import { type BatchRow, batchLine, type Counts, entryLine, removedBatchLine, removedLeafLine } from './lines.ts';

/** Entries of one page, unless a single batch has more. */
const pageEntries = 2_000;

interface LeafRow {
  readonly batch_no: string;
  readonly leaf_index: number;
  readonly leaf: string;
  /** Null when the entry was removed. */
  readonly text: string | null;
}

/**
 * The lines of a whole export: every batch of the checkpoint in order, with all its entries, in pieces of about a page. Read page by page
 * along the primary keys, so that the first comes at once, however long the log is.
 */
export async function* wholeLog(transaction: Transaction<DB>, size: number, counts: Counts): AsyncGenerator<string> {
  const removedTo = await lastBatchWithoutLeaves(transaction);
  for (let next = 0; next < size; ) {
    const batches = await batchesFrom(transaction, next, size);
    const leaves = Map.groupBy(await leavesOf(transaction, next, next + batches.length - 1), (row) => row.batch_no);
    let lines = '';
    for (const batch of batches) {
      if (Number(batch.no) !== next) {
        throw new Error(`Batch ${next} of the audit log is missing.`);
      }
      lines += batchLine(batch) + linesOf(batch, leaves.get(batch.no) ?? [], next <= removedTo, counts);
      next += 1;
    }
    if (batches.length === 0) {
      throw new Error(`Batch ${next} of the audit log is missing.`);
    }
    yield lines;
  }
}

function linesOf(batch: BatchRow, leaves: readonly LeafRow[], isRemoved: boolean, counts: Counts): string {
  const no = Number(batch.no);
  counts.batches += 1;
  if (isRemoved) {
    if (leaves.some((leaf) => leaf.text !== null)) {
      throw new Error(`Batch ${no} of the audit log has lost leaves, and not its entries.`);
    }
    counts.removed += batch.size;
    return removedBatchLine(no, batch.size);
  }
  if (leaves.length !== batch.size) {
    throw new Error(`Batch ${no} of the audit log has ${leaves.length} leaves of ${batch.size}.`);
  }
  let lines = '';
  for (const { leaf_index, leaf, text } of leaves) {
    lines += text === null ? removedLeafLine(no, leaf_index, leaf) : entryLine(no, leaf_index, text, leaf);
    counts[text === null ? 'removed' : 'entries'] += 1;
  }
  return lines;
}

async function lastBatchWithoutLeaves(transaction: Transaction<DB>): Promise<number> {
  const { rows } = await sql<{ last: string | null }>`
    select max(d.last_batch_no) as last from app.dropped_months d where d.table_name = 'audit_leaves'`.execute(
    transaction,
  );
  return Number(rows[0]?.last ?? -1);
}

async function batchesFrom(transaction: Transaction<DB>, first: number, size: number): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    select b.no, b.size, b.entries, encode(b.root, 'hex') as root, encode(b.previous, 'hex') as previous,
           audit.time_text(b.sealed_at) as sealed_at
    from audit.batches b
    where b.no >= ${first} and b.no < ${Math.min(size, first + pageEntries)}
      and (b.no = ${first}
           or b.entries <= (select f.entries - f.size + ${pageEntries} from audit.batches f where f.no = ${first}))
    order by b.no`.execute(transaction);
  return rows;
}

async function leavesOf(transaction: Transaction<DB>, first: number, last: number): Promise<LeafRow[]> {
  const { rows } = await sql<LeafRow>`
    select l.batch_no, l.leaf_index, encode(l.hash, 'hex') as leaf,
           case when e.id is not null then audit.entry_text(e) end as text
    from audit.leaves l left join audit.entries e on e.id = l.entry_id and e.occurred_at = l.occurred_at
    where l.batch_no between ${first} and ${last}
    order by l.batch_no, l.leaf_index`.execute(transaction);
  return rows;
}
