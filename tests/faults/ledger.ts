import { createHash } from 'node:crypto';
import { type DeliveryPlan, deliveryPlan } from './delivery-plan.ts';

/** What the outside world knows of one event of Mux. */
export type SentEvent = {
  readonly id: string;
  readonly type: string;
  readonly objectId: string;
  /** SHA-256 of the bytes that were signed, in hex. */
  readonly digest: string;
  readonly plan: DeliveryPlan;
  /** How often Mux has tried to deliver it. */
  attempts: number;
  /** How often we answered 2xx. */
  acknowledged: number;
  /** Mux gave up: it fell into the outage. */
  isGivenUp: boolean;
};

/** What was sent and what was answered, as nobody inside could falsify it. Everything the invariants know of the outside. */
export class Ledger {
  readonly #seed: number;
  readonly #events = new Map<string, SentEvent>();
  /** Upload jobs that a coach was told of with 201. */
  readonly acknowledgedUploads = new Set<string>();
  /** Answers that must never be given, whatever the fault: `POST /api/uploads answered 500`. */
  readonly wrongAnswers: string[] = [];
  /** How often each status was answered to a delivery; `none` when there was no answer. */
  readonly answers = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  get size(): number {
    return this.#events.size;
  }

  get events(): readonly SentEvent[] {
    return [...this.#events.values()];
  }

  /** The record of the event with these bytes, begun when it is seen for the first time. */
  eventOf(body: Buffer): SentEvent {
    const { id, type, object } = JSON.parse(body.toString('utf8')) as {
      id: string;
      type: string;
      object: { id: string };
    };
    const known = this.#events.get(id);
    if (known !== undefined) return known;
    const event: SentEvent = {
      id,
      type,
      objectId: object.id,
      digest: createHash('sha256').update(body).digest('hex'),
      plan: deliveryPlan(this.#seed, this.#events.size),
      attempts: 0,
      acknowledged: 0,
      isGivenUp: false,
    };
    this.#events.set(id, event);
    return event;
  }

  /** Counts an answer to a delivery; undefined when none came. */
  count(status: number | undefined): void {
    const key = String(status ?? 'none');
    this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
  }

  /** How often this was answered to deliveries so far. */
  answered(status: number): number {
    return this.answers.get(String(status)) ?? 0;
  }
}
