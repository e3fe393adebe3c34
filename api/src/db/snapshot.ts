import type { DB } from '@mm/sql/types';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { type Caller, enterCaller, type RequestFacts } from './caller.ts';
import type { Database } from './database.ts';

/** How long a reader may leave the next page waiting, in milliseconds, before the database ends the transaction. */
const readerPatienceMs = 60_000;

/**
 * Yields pieces that `read` makes in one transaction as the caller, so that row-level security decides and everything is of one moment.
 * It is read-only: without a transaction id of its own it holds the sealing of new entries up for nobody, however long it takes. It ends
 * when the pieces end, when `read` fails, and when whoever takes the pieces goes away.
 */
export async function* readSnapshot<Piece>(
  database: Database,
  caller: Caller,
  facts: RequestFacts,
  read: (transaction: Transaction<DB>) => AsyncGenerator<Piece>,
): AsyncGenerator<Piece> {
  const transaction = await database.kysely
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  try {
    await sql`select set_config('idle_in_transaction_session_timeout', ${String(readerPatienceMs)}, true)`.execute(
      transaction,
    );
    await enterCaller(transaction, caller, facts);
    yield* read(transaction);
  } finally {
    await transaction.rollback().execute();
  }
}

/** The rows of a query, so many at a time, from a cursor. */
export async function* pagesOf<Row>(
  transaction: Transaction<DB>,
  query: RawBuilder<Row>,
  pageSize: number,
): AsyncGenerator<Row[]> {
  await sql`declare export_rows no scroll cursor for ${query}`.execute(transaction);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(pageSize)} from export_rows`.execute(transaction);
    if (rows.length === 0) {
      return;
    }
    yield rows;
  }
}
