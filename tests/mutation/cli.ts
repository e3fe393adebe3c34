import { parseArgs } from 'node:util';
import { prepareConformance } from '../conformance/run.ts';
import { withTestDatabases } from '../src/with-test-databases.ts';
import { findMutants } from './mutants.ts';
import { judgeAll, sampleOf, type Verdict } from './run.ts';
import { fastSuite } from './suite.ts';

const help = `Usage: pnpm rules:mutate [--sample N] [--seed S] [--json]

Weakens one rule at a time (policies, grants, row-level security, EXECUTE, search_path, security_invoker, checks, triggers, guards in
functions, roles) in a PostgreSQL of its own, runs the suite that holds the rules to their declarations, and tells which weakened rule
it did not notice. Exits 1 when less than 95 % were noticed.

  --sample N   N mutants instead of all
  --seed S     which ones; 1 unless given
  --json       one JSON object a line: each survivor, then {"mutants","killed","score"}
`;

async function run(sample: number | null, seed: number): Promise<Verdict[]> {
  // Two copies, so that what one transaction has locked does not make the other wait.
  return withTestDatabases(2, async (databases) => {
    const prepared = await Promise.all(databases.map(prepareConformance));
    const [first] = prepared;
    if (first === undefined) throw new Error('There is no database to weaken.');
    const client = await first.database.admin.connect();
    const all = await findMutants(client, { clusterWide: true }).finally(() => client.release());
    const mutants = sample === null ? all : sampleOf(all, sample, seed);
    // Roles are the cluster's: changed from one side only, after the rest.
    const ofRoles = mutants.filter(({ kind }) => kind === 'role');
    const others = mutants.filter(({ kind }) => kind !== 'role');
    const verdicts = await Promise.all(
      prepared.map(({ database, world }, i) => {
        const share = others.filter((_, at) => at % prepared.length === i);
        return judgeAll(database.admin, share, fastSuite(world));
      }),
    );
    return [...verdicts.flat(), ...(await judgeAll(first.database.admin, ofRoles, fastSuite(first.world)))];
  });
}

function summary(verdicts: readonly Verdict[]): string {
  const kinds = [...new Set(verdicts.map(({ mutant }) => mutant.kind))];
  const lines = kinds.map((kind) => {
    const of = verdicts.filter(({ mutant }) => mutant.kind === kind);
    const killed = of.filter(({ killedBy }) => killedBy !== null);
    const behaving = killed.filter(({ by }) => by === 'behaviour').length;
    return `${kind.padEnd(18)} ${String(killed.length).padStart(5)} of ${String(of.length).padStart(5)} noticed, ${behaving} by what they do`;
  });
  return lines.join('\n');
}

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    json: { type: 'boolean' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const number = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} is a whole number above 0, not ${text}.`);
  return value;
};

if (values.help === true) {
  process.stdout.write(help);
} else {
  const sample = values.sample === undefined ? null : number('sample', values.sample);
  const verdicts = await run(sample, number('seed', values.seed));
  const survivors = verdicts.filter(({ killedBy }) => killedBy === null).map(({ mutant }) => mutant);
  const killed = verdicts.length - survivors.length;
  const score = verdicts.length === 0 ? 1 : Math.floor((killed / verdicts.length) * 10_000) / 10_000;
  if (values.json === true) {
    for (const { kind, title } of survivors) process.stdout.write(`${JSON.stringify({ survivor: title, kind })}\n`);
    process.stdout.write(`${JSON.stringify({ mutants: verdicts.length, killed, score })}\n`);
  } else {
    process.stdout.write(`${summary(verdicts)}\n`);
    for (const { kind, title } of survivors) process.stdout.write(`survived: ${kind}: ${title}\n`);
    process.stdout.write(`${killed} of ${verdicts.length} weakened rules are noticed: ${(score * 100).toFixed(2)} %\n`);
  }
  process.exitCode = score >= 0.95 ? 0 : 1;
}
