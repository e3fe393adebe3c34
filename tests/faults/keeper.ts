import { createWriteStream, type WriteStream } from 'node:fs';
import { nodeService } from '@mm/local/service';

export type KeeperOptions = {
  readonly name: string;
  /** Absolute path. */
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ready: { ask: () => Promise<boolean> } | { line: RegExp };
  /** File that takes everything it writes. */
  readonly logFile: string;
  /** Milliseconds after which what is awaited of it is given up; a minute unless given. */
  readonly patienceMs?: number;
};

/** Milliseconds before another start of a program that could not start: its database may be away. */
const pauseMs = 200;

/** That one process is to die at a point. */
type Arm = {
  readonly point: string;
  state: 'wanted' | 'hit' | 'given up';
};

/** Keeps a program running, as a supervisor does: when it ends, however it ends, it is started again. It can be told where to die. */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #log: WriteStream;
  readonly #ending = new AbortController();
  /** Where the next processes are to die, one each. */
  readonly #toArm: Arm[] = [];
  readonly #hit = new Set<string>();
  readonly #changed = new Set<() => void>();
  #pid: number | undefined;
  #isUp = false;
  #starts = 0;
  #isKilling = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#log = createWriteStream(options.logFile, { flags: 'a' });
  }

  /** Points that a process died at. */
  get hit(): ReadonlySet<string> {
    return this.#hit;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#starts;
  }

  async start(): Promise<void> {
    this.#running = this.#run();
    await this.whenUp();
  }

  /** Resolves when it is ready for work. */
  whenUp(): Promise<void> {
    return this.#until(() => this.#isUp, 'is not ready');
  }

  /** Kills it, by SIGKILL; resolves when another is ready. */
  async kill(): Promise<void> {
    const before = this.#starts;
    this.#killNow();
    await this.#until(() => this.#starts > before && this.#isUp, 'did not come back');
  }

  /**
   * Kills it, and starts one that dies at this point; resolves when it has died there and a third is ready.
   * @throws when none comes to the point in time; none is to die there any more then
   */
  async dieAt(point: string): Promise<void> {
    const arm: Arm = { point, state: 'wanted' };
    this.#toArm.push(arm);
    this.#killNow();
    try {
      // This very one: others may have died at the same point before.
      await this.#until(() => arm.state === 'hit', `did not come to ${point}`);
    } finally {
      // One that is given up and stayed would be in the way of all that come after it.
      if (arm.state === 'wanted') arm.state = 'given up';
    }
    await this.whenUp();
  }

  /** Asks it to end, and starts none. */
  async close(): Promise<void> {
    this.#ending.abort();
    if (this.#pid !== undefined) process.kill(this.#pid, 'SIGTERM');
    await this.#running;
    this.#log.end();
  }

  /** For the end of the program by a signal. */
  destroy(): void {
    this.#ending.abort();
    this.#killNow();
  }

  #killNow(): void {
    if (this.#pid === undefined) return;
    this.#isKilling = true;
    try {
      process.kill(this.#pid, 'SIGKILL');
    } catch {
      // It has ended this very moment.
    }
  }

  async #run(): Promise<void> {
    while (!this.#ending.signal.aborted) {
      const armed = this.#nextArm();
      this.#starts += 1;
      this.#isKilling = false;
      const how = await this.#runOnce(armed?.point);
      this.#isUp = false;
      this.#pid = undefined;
      if (armed !== undefined && how.includes('SIGKILL') && !this.#isKilling) {
        this.#hit.add(armed.point.split('#')[0] ?? armed.point);
        armed.state = 'hit';
      } else if (armed !== undefined) {
        // Somebody else was quicker.
        this.#toArm.unshift(armed);
      }
      this.#announce();
      if (!how.includes('SIGKILL') && !this.#ending.signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }

  #nextArm(): Arm | undefined {
    let arm = this.#toArm.shift();
    while (arm?.state === 'given up') arm = this.#toArm.shift();
    return arm;
  }

  /** Runs one process to its end. Answers how it ended, in words. */
  async #runOnce(armed: string | undefined): Promise<string> {
    const { logFile, env, patienceMs: _, ...service } = this.#options;
    try {
      const running = await nodeService({
        ...service,
        env: { ...env, ...(armed === undefined ? {} : { CRASH_POINT: armed }) },
      }).launch({
        signal: this.#ending.signal,
        onSpawn: (pid) => {
          this.#pid = pid;
        },
        onLine: (line) => void this.#log.write(`${line}\n`),
      });
      this.#isUp = true;
      this.#announce();
      return await running.exited;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.write(`${message}\n`);
      return message.split('\n')[0] ?? message;
    }
  }

  #announce(): void {
    for (const wake of [...this.#changed]) wake();
  }

  async #until(condition: () => boolean, complaint: string): Promise<void> {
    const { name, logFile, patienceMs = 60_000 } = this.#options;
    const deadline = Date.now() + patienceMs;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`${name} ${complaint} within ${patienceMs / 1_000} s (${logFile}).`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, 250);
        const changed = this.#changed;
        function done(): void {
          clearTimeout(timer);
          changed.delete(done);
          resolve();
        }
        changed.add(done);
      });
    }
  }
}
