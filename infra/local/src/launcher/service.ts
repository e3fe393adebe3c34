/** A process that has come up and is ready. */
export type RunningService = {
  pid: number;
  /** Settles when the process is gone, with how it ended in words. Never rejects. */
  exited: Promise<string>;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
};

export type LaunchOptions = {
  /** Called at once with the process's id, so that it can be ended should the launcher be killed while it comes up. */
  onSpawn: (pid: number) => void;
  onLine: (line: string) => void;
  /** Aborted when the stack is being taken down: a launch that is under way gives up. */
  signal: AbortSignal;
};

/** Something the launcher keeps running. */
export type Service = {
  /** Name of the log file, and how it is called on the terminal. */
  name: string;
  stopSignal: 'SIGTERM' | 'SIGINT';
  /**
   * Starts the process and resolves once it is ready for work.
   * @throws Error with its last words when it does not come up
   */
  launch(options: LaunchOptions): Promise<RunningService>;
};
