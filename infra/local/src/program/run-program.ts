/**
 * The life of a small server process: starts it, says where it listens, and ends it when asked to (SIGTERM, SIGINT) or when
 * the process that started it is gone. The latter shows as the closing of the IPC channel and also happens when the parent
 * was killed with SIGKILL, so nothing is left behind.
 */
export async function runProgram(
  name: string,
  start: () => Promise<{ url: string; close(): Promise<void> }>,
): Promise<void> {
  let running: { url: string; close(): Promise<void> };
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  process.stdout.write(`${name} listens on ${running.url}\n`);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    // A connection that is kept alive must not keep the process: it gets a second to finish.
    setTimeout(() => process.exit(0), 1_000).unref();
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
}
