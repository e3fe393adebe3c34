/** Where the launcher's lines go; a test collects them, the command prints them. */
export type LineSink = (line: string) => void;

/** Says how a step is getting on: shown with the time it has taken so far. */
export type Progress = (detail: string) => void;

const FIRST_SIGN_MS = 1_000;
const NEXT_SIGNS_MS = 5_000;

/**
 * The launcher's voice. A step that takes longer than a second says that it is under way, then every five seconds how it is
 * getting on, and at last how long it took. Whole lines only: steps run side by side, and a log file keeps them readable.
 */
export class Terminal {
  readonly #print: LineSink;

  constructor(print: LineSink) {
    this.#print = print;
  }

  say(line: string): void {
    this.#print(line);
  }

  /** @param outcome what is to be said of the result, when it is worth a word */
  async step<Result>(
    title: string,
    work: (progress: Progress) => Promise<Result>,
    outcome: (result: Result) => string = () => '',
  ): Promise<Result> {
    const started = performance.now();
    let detail = '';
    const report = (): void => this.#print(`  … ${title}${detail && `: ${detail}`} (${elapsed(started)})`);
    let next: NodeJS.Timeout = setTimeout(function again() {
      report();
      next = setTimeout(again, NEXT_SIGNS_MS);
    }, FIRST_SIGN_MS);
    try {
      const result = await work((text) => {
        detail = text;
      });
      const said = outcome(result);
      this.#print(`  ✓ ${title}${said && `: ${said}`} (${elapsed(started)})`);
      return result;
    } catch (error) {
      this.#print(`  ✗ ${title} (${elapsed(started)})`);
      throw error;
    } finally {
      clearTimeout(next);
    }
  }
}

/** Seconds since `started` (performance.now()), for people. */
export function elapsed(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
