import type { DB } from '@mm/sql/types';
import { sql, type Transaction } from 'kysely';
import { byteOrderMark, csvLine } from '../../../csv/cell.ts';
import { pagesOf } from '../../../db/snapshot.ts';
import { chosenEntries } from './chosen-entries.ts';
import type { Filter } from './schema.ts';

const pageSize = 2_000;

const columns = [
  'batch_no',
  'leaf_index',
  'id',
  'occurred_at',
  'actor_subject',
  'actor_profile_id',
  'actor_role',
  'acting_as',
  'door',
  'request_id',
  'action',
  'object_type',
  'object_id',
  'owner_id',
  'before',
  'after',
  'reason',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string | null>>;

const selected = sql`
  e.id::text, audit.time_text(e.occurred_at) as occurred_at, e.actor_subject, e.actor_profile_id::text, e.actor_role,
  e.acting_as::text, e.door, e.request_id, e.action, e.object_type, e.object_id, e.owner_id::text, e.before::text, e.after::text,
  e.reason`;

/** A table for people and spreadsheets: one row an entry, without proof, in pieces of a page. Begins with a mark that it is UTF-8. */
export async function* csvTable(transaction: Transaction<DB>, size: number, filter: Filter): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns);
  for await (const page of pagesOf(transaction, chosenEntries<Row>(selected, size, filter), pageSize)) {
    yield page
      .map((row) => csvLine(columns.map((column) => (row[column] === null ? null : String(row[column])))))
      .join('');
  }
}
