import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Delivery, WebhookEvent, WebhookEventStore } from '../store/webhook-events.ts';
import type { WebhookSecretStore } from '../store/webhook-secret.ts';
import { nextAttemptAt } from './backoff.ts';
import type { WebhookControls } from './controls.ts';
import { webhookSignature } from './signature.ts';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

export interface DispatcherOptions {
  /** Undefined: events are recorded and stay pending, as in a Mux environment without a webhook. Its secret is the first one. */
  readonly target: WebhookTarget | undefined;
  /** Delay before the second attempt, in milliseconds; it doubles from there. */
  readonly retryBaseMs: number;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
}

const MOST_AT_ONCE = 8;
/** The due time of an event that the controls hold: none that a clock reaches. */
const HELD_UNTIL = Number.MAX_SAFE_INTEGER;
/** setTimeout cannot wait longer than this; it then simply looks again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Sends the outbox. Several at once, so that no order is promised, as at the vendor. Each attempt is signed afresh, with
 * its own timestamp; anything but a 2xx in time is tried again later.
 */
export class WebhookDispatcher {
  readonly #events: WebhookEventStore;
  readonly #controls: WebhookControls;
  readonly #clock: Clock;
  readonly #options: DispatcherOptions;
  readonly #log: FastifyBaseLogger;
  readonly #closing = new AbortController();
  readonly #inFlight = new Map<string, Promise<unknown>>();
  /** Events that the controls have let through. */
  readonly #admitted = new Set<string>();
  readonly #secret: WebhookSecretStore;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    { events, webhookSecret }: { events: WebhookEventStore; webhookSecret: WebhookSecretStore },
    controls: WebhookControls,
    clock: Clock,
    options: DispatcherOptions,
    log: FastifyBaseLogger,
  ) {
    this.#events = events;
    this.#secret = webhookSecret;
    this.#controls = controls;
    this.#clock = clock;
    this.#options = options;
    this.#log = log;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Looks for work: at the start, after every recorded event and every attempt, and when a retry is due. */
  wake(): void {
    clearTimeout(this.#timer);
    if (this.#closing.signal.aborted || this.#options.target === undefined) return;
    const now = this.#clock.now();
    for (const event of this.#events.due(now, MOST_AT_ONCE + this.#inFlight.size)) {
      if (this.#inFlight.size >= MOST_AT_ONCE) break;
      if (!this.#inFlight.has(event.id) && this.#admit(event, now)) this.#start(event.id, () => this.#deliver(event));
    }
    const next = this.#events.nextDueAfter(now);
    if (next !== null && next < HELD_UNTIL) {
      this.#timer = setTimeout(() => this.wake(), Math.min(Math.max(next - now, 0), LONGEST_TIMER_MS));
    }
  }

  /** Whether the event may be tried now. A new one is shown to the controls first, once. */
  #admit(event: WebhookEvent, now: number): boolean {
    if (event.attempts > 0 || this.#admitted.has(event.id)) return true;
    const admission = this.#controls.admit(event.id);
    if (admission === 'drop') {
      this.#events.setState(event.id, 'dropped');
      this.#log.info({ eventId: event.id, eventType: event.type }, 'webhook dropped on request');
      return false;
    }
    if (admission !== 'send') {
      this.#events.postpone(event.id, HELD_UNTIL);
      if (admission !== 'keep') this.sendInOrder(admission.releaseReversed);
      return false;
    }
    this.#admitted.add(event.id);
    const due = event.createdAt + this.#controls.faults.delayMs;
    if (due <= now) return true;
    this.#events.postpone(event.id, due);
    return false;
  }

  /** Signs with this secret from now on, also after a restart, as a webhook that was made anew does. */
  signWith(secret: string): void {
    if (this.#options.target !== undefined) this.#secret.replace(this.#options.target.secret, secret);
  }

  /** Sends these events one after the other, whatever the controls say. A failed one is retried like any other. */
  sendInOrder(eventIds: readonly string[]): void {
    let previous: Promise<unknown> = Promise.resolve();
    for (const id of eventIds) {
      const event = this.#events.find(id);
      if (event === undefined) continue;
      this.#admitted.add(id);
      const after = previous;
      previous = this.#start(id, async () => {
        await after;
        await this.#deliver(event);
      });
    }
  }

  /** Sends an event once more, now, whatever became of it. Returns how that attempt ended, or undefined: no such event. */
  async redeliver(eventId: string): Promise<Pick<Delivery, 'outcome' | 'status'> | undefined> {
    const event = this.#events.find(eventId);
    if (event === undefined) return undefined;
    await this.#inFlight.get(eventId);
    return this.#start(eventId, () => this.#attempt(event));
  }

  /** Stops sending. Attempts under way are broken off; they stay pending and are sent again at the next start. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the double is closing'));
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#inFlight.values());
  }

  #start<T>(eventId: string, work: () => Promise<T>): Promise<T> {
    const running = work().finally(() => {
      this.#inFlight.delete(eventId);
      this.wake();
    });
    this.#inFlight.set(eventId, running);
    // A failure is the caller's to handle where there is one; for the others it is logged, never unhandled.
    running.catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#log.error({ err: error, eventId }, 'webhook delivery broke');
    });
    return running;
  }

  async #deliver(event: WebhookEvent): Promise<void> {
    const { outcome } = await this.#attempt(event);
    if (outcome !== 'delivered') return;
    for (let copy = this.#controls.faults.duplicate; copy > 0; copy -= 1) await this.#attempt(event);
  }

  async #attempt(event: WebhookEvent): Promise<Pick<Delivery, 'outcome' | 'status'>> {
    const result = await this.#post(event.body);
    this.#closing.signal.throwIfAborted();
    // A reset may have forgotten the event in the meantime.
    if (this.#events.find(event.id) === undefined) return result;
    const now = this.#clock.now();
    const attempt = this.#events.recordAttempt(event.id, result.outcome, result.status, now);
    if (result.outcome === 'delivered') {
      this.#events.setState(event.id, 'delivered');
      this.#admitted.delete(event.id);
    } else if (this.#events.find(event.id)?.state === 'pending') {
      const next = nextAttemptAt(attempt, event.createdAt, now, this.#options.retryBaseMs);
      if (next === null) this.#events.setState(event.id, 'abandoned');
      else this.#events.postpone(event.id, next);
    }
    this.#log.info({ eventId: event.id, eventType: event.type, attempt, ...result }, 'webhook attempt');
    return result;
  }

  async #post(body: string): Promise<Pick<Delivery, 'outcome' | 'status'>> {
    const { target, timeoutMs } = this.#options;
    if (target === undefined) throw new Error('there is no webhook to send to');
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'mux-signature': webhookSignature(body, this.#secret.inUse(target.secret), this.#clock.now()),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([timeout, this.#closing.signal]),
      });
      await response.body?.cancel();
      return { outcome: response.ok ? 'delivered' : 'refused', status: response.status };
    } catch {
      return { outcome: timeout.aborted ? 'timeout' : 'unreachable', status: null };
    }
  }
}
