import type { Database } from '../db/database.ts';
import type { Delivery, Stored } from './delivery.ts';

const statement = {
  name: 'store_webhooks',
  text: 'select delivery, state, is_duplicate from app.store_webhooks($1, $2, $3, $4, $5, $6, $7, $8, $9)',
};

interface StoredRow {
  delivery: number;
  state: string | null;
  is_duplicate: boolean;
}

const storedAsNew: Stored = { state: 'received', isDuplicate: false };

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
  // One bytea goes over the wire as it is; an array of them would go as text, twice as long.
  const bodyStarts: number[] = [];
  let end = 0;
  for (const { body } of deliveries) {
    bodyStarts.push(end + 1);
    end += body.length;
  }
  const others = await database.query<StoredRow>(statement, [
    each(({ provider }) => provider),
    each(({ eventId }) => eventId),
    each(({ type }) => type),
    each(({ objectId }) => objectId),
    Buffer.concat(
      each(({ body }) => body),
      end,
    ),
    bodyStarts,
    each(({ body }) => body.length),
    each(({ signedAt }) => signedAt.toISOString()),
    each(({ stale }) => stale),
  ]);
  const stored = each((): Stored => storedAsNew);
  for (const { delivery, state, is_duplicate } of others) {
    stored[delivery - 1] = { state, isDuplicate: is_duplicate };
  }
  return stored;
}
