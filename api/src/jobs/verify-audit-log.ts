import type { Database } from '../db/database.ts';

const firstStatement = { name: 'first_batch_since', text: 'select audit.first_batch_since($1) as first' };
const pageStatement = { name: 'page_end', text: 'select audit.page_end($1, $2) as last' };
const verifyStatement = {
  name: 'verify_batches',
  text: 'select batch_no, entry_id, fault from audit.verify_batches($1, $2)',
};
const smuggledStatement = { name: 'smuggled_entry', text: 'select audit.smuggled_entry() as entry_id' };

/** Entries of one page: what the database hashes in a few hundred milliseconds. */
const pageEntries = 5_000;

interface Row {
  readonly batch_no: string;
  readonly entry_id: string | null;
  readonly fault: string;
}

/** The first thing that is wrong with the audit log; what the faults mean is told with audit.verify_batches(). */
export interface AuditFault {
  readonly fault: string;
  readonly batchNo: number | undefined;
  readonly entryId: string | undefined;
}

/**
 * Works the audit log out anew from its entries, page by page, up to the first fault (AU-04).
 * @param since looks at the batches sealed since then only; undefined looks at the whole log, and for entries behind the seal
 * @returns the first fault, or undefined
 */
export async function verifyAuditLog(
  database: Database,
  since: Date | undefined,
  isStopping: () => boolean = () => false,
): Promise<AuditFault | undefined> {
  const [row] = await database.query<{ first: string | null }>(firstStatement, [since ?? '-infinity']);
  // The whole log begins with batch 0, also when somebody took the first batches away.
  let next = since === undefined ? 0 : Number(row?.first ?? Number.MAX_SAFE_INTEGER);
  while (!isStopping()) {
    const [page] = await database.query<{ last: string | null }>(pageStatement, [next, pageEntries]);
    if (page?.last == null) {
      break;
    }
    const last = Number(page.last);
    const [fault] = await database.query<Row>(verifyStatement, [next, last]);
    if (fault !== undefined) {
      return { fault: fault.fault, batchNo: Number(fault.batch_no), entryId: fault.entry_id ?? undefined };
    }
    next = last + 1;
  }
  if (since === undefined && !isStopping()) {
    const [smuggled] = await database.query<{ entry_id: string | null }>(smuggledStatement, []);
    if (smuggled?.entry_id != null) {
      return { fault: 'entry_smuggled', batchNo: undefined, entryId: smuggled.entry_id };
    }
  }
  return undefined;
}
