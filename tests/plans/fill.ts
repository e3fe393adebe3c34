import type { Pool } from 'pg';

/** Above this a table is big: a list of it must not read it whole. */
export const BIG = 10_000;
const ROWS = 12_000;

/** Small by nature, though their keys would allow many rows: they grow with the code, or with the law. */
const small = [
  'app.retention_policies',
  'app.feature_flags',
  'app.abuse_rules',
  'app.notification_kinds',
  'app.consent_notices',
];

type Column = { table: string; name: string; type: string; references_profile: boolean };

/**
 * Fills every table of the durable schemas, whatever they are, by what the catalogue says of their columns: so a table that is made tomorrow is
 * covered without a word here. Only the shape of the data matters, so the checks are taken out of this database and foreign keys and triggers
 * sleep; columns that name a person name one of forty, others are all different. Small by nature are tables whose keys allow few rows only.
 * @returns the tables that have become big.
 */
export async function fillEveryTable(admin: Pool): Promise<string[]> {
  const client = await admin.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(dropChecks);
    const { rows: columns } = await client.query<Column>(columnsOfTables);
    await client.query(
      `create temporary table person as select (row_number() over (order by id) - 1)::int as n, id from app.profiles`,
    );
    await client.query(
      `with added as (
         insert into app.profiles (subject, role, display_name) select 'person ' || n, 'coach', 'Person ' || n from generate_series(1, 34) n returning id)
       insert into pg_temp.person select (select count(*) from pg_temp.person) + row_number() over () - 1, id from added`,
    );
    await client.query('create unique index on pg_temp.person (n)');
    const tables = [...new Set(columns.map((column) => column.table))].filter((table) => !small.includes(table));
    for (const table of tables) {
      const own = columns.filter((column) => column.table === table);
      await client.query(
        `insert into ${table} (${own.map(({ name }) => name).join(', ')})
         select ${own.map(valueFor).join(', ')} from generate_series(1, ${ROWS}) i on conflict do nothing`,
      );
    }
    await client.query('vacuum (analyze)');
    const { rows: big } = await client.query<{ table: string }>(
      `select c.oid::regclass::text as table from pg_class c
       where c.relkind in ('r', 'p') and not c.relispartition and c.oid::regclass::text = any ($1)
         and (select sum(p.reltuples) from pg_class p
              where p.relkind = 'r' and (p.oid = c.oid or pg_partition_root(p.oid) = c.oid)) > ${BIG}
       order by 1`,
      [tables],
    );
    return big.map((row) => row.table);
  } finally {
    client.release(true);
  }
}

const dropChecks = `
do $$
declare
  item record;
begin
  for item in
    select c.conname, c.conrelid::regclass as relation from pg_constraint c join pg_class r on r.oid = c.conrelid
    where c.contype = 'c' and c.coninhcount = 0 and r.relnamespace::regnamespace::text in ('app', 'audit', 'authz')
  loop
    execute format('alter table %s drop constraint %I', item.relation, item.conname);
  end loop;
end $$`;

const columnsOfTables = `
select c.oid::regclass::text as table, quote_ident(a.attname) as name, format_type(a.atttypid, null) as type,
       exists (select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum]
               and f.confrelid = 'app.profiles'::regclass) or a.attname in ('coach_id', 'owner_id', 'profile_id') as references_profile
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity <> 'a'
where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace::regnamespace::text in ('app', 'audit', 'authz')
order by 1, a.attnum`;

/** A value for row i. Times run forward from now, so that they are in a month that has its partition. */
function valueFor({ table, name, type, references_profile }: Column): string {
  // A view shows the entries of revocations alone: there have to be many of them.
  if (table === 'audit.entries' && name === 'action') {
    return `case when i % 4 = 0 then 'share_token.revoked' else md5(i::text) end`;
  }
  if (references_profile && type === 'uuid') return `(select id from pg_temp.person where n = i % 40)`;
  switch (type) {
    case 'uuid':
      return 'uuidv7()';
    case 'text':
      return `md5(i::text)`;
    case 'timestamp with time zone':
      return `now() + i * interval '1 ms'`;
    case 'boolean':
      return 'i % 2 = 0';
    case 'bytea':
      return 'sha256(i::text::bytea)';
    case 'jsonb':
      return `jsonb_build_object('n', i)`;
    case 'xid8':
      return `i::text::xid8`;
    case 'interval':
      return `i * interval '1 s'`;
    case 'inet':
      return `'127.0.0.1'::inet + i`;
    case 'date':
      return `current_date + (i % 20)::int`;
    case 'int4multirange':
      return `int4multirange(int4range(0, i::integer))`;
    case 'integer':
    case 'smallint':
    case 'bigint':
    case 'numeric':
    case 'double precision':
    case 'real':
      return `i::${type}`;
    default:
      if (type.endsWith('[]')) return `'{}'::${type}`;
      throw new Error(`tests/plans/fill.ts knows no value of type ${type} yet`);
  }
}
