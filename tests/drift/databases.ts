import { applyBookkeeping, applyMigrations, applyRoles, becomeOwner, type CatalogueFact, readCatalogue } from '@mm/sql';
import pg, { type Client } from 'pg';

export async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The catalogue as lines that name their object, so that a difference reads as one. */
export async function catalogueOf(url: string): Promise<string[]> {
  return withClient(url, async (client) => (await readCatalogue(client)).map(line));
}

function line({ object, text, definition }: CatalogueFact): string {
  return definition === '' ? `${object}: ${text}` : `${object}: ${text}\n${definition}`;
}

/**
 * Brings an empty database as far as a series of older releases would have: each migration in a deployment of its own, and after each
 * of them rules of another time on every table there is: a policy, grants, a trigger, functions and a view.
 * @returns how many migrations were applied.
 */
export async function upgradeStepByStep(adminUrl: string): Promise<number> {
  const applied = await withClient(adminUrl, async (client) => {
    await applyRoles(client);
    await becomeOwner(client);
    await applyBookkeeping(client);
    return [];
  });
  for (let step: string[] = applied, count = 0; ; count += 1) {
    step = await withClient(adminUrl, async (client) => {
      await becomeOwner(client);
      const names = await applyMigrations(client, 1);
      if (names.length > 0) await client.query(rulesOfAnotherTime);
      return names;
    });
    if (step.length === 0) return count;
  }
}

const rulesOfAnotherTime = `
do $older$
declare
  relation regclass;
begin
  create schema if not exists api;
  grant usage on schema api to mm_anon;
  create or replace function app.older_rule() returns trigger language plpgsql as 'begin return new; end';
  grant execute on function app.older_rule() to public;
  for relation in
    select c.oid from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace::regnamespace::text in ('app', 'audit', 'authz')
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'older')
  loop
    execute format('create policy older on %s to mm_operator using (true)', relation);
    execute format('grant all on %s to mm_operator, mm_service', relation);
    execute format('create trigger tg_older before update on %s for each row execute function app.older_rule()', relation);
    execute format('create view api.%I as select 1 as older from %s', 'older_' || relation::oid, relation);
  end loop;
end
$older$`;
