import { pino } from 'pino';
import { loadConfigOrExit } from './config.ts';
import { startWorker } from './jobs/worker.ts';
import { loggerOptions } from './logging.ts';
import { endGracefully } from './shutdown.ts';

const config = loadConfigOrExit('worker');
const log = pino(loggerOptions(config, 'worker'));
const starting = startWorker(config, log);
// Before it is up: a signal, or the end of the parent, that comes meanwhile must not be missed.
endGracefully(
  async () => (await starting).close(),
  (error) => log.error({ err: error }, 'shutdown failed'),
);
try {
  await starting;
} catch (error) {
  process.stderr.write(`The worker cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
