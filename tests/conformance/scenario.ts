import type { Relation, Role } from './declare.ts';
import type { Answer, Ask } from './probe.ts';
import type { World } from './world.ts';

/** Who runs a statement: a role, or the superuser, for whom the rules of tables hold as for everybody. */
export type Actor = Role | 'superuser';

/** The key of an arranged row, as a literal of SQL. */
export type Key = (table: string, relation?: Relation) => string;

/**
 * One statement of SQL and its answer: `done`; `404 share.not_found`, a refusal of ours; or a violation, `23514 <constraint>`.
 */
export type Scenario = { rule: string; as: Actor; statement: (key: Key) => string; answer: string };

function summarise(answer: Answer): string {
  if ('rows' in answer) return 'done';
  if (answer.error.startsWith('PT')) return `${answer.error.slice(2)} ${answer.hint}`;
  const constraint = /constraint "([a-z_]+)"/.exec(answer.message)?.[1];
  return `${answer.error} ${constraint ?? answer.message}`;
}

/** Runs scenarios and answers one line for each that went otherwise than declared. */
export async function askScenarios(
  as: (actor: Actor) => Ask,
  scenarios: readonly Scenario[],
  world: World,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const actor of new Set(scenarios.map((scenario) => scenario.as))) {
    const mine = scenarios.filter((scenario) => scenario.as === actor);
    const key: Key = (table, relation = 'own') =>
      `'${world.keyOf(table, relation, actor === 'superuser' || actor === 'mm_service' ? 'mm_coach' : actor)}'`;
    const answers = await as(actor)(mine.map(({ statement }) => statement(key)));
    mine.forEach(({ rule, answer }, i) => {
      const seen = summarise(answers[i] ?? { rows: 0 });
      if (seen !== answer) wrong.push(`${actor}: ${rule}: declared ${answer}, seen ${seen}`);
    });
  }
  return wrong;
}
