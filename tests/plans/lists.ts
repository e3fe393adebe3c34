import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { type PersonaName, personas } from '../src/index.ts';

/** The default list of a view or table, for a role that may read it: newest first, 25 rows. */
export type List = { relation: string; persona: PersonaName; statement: string };

// The caller's roles, each with somebody who has it.
const people: Record<string, PersonaName> = Object.fromEntries(
  (['amelia', 'priya', 'helen', 'tomas', 'grace'] as const).map((name) => [personas[name].role, name]),
);

type Readable = { relation: string; role: string; columns: string[]; time: string | null; has_id: boolean };

// The time a list is ordered by: of when the thing came to be, the first that there is.
const readable = `
select c.oid::regclass::text as relation, r.rolname::text as role, array_agg(quote_ident(a.attname) order by a.attnum)::text[] as columns,
       (array_agg(a.attname::text order by array_position(array[
         'occurred_at', 'created_at', 'requested_at', 'decided_at', 'received_at', 'last_seen_at', 'opened_at', 'started_at', 'granted_at', 'sealed_at',
         'signed_at', 'updated_at'], a.attname::text), a.attnum)
         filter (where a.atttypid = 'timestamptz'::regtype))[1] as time,
       bool_or(a.attname = 'id') as has_id
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
cross join pg_roles r
where c.relkind in ('r', 'p', 'v') and not c.relispartition and c.relnamespace::regnamespace::text in ('api', 'app', 'audit', 'authz')
  and r.rolname = any ($1) and has_column_privilege(r.rolname, c.oid, a.attnum, 'select')
  and has_schema_privilege(r.rolname, c.relnamespace, 'usage')
group by c.oid, r.rolname
order by 1, 2`;

// Lines of something: nobody lists them but for the one thing that they belong to.
const linesOf: Record<string, string> = {
  'api.reconciliation_findings': 'run_id',
  'app.reconciliation_findings': 'run_id',
  'api.revoked_tokens': 'revocation_id',
  'app.revoked_tokens': 'revocation_id',
  'api.erasure_steps': 'request_id',
  'app.erasure_steps': 'request_id',
  'api.webhook_attempts': 'webhook_event_id',
  'app.webhook_attempts': 'webhook_event_id',
};

/** Every view and table that some role may read, with that role, from the catalogue. */
export async function readLists(admin: Pool): Promise<List[]> {
  const { rows } = await admin.query<Readable>(readable, [Object.keys(people)]);
  return rows.flatMap(({ relation, role, columns, time, has_id }) => {
    const persona = people[role];
    if (persona === undefined) return [];
    const parent = linesOf[relation];
    if (parent !== undefined) {
      const statement = `select ${columns.join(', ')} from ${relation} where ${parent} = '${randomUUID()}' limit 25`;
      return [{ relation, persona, statement }];
    }
    const order = [...(time === null ? [] : [`${time} desc`]), ...(has_id ? ['id desc'] : [])];
    const orderBy = order.length === 0 ? '' : `order by ${order.join(', ')}`;
    return [{ relation, persona, statement: `select ${columns.join(', ')} from ${relation} ${orderBy} limit 25` }];
  });
}
