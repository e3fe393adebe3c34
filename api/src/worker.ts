import { pino } from 'pino';
import { loadConfigOrExit } from './config.ts';
import { startWorker } from './jobs/worker.ts';
import { loggerOptions } from './logging.ts';
import { endGracefully } from './shutdown.ts';

const config = loadConfigOrExit();
const log = pino(loggerOptions(config, 'worker'));
try {
  const worker = await startWorker(config, log);
  endGracefully(
    () => worker.close(),
    (error) => log.error({ err: error }, 'shutdown failed'),
  );
} catch (error) {
  process.stderr.write(`The worker cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
