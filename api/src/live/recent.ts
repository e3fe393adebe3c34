import type { Change } from './changes.ts';

interface Heard {
  readonly at: number;
  readonly change: Change;
}

const keptMs = 120_000;
const keptChanges = 2_000;

/** The last changes that this process has heard of: what a stream missed while it was between two connections. */
export class RecentChanges {
  #heard: Heard[] = [];
  /** Everything after this is here. */
  #from = 0;

  add(at: number, change: Change): void {
    this.#heard.push({ at, change });
    const old = this.#heard.findIndex((heard) => heard.at > at - keptMs);
    const drop = Math.max(old, this.#heard.length - keptChanges);
    if (drop > 0) {
      this.#from = this.#heard[drop - 1]?.at ?? this.#from;
      this.#heard = this.#heard.slice(drop);
    }
  }

  /** All changes since then; undefined when some of them are not here any more. */
  since(at: number): readonly Change[] | undefined {
    return at < this.#from ? undefined : this.#heard.flatMap((heard) => (heard.at >= at ? [heard.change] : []));
  }

  clear(): void {
    this.#heard = [];
    this.#from = 0;
  }
}
