/** Milliseconds a graceful end may take before the process ends regardless. */
const patienceMs = 15_000;

/**
 * Ends the process gracefully on SIGTERM, SIGINT and when the parent that started it over IPC is gone.
 * @param close finishes what is under way; rejecting makes the exit code 1.
 */
export function endGracefully(close: () => Promise<void>, onError: (error: unknown) => void): void {
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) {
      return;
    }
    ending = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    try {
      await close();
      process.exit(0);
    } catch (error) {
      onError(error);
      process.exit(1);
    }
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
}
