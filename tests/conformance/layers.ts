import type { ClientBase } from 'pg';
import { personas } from '../src/index.ts';
import { canOwn, type DeclaredObject, type Relation, type Role, reachOf, roles, type Verb } from './declare.ts';
import type { Answer } from './probe.ts';
import { inTransaction } from './session.ts';
import type { World } from './world.ts';

/** Tables that somebody may update: the column that says whose a row is, and one that people write. */
const written: Record<string, { owner: string; text: string }> = {
  'app.videos': { owner: 'coach_id', text: 'title' },
  'app.share_tokens': { owner: 'coach_id', text: 'label' },
};

/** The widest reach that is declared for any column: what the policies alone allow, were every column granted. */
function reachOfPolicies(object: DeclaredObject, role: Role, verb: Verb, relation: Relation): boolean {
  const columns = verb === 'delete' ? [null] : [...object.columns.keys()];
  const reaches = columns.map((column) => reachOf(object, role, verb, column));
  return reaches.includes('all') || (reaches.includes('own') && relation === 'own');
}

type Statements = Record<Verb | 'give' | 'blind', string>;

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
      const columns = relation === 'own' ? written[table.name] : undefined;
      const row = rows[0]?.row.replaceAll("'", "''") ?? '{}';
      statements.push({
        select: `select from ${table.name} where ${where}`,
        update: `update ${table.name} set ${table.key} = ${table.key} where ${where}`,
        delete: `delete from ${table.name} where ${where}`,
        insert: `insert into ${table.name} select (jsonb_populate_record(null::${table.name}, '${row}')).*`,
        // Without WHERE nothing is read, so that no policy for reading stands in for the one for writing.
        give: columns === undefined ? 'select 1' : `update ${table.name} set ${columns.owner} = '${somebody}'`,
        blind: columns === undefined ? 'select 1' : `update ${table.name} set ${columns.text} = 'Blind'`,
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
    const blind = await ask(statements.map((statement) => statement.blind));
    asked.forEach(({ table, relation }, i) => {
      if (statements[i]?.give === 'select 1') return;
      const widest = [...table.columns.keys()].map((column) => reachOf(table, role, 'update', column));
      const all = widest.includes('all');
      if (reached(given[i] ?? { rows: 0 }) && !all) {
        wrong.push(`policies alone: ${role} gives ${relation} ${table.name} away`);
      }
      // Everybody has one row of each table.
      const expected = all ? Object.keys(personas).length : widest.includes('own') ? 1 : 0;
      const answer = blind[i];
      const changed = answer !== undefined && 'rows' in answer ? answer.rows : 'an error';
      if (changed !== expected) {
        wrong.push(`policies alone: ${role} updates ${table.name} blindly: ${changed} rows, not ${expected}`);
      }
    });
  }
  await client.query('rollback to savepoint layers');
  return wrong;
}
