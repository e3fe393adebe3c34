import { crashPoint } from '../crash-point.ts';
import type { Database } from '../db/database.ts';

const statement = { name: 'seal_entries', text: 'select batch_no, batch_size from audit.seal_entries($1)' };

/** Entries in one batch at most: what the database hashes in a few dozen milliseconds. */
const batchLimit = 4_096;

/**
 * Seals what has been written to the audit log in Merkle batches, until nothing is left that can be sealed. Any number of workers may
 * ask: the database lets one of them seal at a time.
 * @returns how many entries were sealed by this call.
 */
export async function sealAuditLog(database: Database, isStopping: () => boolean = () => false): Promise<number> {
  let sealed = 0;
  for (;;) {
    crashPoint('seal.begun');
    const [row] = await database.query<{ batch_size: number | null }>(statement, [batchLimit]);
    const size = row?.batch_size ?? 0;
    if (size > 0) {
      crashPoint('seal.committed');
    }
    sealed += size;
    if (size < batchLimit || isStopping()) {
      return sealed;
    }
  }
}
