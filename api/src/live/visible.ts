import { sql } from 'kysely';
import { type Caller, withCaller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { type LiveResource, liveResources } from './changes.ts';

/** Most keys that are told one by one; of more than that only is said that there are some. */
const mostKeys = 200;

/** Which of these rows the caller may see now; `all` is false where there are too many to be told. */
export interface Visible {
  readonly ids: ReadonlySet<string>;
  readonly all: boolean;
}

/** What the audit log and the database's statistics know these questions by. */
const facts = { requestId: 'live', userAgent: undefined };

/** The lists that the caller's role may read at all. @throws what `authz.check_request()` refuses the caller with */
export function readableResources(database: Database, caller: Caller): Promise<readonly LiveResource[]> {
  return withCaller(database, caller, facts, async (transaction) => {
    const { rows } = await sql<{ resource: LiveResource }>`
      select r as resource from unnest(${[...liveResources]}::text[]) r
      where has_any_column_privilege(format('api.%I', r), 'select')`.execute(transaction);
    return rows.map(({ resource }) => resource);
  });
}

/**
 * Asks row-level security, as the caller, in one transaction for all lists; without any it only asks whether the caller still is one.
 * @throws what `authz.check_request()` refuses the caller with: a session that was denied, a person suspended, a token that has expired
 */
export function visibleOf(
  database: Database,
  caller: Caller,
  changed: ReadonlyMap<LiveResource, readonly string[]>,
): Promise<ReadonlyMap<LiveResource, Visible>> {
  return withCaller(database, caller, facts, async (transaction) => {
    const visible = new Map<LiveResource, Visible>();
    for (const [resource, ids] of changed) {
      const { rows } = await sql<{ id: string }>`
        select id from ${sql.table(`api.${resource}`)} where id = any (${[...ids]}::uuid[]) limit ${mostKeys + 1}`.execute(
        transaction,
      );
      const all = rows.length <= mostKeys;
      visible.set(resource, { ids: new Set(all ? rows.map(({ id }) => id) : []), all });
    }
    return visible;
  });
}
