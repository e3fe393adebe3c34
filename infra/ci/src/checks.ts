import { type Command, type Outcome, runCheck } from './steps.ts';

const packages = [
  'admin',
  'viewer',
  'api',
  'sql',
  'tests',
  'e2e',
  'infra/local',
  'infra/ci',
  'infra/bench',
  'infra/audit',
  'infra/webhooks',
  'infra/smoke',
];

/** What `pnpm check` holds the repository to. Each line fails on its own and names itself. */
export const checks: Command[] = [
  ...packages.map((name): Command => ({ name: `types of ${name}`, run: ['tsc', '-p', `${name}/tsconfig.json`] })),
  { name: 'format and lint', run: ['biome', 'ci', '--colors=off', '--error-on-warnings', '.'] },
  { name: 'dead code and dependencies', run: ['knip'] },
  {
    name: 'database types, catalogue and matrix are those of the schema',
    run: ['node', 'sql/src/cli.ts', 'types', '--check'],
  },
  { name: 'squawk and the splinter rules', run: ['node', 'sql/src/cli.ts', 'lint'] },
  {
    name: 'configuration reference is that of the code',
    run: ['node', 'api/src/config-reference.ts', '--check', 'docs/reference/configuration.md'],
  },
  {
    name: 'reference of rate limits is that of the code',
    run: ['node', 'api/src/limits-reference.ts', '--check', 'docs/reference/rate-limits.md'],
  },
  {
    name: 'problem reference is that of the code',
    run: ['node', 'api/src/problems/reference.ts', '--check', 'docs/reference/problems.md'],
  },
  { name: 'documents are well written', run: ['infra/ci/node_modules/.bin/markdownlint-cli2'] },
  {
    name: 'links of documents lead somewhere',
    run: ['infra/ci/node_modules/.bin/remark', '--frail', '--quiet', '--no-color', '.'],
  },
  { name: 'diagrams of documents, by mermaid’s parser', run: ['node', 'infra/ci/src/diagrams.ts'] },
  { name: 'critical journeys are browser tests (TS-05)', run: ['node', 'infra/ci/src/journeys.ts'] },
  { name: 'the viewer, built, keeps its budgets (VW-08)', run: ['node', 'infra/ci/src/viewer-size.ts'] },
  { name: 'the admin, built, keeps its budgets', run: ['node', 'infra/ci/src/admin-size.ts'] },
  { name: 'alert rules, by promtool', run: ['node', 'infra/ci/src/alert-rules.ts'] },
];

/** Runs every check, two at a time, and answers one outcome for each. */
export async function runChecks(): Promise<Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await runCheck(next));
  };
  await Promise.all([lane(), lane()]);
  return outcomes;
}
