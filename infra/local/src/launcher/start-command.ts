import { relative } from 'node:path';
import { readLauncherConfig } from './config.ts';
import { watchRunners } from './runner-chain.ts';
import { type Stack, startStack } from './stack.ts';
import { summaryTable } from './summary-table.ts';
import { elapsed, type LineSink } from './terminal.ts';

export type StartCommand = { dev: boolean; sample: boolean; apps: boolean; say: LineSink };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * `start`: brings the stack up, prints the table, and stays until a signal asks it to end. A second signal ends it without
 * manners; the guard then cleans up.
 */
export async function runStart({ dev, sample, apps, say }: StartCommand): Promise<number> {
  const config = readLauncherConfig();
  const started = performance.now();
  const asked = waitForEnd();
  const abort = new AbortController();
  let stack: Stack | undefined;
  void asked.then((reason) => {
    say(`\n${reason}: taking everything down …`);
    abort.abort(new Error(reason));
  });
  // A terminal that has gone away must not stop the taking down.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});

  say(`Starting the Motion Mavericks back office${dev ? ' for development' : ''} (data: ${shown(config.dataDir)})`);
  const { port, dataDir } = config;
  const { signal } = abort;
  try {
    stack = await startStack({
      dataDir,
      dev,
      sample,
      canary: sample,
      apps,
      onLine: say,
      signal,
      ...(port ? { port } : {}),
    });
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    say('Everything is down.');
    return 0;
  }
  say(`\nReady after ${elapsed(started)}.\n`);
  say(tableOf(stack, sample));
  await asked;
  await stack.close();
  say('Everything is down.');
  return 0;
}

/** One press of Ctrl-C may arrive more than once: from the terminal, and again from a runner that passes it on. */
const SAME_PRESS_MS = 1_000;

/** Resolves with what asked for the end: a signal, or the death of the `npx` or `pnpm` that runs us. */
function waitForEnd(): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        first ??= performance.now();
        if (performance.now() - first > SAME_PRESS_MS) process.exit(1);
        resolve(signal);
      });
    }
    watchRunners(() => resolve('The command that started this is gone'));
  });
}

function tableOf({ urls, personas, sampleLink, dataDir }: Stack, isSampleWanted: boolean): string {
  const noLink = isSampleWanted
    ? 'none: the sample video is gone. Sign in as a coach and share another one.'
    : 'none: started without sample data. Sign in as a coach, upload a video and share it.';
  return summaryTable({
    places: [
      ['Admin', urls.admin],
      ['Viewer', `${urls.app}/s/…`],
      ['API', `${urls.api}/openapi.json`],
      ['PostgREST', `${urls.rest}  (itself at ${urls.postgrest})`],
      ['Sign-in', `${urls.identity}/sign-in`],
      ['Mailbox and Slack', `${urls.mailbox}/`],
      ['Mux double', urls.mux],
    ],
    personas: Object.values(personas),
    shareLink: sampleLink ?? noLink,
    notes: [
      ['Data folder', `${shown(dataDir)}  (logs in ${shown(dataDir)}/logs)`],
      ['To stop', 'Ctrl-C; everything is kept for the next start'],
    ],
  });
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short !== '' && !short.startsWith('..') ? short : path;
}
