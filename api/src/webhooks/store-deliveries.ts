import type { DB } from '@mm/sql/types';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../db/database.ts';
import type { FoldJob } from '../jobs/queues.ts';
import type { Delivery, Stored } from './delivery.ts';

interface ReceivedRow {
  delivery: number;
  id: string;
  state: string | null;
  is_duplicate: boolean;
}

/**
 * Stores deliveries and the one job that folds those of them that are new, in one transaction (UP-07): both are there after its COMMIT, or
 * neither.
 * @returns what became of each delivery, in their order
 * @throws {DatabaseUnavailableError}, and pg's DatabaseError when one of them cannot be stored: then none is.
 */
export async function storeDeliveries(
  database: Database,
  enqueueFold: (transaction: Transaction<DB>, job: FoldJob) => Promise<void>,
  deliveries: readonly Delivery[],
): Promise<readonly Stored[]> {
  const each = <Value>(read: (delivery: Delivery) => Value): Value[] => deliveries.map(read);
  return database.kysely.transaction().execute(async (transaction) => {
    const { rows } = await sql<ReceivedRow>`
      select delivery, id, state, is_duplicate
      from app.receive_webhooks(
        ${each(({ provider }) => provider)}::text[], ${each(({ eventId }) => eventId)}::text[],
        ${each(({ type }) => type)}::text[], ${each(({ objectId }) => objectId)}::text[], ${each(({ body }) => body)}::bytea[],
        ${each(({ signedAt }) => signedAt.toISOString())}::timestamptz[], ${each(({ stale }) => stale)}::boolean[])`.execute(
      transaction,
    );
    const webhookEventIds = rows.filter((row) => row.state === 'received' && !row.is_duplicate).map((row) => row.id);
    if (webhookEventIds.length > 0) {
      await enqueueFold(transaction, { webhookEventIds });
    }
    const stored: Stored[] = [];
    for (const row of rows) {
      stored[row.delivery - 1] = { id: row.id, state: row.state, isDuplicate: row.is_duplicate };
    }
    return stored;
  });
}
