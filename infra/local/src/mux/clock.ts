/** The time as the double sees it. Tests move the clock of the token check without touching anything else. */
export class Clock {
  #tokenOffsetMs = 0;

  /** Milliseconds since the epoch: for everything but tokens. */
  now(): number {
    return Date.now();
  }

  /** The moment at which playback tokens are judged. */
  tokenTime(): Date {
    return new Date(Date.now() + this.#tokenOffsetMs);
  }

  get tokenOffsetSeconds(): number {
    return this.#tokenOffsetMs / 1000;
  }

  /** Moves the clock of the token check; negative is into the past. */
  setTokenOffset(seconds: number): void {
    this.#tokenOffsetMs = seconds * 1000;
  }
}
