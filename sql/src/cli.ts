import { parseArgs } from 'node:util';
import { readDeployOptions, readVariable, variables } from './config.ts';
import { deploy } from './deploy.ts';
import { findStaleFiles, writeGeneratedFiles } from './generated-files.ts';
import { lint } from './lint.ts';
import { readStatus, type Status } from './status.ts';

const help = `Usage: node sql/src/cli.ts <command> [--json]

  deploy         bring a database to what this repository says; changes nothing when it is there already
  status         tell what deploy would do; exit 1 when there is something
  types          write sql/generated/, policies/README.md and the documents drawn from the database, from a scratch PostgreSQL
  types --check  exit 1 when the committed files are not what types would write
  lint           squawk over the migrations, the splinter rules over a freshly deployed database; exit 1 on a finding

deploy and status read from the environment (status only the first):
${Object.entries(variables)
  .map(([name, meaning]) => `  ${name.padEnd(28)} ${meaning}`)
  .join('\n')}
`;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function describe(status: Status): string {
  const lines = [
    ...status.pendingMigrations.map((name) => `migration to apply  ${name}`),
    ...status.changed.map((path) => `new or changed      ${path}`),
    ...status.gone.map((path) => `gone                ${path}`),
  ];
  return lines.length === 0 ? 'The database is what the repository says.' : lines.join('\n');
}

async function runDeploy(json: boolean): Promise<number> {
  const done = await deploy(readDeployOptions());
  if (json) say(JSON.stringify(done));
  else {
    for (const name of done.migrations) say(`applied ${name}`);
    say(done.repeatablesChanged ? 'rebuilt functions, triggers, policies and api' : 'nothing else to rebuild');
  }
  return 0;
}

async function runStatus(json: boolean): Promise<number> {
  const status = await readStatus(readVariable('DATABASE_ADMIN_URL'));
  say(json ? JSON.stringify(status) : describe(status));
  return Object.values(status).every((list) => list.length === 0) ? 0 : 1;
}

async function runTypes(check: boolean): Promise<number> {
  if (!check) {
    for (const path of await writeGeneratedFiles()) say(`wrote ${path}`);
    return 0;
  }
  const stale = await findStaleFiles();
  for (const path of stale) say(`${path} is out of date: run pnpm db:types`);
  if (stale.length === 0) say('The generated files are current.');
  return stale.length === 0 ? 0 : 1;
}

async function runLint(): Promise<number> {
  const findings = await lint();
  for (const { linter, text } of findings) say(`${linter}:\n${text}`);
  if (findings.length === 0) say('squawk and the splinter rules find nothing.');
  return findings.length === 0 ? 0 : 1;
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean' }, json: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  const json = values.json === true;
  switch (values.help === true ? 'help' : positionals[0]) {
    case 'deploy':
      return runDeploy(json);
    case 'status':
      return runStatus(json);
    case 'types':
      return runTypes(values.check === true);
    case 'lint':
      return runLint();
    case 'help':
      say(help);
      return 0;
    default:
      process.stderr.write(help);
      return 2;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
