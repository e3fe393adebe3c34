import type { DB } from '@mm/sql/types';
import { sql, type Transaction } from 'kysely';
import { pagesOf } from '../../../db/snapshot.ts';
import { chosenEntries } from './chosen-entries.ts';
import { type BatchRow, batchLine, type Counts, entryLine } from './lines.ts';
import type { Filter } from './schema.ts';

/** Entries of one page. */
const pageSize = 1_000;

interface EntryRow {
  readonly batch_no: string;
  readonly leaf_index: number;
  readonly text: string;
}

/** The lines of a selection: each chosen entry with its path, below its batch with its own, in pieces of a page. */
export async function* selection(
  transaction: Transaction<DB>,
  size: number,
  filter: Filter,
  counts: Counts,
): AsyncGenerator<string> {
  const query = chosenEntries<EntryRow>(sql`audit.entry_text(e) as text`, size, filter);
  let current: string | undefined;
  for await (const page of pagesOf(transaction, query, pageSize)) {
    const batches = await provenBatches(transaction, [...new Set(page.map((row) => row.batch_no))], size);
    const paths = await pathsOf(transaction, page);
    let lines = '';
    for (const { batch_no, leaf_index, text } of page) {
      if (batch_no !== current) {
        const batch = batches.get(batch_no);
        if (batch?.path == null) {
          throw new Error(`Batch ${batch_no} of the audit log has no path to the root.`);
        }
        lines += batchLine(batch, batch.path);
        counts.batches += 1;
        current = batch_no;
      }
      const path = paths.get(`${batch_no}/${leaf_index}`);
      if (path === undefined) {
        throw new Error(`Entry ${leaf_index} of batch ${batch_no} of the audit log has no path.`);
      }
      lines += entryLine(Number(batch_no), leaf_index, text, path);
      counts.entries += 1;
    }
    yield lines;
  }
}

const hex = (hashes: ReturnType<typeof sql>) => sql<string[]>`array(select encode(h, 'hex') from unnest(${hashes}) h)`;

type ProvenBatch = BatchRow & { readonly path: string[] | null };

async function provenBatches(
  transaction: Transaction<DB>,
  numbers: readonly string[],
  size: number,
): Promise<Map<string, ProvenBatch>> {
  const { rows } = await sql<ProvenBatch>`
    select b.no, b.size, b.entries, encode(b.root, 'hex') as root, encode(b.previous, 'hex') as previous,
           audit.time_text(b.sealed_at) as sealed_at, ${hex(sql`audit.inclusion_proof(b.no, ${size})`)} as path
    from audit.batches b where b.no = any (${numbers}::bigint[])`.execute(transaction);
  return new Map(rows.map((row) => [row.no, row]));
}

async function pathsOf(transaction: Transaction<DB>, page: readonly EntryRow[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ batch_no: string; leaf_index: number; path: string[] }>`
    select c.batch_no, p.leaf_index, ${hex(sql`p.path`)} as path
    from (select batch_no, array_agg(leaf_index) as indexes
          from unnest(${page.map((row) => row.batch_no)}::bigint[], ${page.map((row) => row.leaf_index)}::integer[])
            u (batch_no, leaf_index)
          group by batch_no) c,
         lateral audit.leaf_paths(c.batch_no, c.indexes) p`.execute(transaction);
  return new Map(rows.map((row) => [`${row.batch_no}/${row.leaf_index}`, row.path]));
}
