import type { ClientBase } from 'pg';
import { canOwn, type DeclaredObject, type Relation, type Role, reachOf, roles, type Verb } from './declare.ts';
import type { Answer } from './probe.ts';
import { inTransaction } from './session.ts';
import type { World } from './world.ts';

/** Columns that say whose a row is, in tables that somebody may update. */
const ownerColumns: Record<string, string> = { 'app.videos': 'coach_id', 'app.share_tokens': 'coach_id' };

/** The widest reach that is declared for any column: what the policies alone allow, were every column granted. */
function reachOfPolicies(object: DeclaredObject, role: Role, verb: Verb, relation: Relation): boolean {
  const columns = verb === 'delete' ? [null] : [...object.columns.keys()];
  const reaches = columns.map((column) => reachOf(object, role, verb, column));
  return reaches.includes('all') || (reaches.includes('own') && relation === 'own');
}

type Statements = Record<Verb | 'give', string>;

function reached(answer: Answer): boolean {
  if ('rows' in answer) return answer.rows > 0;
  // Any other refusal came after row-level security had let the row pass.
  return answer.error !== '42501';
}

/**
 * Policies without the grants in front of them: in a transaction in which every role is granted everything and no trigger runs, the rows
 * that each role reaches are still those that are declared, and nobody gives a row away. Answers the differences.
 */
export async function askPoliciesAlone(
  client: ClientBase,
  tables: readonly DeclaredObject[],
  world: World,
): Promise<string[]> {
  await client.query('savepoint layers');
  await client.query(`set local session_replication_role = 'replica'`);
  const names = tables.map(({ name }) => name).join(', ');
  await client.query(`grant usage on schema app, audit, authz to ${roles.join(', ')}`);
  await client.query(`grant select, insert, update, delete on ${names} to ${roles.join(', ')}`);
  const { rows: people } = await client.query<{ id: string }>(
    `select id from app.profiles where subject = 'user_ben_okafor'`,
  );
  const somebody = people[0]?.id ?? '';
  const wrong: string[] = [];
  for (const role of roles) {
    const asked = tables.flatMap((table) =>
      world
        .relationsOf(table.name)
        .filter((relation) => relation !== 'own' || canOwn(role))
        .map((relation) => ({ table, relation, where: `${table.key} = '${world.keyOf(table.name, relation, role)}'` })),
    );
    const statements: Statements[] = [];
    for (const { table, relation, where } of asked) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${table.name} t where ${where}`,
      );
      const owner = ownerColumns[table.name];
      const row = rows[0]?.row.replaceAll("'", "''") ?? '{}';
      statements.push({
        select: `select from ${table.name} where ${where}`,
        update: `update ${table.name} set ${table.key} = ${table.key} where ${where}`,
        delete: `delete from ${table.name} where ${where}`,
        insert: `insert into ${table.name} select (jsonb_populate_record(null::${table.name}, '${row}')).*`,
        // Without WHERE nothing is read, so that no policy for reading stands in for the one for writing.
        give:
          owner !== undefined && relation === 'own' ? `update ${table.name} set ${owner} = '${somebody}'` : 'select 1',
      });
    }
    const ask = inTransaction(client)(role);
    for (const verb of ['select', 'update', 'delete', 'insert'] as const) {
      const answers = await ask(statements.map((statement) => statement[verb]));
      asked.forEach(({ table, relation }, i) => {
        const seen = reached(answers[i] ?? { rows: 0 });
        if (seen !== reachOfPolicies(table, role, verb, relation)) {
          wrong.push(
            `policies alone: ${role} ${seen ? 'reaches' : 'does not reach'} ${relation} ${table.name} by ${verb}`,
          );
        }
      });
    }
    const given = await ask(statements.map((statement) => statement.give));
    asked.forEach(({ table, relation }, i) => {
      const all = [...table.columns.keys()].some((column) => reachOf(table, role, 'update', column) === 'all');
      const gave = statements[i]?.give !== 'select 1' && reached(given[i] ?? { rows: 0 });
      if (gave && !all) wrong.push(`policies alone: ${role} gives ${relation} ${table.name} away`);
    });
  }
  await client.query('rollback to savepoint layers');
  return wrong;
}
