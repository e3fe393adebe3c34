import type { Pool } from 'pg';

/** The rows of every table of ours and of the job queue, as text: what a dry run must leave as it was. */
export async function contentsOf(admin: Pool): Promise<Record<string, string>> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p') and not c.relispartition
       and c.relnamespace::regnamespace::text in ('app', 'audit', 'authz', 'pgboss') order by 1`,
  );
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await admin.query<{ all: string | null }>(
      `select string_agg(t::text, e'\\n' order by t::text) as all from ${name} t`,
    );
    contents[name] = rows[0]?.all ?? '';
  }
  return contents;
}
