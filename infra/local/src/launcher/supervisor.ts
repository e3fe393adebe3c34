import { LogFile } from './log-file.ts';
import { notableText } from './notable.ts';
import type { ProcessRegistry } from './process-registry.ts';
import { markOf, signalProcess } from './process-table.ts';
import type { RunningService, Service } from './service.ts';

export type SupervisorOptions = {
  logFolder: string;
  registry: ProcessRegistry;
  say: (line: string) => void;
  /** First pause before a restart, doubled at each failure in a row. */
  firstDelayMs?: number;
  longestDelayMs?: number;
};

/** How long a process must have run for its next failure to count as the first again. */
const HEALTHY_AFTER_MS = 30_000;

type Entry = {
  service: Service;
  log: LogFile;
  running: RunningService | undefined;
  pid: number | undefined;
  /** Settled while the service is up; pending while it is being started again. */
  up: Promise<void>;
  failures: number;
};

/**
 * Keeps services running: one that ends without having been asked to is started again, after a pause that grows from
 * failure to failure, and the terminal says so.
 */
export class Supervisor {
  readonly #options: Required<SupervisorOptions>;
  readonly #entries = new Map<string, Entry>();
  readonly #ending = new AbortController();

  constructor(options: SupervisorOptions) {
    this.#options = { firstDelayMs: 250, longestDelayMs: 30_000, ...options };
  }

  /** Aborted when the stack is taken down. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** @throws Error when the service does not come up; it is not tried again then */
  async start(service: Service): Promise<void> {
    const log = new LogFile(this.#options.logFolder, service.name);
    const entry: Entry = { service, log, running: undefined, pid: undefined, up: Promise.resolve(), failures: 0 };
    this.#entries.set(service.name, entry);
    entry.up = this.#launch(entry);
    await entry.up;
  }

  pidOf(name: string): number | undefined {
    return this.#entries.get(name)?.pid;
  }

  /** Sends a signal to a service, as somebody else would: it is supervised on. */
  kill(name: string, signal: NodeJS.Signals): void {
    const mark = markOf(this.#entry(name).pid ?? 0);
    if (!mark) throw new Error(`${name} does not run at present.`);
    signalProcess(mark, signal);
  }

  /** Ends a service in order and starts it again at once; resolves when it is ready. */
  async restart(name: string): Promise<void> {
    const entry = this.#entry(name);
    await entry.up;
    const { running } = entry;
    entry.running = undefined;
    await running?.stop();
    if (running) this.#options.registry.remove(running.pid);
    entry.up = this.#launch(entry);
    await entry.up;
  }

  /** Resolves when the service is up (again). */
  async whenUp(name: string): Promise<void> {
    const entry = this.#entry(name);
    while (!entry.running) {
      this.#ending.signal.throwIfAborted();
      await entry.up.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** From here on nothing is started again. */
  beginEnd(): void {
    this.#ending.abort(new Error('The stack is being taken down.'));
  }

  /** Ends the named services side by side; those that do not end within `graceMs` are killed. */
  async stop(names: readonly string[], graceMs: number): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        const entry = this.#entries.get(name);
        if (!entry) return;
        const mark = markOf(entry.pid ?? 0);
        const late = setTimeout(() => mark && signalProcess(mark, 'SIGKILL', true), graceMs);
        await (entry.running?.stop() ?? entry.up.catch(() => {}));
        clearTimeout(late);
        if (entry.pid !== undefined) this.#options.registry.remove(entry.pid);
        entry.log.close();
      }),
    );
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (!entry) throw new Error(`There is no service "${name}". There are: ${this.names.join(', ')}.`);
    return entry;
  }

  async #launch(entry: Entry): Promise<void> {
    const { service, log } = entry;
    const { registry, say } = this.#options;
    const startedAt = Date.now();
    const running = await service.launch({
      signal: this.#ending.signal,
      onSpawn: (pid) => {
        entry.pid = pid;
        registry.add(service.name, pid, service.stopSignal);
      },
      onLine: (line) => {
        log.write(line);
        const text = this.#ending.signal.aborted ? undefined : notableText(line);
        if (text !== undefined) say(`  ! ${service.name}: ${text}`);
      },
    });
    entry.running = running;
    void running.exited.then((how) => {
      // Somebody asked for it: restart() and stop() take the service out first, or the stack is ending.
      if (entry.running !== running || this.#ending.signal.aborted) return;
      entry.running = undefined;
      registry.remove(running.pid);
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) entry.failures = 0;
      entry.up = this.#revive(entry, how);
    });
  }

  async #revive(entry: Entry, how: string): Promise<void> {
    const { say, firstDelayMs, longestDelayMs } = this.#options;
    const { name } = entry.service;
    let reason = how;
    while (!this.#ending.signal.aborted) {
      const delay = Math.min(firstDelayMs * 2 ** entry.failures, longestDelayMs);
      entry.failures += 1;
      say(`  ! ${name} ${reason}; starting it again in ${(delay / 1000).toFixed(2)} s (its log: ${entry.log.path})`);
      await pause(delay, this.#ending.signal);
      if (this.#ending.signal.aborted) return;
      try {
        await this.#launch(entry);
        say(`  ✓ ${name} is up again`);
        return;
      } catch (error) {
        if (entry.pid !== undefined) this.#options.registry.remove(entry.pid);
        reason = `did not come up: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
      }
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
