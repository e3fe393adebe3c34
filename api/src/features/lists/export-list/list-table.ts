import type { DB } from '@mm/sql/types';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { byteOrderMark, csvLine } from '../../../csv/cell.ts';
import { pagesOf } from '../../../db/snapshot.ts';
import type { ColumnKind, ExportedList } from './lists.ts';
import type { Comparison, ListFilter } from './schema.ts';

const pageSize = 2_000;

const utc = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/** Names are of the list's own columns; values are always parameters. */
const asText = (column: string, kind: ColumnKind): RawBuilder<unknown> =>
  kind === 'time'
    ? sql`to_char(l.${sql.id(column)} at time zone 'UTC', ${utc}) as ${sql.id(column)}`
    : sql`l.${sql.id(column)}::text as ${sql.id(column)}`;

const signs = { gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` } as const;

function compared({ field, ...given }: Comparison): RawBuilder<unknown> {
  const column = sql`l.${sql.id(field)}`;
  switch (given.operator) {
    case 'eq':
      return sql`${column} = ${given.value}`;
    case 'in':
      return sql`${column} in (${sql.join(given.value)})`;
    // As the list itself does: upper and lower case are the same, and no letter is a pattern.
    case 'contains':
      return sql`${column} ilike ${`%${given.value.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
    default:
      return sql`${column} ${signs[given.operator]} ${given.value}`;
  }
}

const held = (filter: ListFilter): RawBuilder<unknown> =>
  filter.operator === 'or' ? sql`(${sql.join(filter.value.map(compared), sql` or `)})` : compared(filter);

/** The rows that the caller may read and has chosen, for people and spreadsheets, in pieces of a page. Times are in UTC. */
export async function* listTable(
  transaction: Transaction<DB>,
  name: string,
  { columns, time }: ExportedList,
  filters: readonly ListFilter[],
): AsyncGenerator<string> {
  const names = Object.keys(columns);
  yield byteOrderMark + csvLine(names);
  const selected = Object.entries(columns).map(([column, kind]) => asText(column, kind));
  const chosen = sql.join([sql`true`, ...filters.map(held)], sql` and `);
  const query = sql<Record<string, string | null>>`
    select ${sql.join(selected)} from api.${sql.id(name)} l where ${chosen} order by l.${sql.id(time)} desc, l.id desc`;
  for await (const page of pagesOf(transaction, query, pageSize)) {
    yield page.map((row) => csvLine(names.map((column) => row[column] ?? null))).join('');
  }
}
