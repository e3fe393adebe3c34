import { type RawBuilder, sql } from 'kysely';
import type { Filter } from './schema.ts';

/** Which entries a filter chooses of those that the caller may read, as a condition on `e`, an entry. */
function condition({ actor, action, object_type, object_id, from, to }: Filter): RawBuilder<boolean> {
  const parts = [
    ...(actor === undefined ? [] : [sql`e.actor_subject = ${actor}`]),
    ...(action === undefined ? [] : [sql`e.action = ${action}`]),
    ...(object_type === undefined ? [] : [sql`e.object_type = ${object_type}`]),
    ...(object_id === undefined ? [] : [sql`e.object_id = ${object_id}`]),
    ...(from === undefined ? [] : [sql`e.occurred_at >= ${from}`]),
    ...(to === undefined ? [] : [sql`e.occurred_at < ${to}`]),
  ];
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

/** The chosen entries that the checkpoint covers, in the order in which they were sealed. */
export function chosenEntries<Row>(columns: RawBuilder<unknown>, size: number, filter: Filter): RawBuilder<Row> {
  return sql<Row>`
    select l.batch_no, l.leaf_index, ${columns}
    from audit.entries e join audit.leaves l on l.entry_id = e.id and l.occurred_at = e.occurred_at
    where ${condition(filter)} and l.batch_no < ${size}
    order by l.batch_no, l.leaf_index`;
}
