export interface RepeatingTask {
  /** Ends the repetition and waits for a run that is under way. */
  stop(): Promise<void>;
}

/**
 * Runs `work` now and again `pauseMs` after each run has ended, so that runs never overlap. A run that fails is reported and does
 * not end the repetition.
 */
export function repeat(
  work: () => Promise<unknown>,
  pauseMs: number,
  onError: (error: unknown) => void,
): RepeatingTask {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    if (!stopped) {
      timer = setTimeout(start, pauseMs);
    }
  };
  const start = (): void => {
    running = run();
  };
  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
