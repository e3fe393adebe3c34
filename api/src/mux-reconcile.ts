import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { loadConfigOrExit } from './config.ts';
import { openDatabase } from './db/database.ts';
import { loggerOptions } from './logging.ts';
import { createMuxClient } from './mux/client.ts';
import { reconcile } from './reconciliation/reconcile.ts';
import type { RunReport } from './reconciliation/run-record.ts';

const help = `Usage: pnpm mux:reconcile [--light] [--dry-run] [--allow-missing N] [--json]

Compares our uploads and assets with Mux and settles what differs, as the worker does every day.

  --light            only what was made lately, as every hour
  --dry-run          change nothing, say what would be done
  --allow-missing N  mark up to N assets missing, after you have made sure that Mux really lacks them
  --json             the report as JSON

Reads the environment of the worker. Ends with 0 when everything matches or was settled, 1 when something is left for a person or the
run failed, 2 when it was asked wrongly or another process is at it.
`;

interface Wish {
  readonly light: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly allowMissing: number | undefined;
}

/** @throws when an option is unknown or no number */
function readWish(): Wish | 'help' {
  const { values } = parseArgs({
    options: {
      light: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      'allow-missing': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const allowed = values['allow-missing'];
  if (allowed !== undefined && !/^\d{1,9}$/.test(allowed)) {
    throw new Error('--allow-missing must be a whole number.');
  }
  return values.help
    ? 'help'
    : {
        light: values.light,
        dryRun: values['dry-run'],
        json: values.json,
        allowMissing: allowed === undefined ? undefined : Number(allowed),
      };
}

function describe(report: RunReport): string {
  const found = Object.entries(report.found).map(([what, times]) => `  ${what.replace('.', ' → ')}: ${times}`);
  return [
    `${report.is_dry_run ? 'Dry run' : 'Run'} ${report.id}: ${report.outcome}`,
    `  ${report.assets_seen} assets and ${report.uploads_seen} uploads on ${report.list_calls} pages`,
    ...found,
  ].join('\n');
}

async function run(wish: Wish): Promise<number> {
  const config = loadConfigOrExit('worker');
  // Standard output is for the report.
  const log = pino(loggerOptions(config, 'worker'), pino.destination(2));
  const database = openDatabase({
    url: config.database.url,
    poolMax: 1,
    applicationName: 'mm-worker',
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  try {
    const report = await reconcile(database, createMuxClient(config.mux), log, {
      kind: wish.light ? 'light' : 'whole',
      orphans: config.mux.orphans,
      isDryRun: wish.dryRun,
      ...(wish.allowMissing === undefined ? {} : { allowMissing: wish.allowMissing }),
      wait: (ms) => delay(ms),
    });
    if (report === undefined) {
      process.stderr.write(
        'Another process is comparing with Mux, or a run is unfinished; it goes on within the hour.\n',
      );
      return 2;
    }
    process.stdout.write(`${wish.json ? JSON.stringify(report) : describe(report)}\n`);
    return report.outcome === 'matched' || report.outcome === 'repaired' ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The comparison failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await database.close();
  }
}

try {
  const wish = readWish();
  if (wish === 'help') {
    process.stdout.write(help);
  } else {
    process.exitCode = await run(wish);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  process.exitCode = 2;
}
