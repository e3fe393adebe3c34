/** What tests may do to the delivery of webhooks. Kept in memory only: a restart delivers normally again. */
export interface WebhookFaults {
  /** Milliseconds between an event and its first attempt. */
  delayMs: number;
  /** So many of the next events are never sent. */
  dropNext: number;
  /** So many extra copies follow each delivered event. */
  duplicate: number;
  /** 0, or the number of events that are collected and then sent in reverse, one after the other. */
  reorder: number;
  /** Events are collected until they are released. */
  hold: boolean;
}

export const NO_FAULTS: Readonly<WebhookFaults> = { delayMs: 0, dropNext: 0, duplicate: 0, reorder: 0, hold: false };

/** What is to happen to an event that has not been tried yet. */
export type Admission = 'send' | 'drop' | 'keep' | { readonly releaseReversed: readonly string[] };

/** Decides on each new event once, in the order in which events come up. */
export class WebhookControls {
  #faults: WebhookFaults = { ...NO_FAULTS };
  #held: string[] = [];

  get faults(): Readonly<WebhookFaults> {
    return this.#faults;
  }

  get heldIds(): readonly string[] {
    return this.#held;
  }

  set(change: Partial<WebhookFaults>): void {
    this.#faults = { ...this.#faults, ...change };
  }

  admit(eventId: string): Admission {
    if (this.#faults.dropNext > 0) {
      this.#faults.dropNext -= 1;
      return 'drop';
    }
    if (!this.#faults.hold && this.#faults.reorder === 0) return 'send';
    this.#held.push(eventId);
    if (this.#faults.hold || this.#held.length < this.#faults.reorder) return 'keep';
    return { releaseReversed: this.release('reversed') };
  }

  /** Lets go of the collected events and returns their ids in the order in which they are to be sent. */
  release(order: 'forward' | 'reversed'): string[] {
    const released = order === 'forward' ? this.#held : this.#held.toReversed();
    this.#held = [];
    return released;
  }

  /** Back to normal. Returns what was held, in order, to be sent now. */
  reset(): string[] {
    this.#faults = { ...NO_FAULTS };
    return this.release('forward');
  }
}
