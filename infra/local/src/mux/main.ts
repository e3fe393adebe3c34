import { ConfigError, ProductionRefusedError, readConfig } from './config.ts';
import { type MuxDouble, startMuxDouble } from './double.ts';

/** Longest time between being told to stop and being gone, in milliseconds. */
const STOP_WITHIN_MS = 1500;

/** Ends on SIGTERM, on SIGINT and when the process that started it is gone. */
function stopWhenTold(double: MuxDouble): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    double.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.connected) process.once('disconnect', stop);
}

try {
  stopWhenTold(await startMuxDouble({ ...readConfig(), logger: { level: 'info' } }));
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof ProductionRefusedError;
  process.stderr.write(
    `${expected || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : error.stack}\n`,
  );
  process.exit(1);
}
