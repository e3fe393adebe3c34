import type { Database } from '../db/database.ts';
import type { Delivery, Stored } from './delivery.ts';

const statement = {
  name: 'store_webhooks',
  text: 'select delivery, id, state, is_duplicate from app.store_webhooks($1, $2, $3, $4, $5, $6, $7, $8)',
};

interface StoredRow {
  delivery: number;
  id: string;
  state: string | null;
  is_duplicate: boolean;
}

/**
 * Stores deliveries and the one job that folds those of them that are new (UP-07), in one statement, which is one transaction: both are
 * there when it is answered, or neither.
 * @returns what became of each delivery, in their order
 * @throws {DatabaseUnavailableError}, and pg's DatabaseError when one of them cannot be stored: then none is.
 */
export async function storeDeliveries(
  database: Pick<Database, 'query'>,
  deliveries: readonly Delivery[],
): Promise<readonly Stored[]> {
  const each = <Value>(read: (delivery: Delivery) => Value): Value[] => deliveries.map(read);
  const rows = await database.query<StoredRow>(statement, [
    each(({ provider }) => provider),
    each(({ eventId }) => eventId),
    each(({ type }) => type),
    each(({ objectId }) => objectId),
    Buffer.concat(each(({ body }) => body)),
    each(({ body }) => body.length),
    each(({ signedAt }) => signedAt.toISOString()),
    each(({ stale }) => stale),
  ]);
  const stored: Stored[] = [];
  for (const row of rows) {
    stored[row.delivery - 1] = { id: row.id, state: row.state, isDuplicate: row.is_duplicate };
  }
  return stored;
}
