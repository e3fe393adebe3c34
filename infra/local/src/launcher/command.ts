import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { RefusedInProduction } from '../refuse-production.ts';
import { readLauncherConfig } from './config.ts';
import { emptyDataFolder, findDataFolder } from './data-folder.ts';
import { runningInstance } from './instance.ts';
import { LaunchError } from './launch-error.ts';
import { endProcesses, readRunning } from './process-registry.ts';
import { waitUntilGone } from './process-table.ts';
import { runStart } from './start-command.ts';

const HELP = `Runs the whole product on this machine: database, api, worker, apps, and doubles of the vendors.

  start          start it and stay in the foreground; Ctrl-C ends it
  start --dev    the same with hot reload: Vite for both apps, api and worker restarted, SQL applied when it is saved
  start --no-sample    without sample videos and share links
  start --no-apps      without the admin and the viewer
  stop           end the one that runs on the data folder
  reset          delete all data (asks first; --yes does not ask)

Environment
  PORT           the product's port; the nine after it are used too (default: the first free of 4000, 4010, …)
  DATA_DIR       data folder (default: .data in the checkout)
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * The command line.
 * @returns the exit code: 0 done, 1 failed, 2 the command was not understood
 */
export async function runCommand(words: string[]): Promise<number> {
  let parsed: ReturnType<typeof parseCommand>;
  try {
    parsed = parseCommand(words);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  const { command, flags } = parsed;
  if (flags.help || command === 'help') {
    say(HELP.trimEnd());
    return 0;
  }
  try {
    if (command === 'start')
      return await runStart({ dev: flags.dev, sample: !flags['no-sample'], apps: !flags['no-apps'], say });
    if (command === 'stop') return await runStop();
    return await runReset(flags.yes);
  } catch (error) {
    const isPlain = error instanceof LaunchError || error instanceof RefusedInProduction;
    process.stderr.write(`\n${isPlain ? error.message : error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function parseCommand(words: string[]) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      dev: { type: 'boolean', default: false },
      'no-sample': { type: 'boolean', default: false },
      'no-apps': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command = 'help', ...rest] = positionals;
  if (!['start', 'stop', 'reset', 'help'].includes(command)) throw new Error(`There is no command "${command}".`);
  if (rest.length > 0) throw new Error(`"${rest[0]}" was not understood.`);
  return { command, flags: values };
}

async function runStop(): Promise<number> {
  const { dataDir } = readLauncherConfig();
  const folder = findDataFolder(dataDir);
  const instance = folder && runningInstance(folder.run);
  if (!instance) {
    say(`Nothing runs on ${dataDir}.`);
    return 0;
  }
  process.kill(instance.pid, 'SIGTERM');
  const [left] = await waitUntilGone([instance], 10_000);
  if (left) throw new LaunchError(`The launcher (process ${left.pid}) did not end within 10 s.`);
  say(`Stopped ${instance.url ?? dataDir}.`);
  return 0;
}

async function runReset(isAgreed: boolean): Promise<number> {
  const { dataDir } = readLauncherConfig();
  const folder = findDataFolder(dataDir);
  if (!folder) {
    say(`There is no data in ${dataDir}.`);
    return 0;
  }
  const instance = runningInstance(folder.run);
  if (instance) {
    throw new LaunchError(`The stack runs on this data folder (process ${instance.pid}). Stop it first with "stop".`);
  }
  if (!isAgreed && !(await agrees(`Delete all data in ${dataDir}? Type "yes" to do it: `))) {
    say('Nothing was deleted.');
    return 1;
  }
  await endProcesses(readRunning(`${folder.run}/processes.json`), 2_500);
  emptyDataFolder(folder.root);
  say(`Deleted all data in ${dataDir}. The next start makes it anew.`);
  return 0;
}

async function agrees(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new LaunchError('There is no terminal to ask at: give --yes to delete the data.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
