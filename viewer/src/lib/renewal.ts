import { tokenOf } from './playback-token.ts';
import type { Grant } from './share-answer.ts';
import type { Granted, ShareOutcome } from './share-client.ts';

/** Answers after which this page may not play on. */
export type Ending = Extract<ShareOutcome, { kind: 'unavailable' | 'processing' | 'needs' | 'framed' }>;

export interface RenewalParts {
  readonly request: (signal: AbortSignal) => Promise<ShareOutcome>;
  /** Milliseconds since the epoch by the device's clock; only differences of it count. */
  readonly now: () => number;
  readonly setTimer: (run: () => void, delayMs: number) => unknown;
  readonly clearTimer: (timer: unknown) => void;
  /** False while nobody watches: renewal then rests until `wake` (no plays are recorded for a forgotten tab). */
  readonly isWatched: () => boolean;
}

export interface RenewalEvents {
  readonly renewed: (grant: Grant) => void;
  /** The link no longer plays: stop at once (VW-05). */
  readonly ended: (ending: Ending) => void;
  /** True when the current token has died and no new one could be had; false once one could. */
  readonly stuck: (isStuck: boolean) => void;
}

/** Thrown to whoever waits for a token that will never come. */
export class RenewalOver extends Error {}

/** Tokens are not sent in their last moments, lest they die on the way. */
const marginMs = 1_000;
const firstRetryMs = 1_000;
const longestRetryMs = 15_000;

/**
 * Keeps one playback token current (VW-02): asks for the next at `renewAfterSeconds`, tries again with growing pauses while
 * the server cannot be reached, and tells when the link has ended. A device that slept finds its timers late, so whoever
 * needs a token asks `usableToken`, which waits for the renewal rather than hand out a dead one.
 */
export class Renewal {
  private readonly parts: RenewalParts;
  private readonly events: RenewalEvents;
  private readonly abort = new AbortController();
  private readonly given = new Set<string>();
  private grant: Grant;
  private token = '';
  private renewAt = 0;
  private deadAt = 0;
  private failures = 0;
  private isStuck = false;
  private timer: unknown;
  private running: Promise<void> | null = null;
  private change = Promise.withResolvers<void>();

  constructor(first: Granted, parts: RenewalParts, events: RenewalEvents) {
    this.parts = parts;
    this.events = events;
    this.grant = first.grant;
    this.take(first);
  }

  get current(): Grant {
    return this.grant;
  }

  get issued(): ReadonlySet<string> {
    return this.given;
  }

  get isOver(): boolean {
    return this.abort.signal.aborted;
  }

  /** A token that the stream still takes; waits for a renewal when there is none. @throws RenewalOver when the link has ended. */
  async usableToken(): Promise<string> {
    while (!this.isOver) {
      if (this.parts.now() < this.deadAt - marginMs) return this.token;
      const changed = this.change.promise;
      this.setStuck(this.failures > 0);
      // After a failure the next try is planned already, unless its timer fired while nobody watched.
      if (this.failures === 0 || this.timer === undefined) void this.renew();
      await changed;
    }
    throw new RenewalOver();
  }

  /** The stream refused this token: it counts as dead, whatever its date says. */
  reject(token: string): void {
    if (token === this.token) this.deadAt = 0;
  }

  /** To be called when the tab comes back into view or online, and when playing resumes: timers may have been asleep. */
  wake(): void {
    if (this.isOver) return;
    if (this.failures > 0 || this.parts.now() >= this.renewAt) void this.renew();
  }

  /** Asks for the next token now; calls that come while it runs share it. Never rejects. */
  renew(): Promise<void> {
    this.running ??= this.ask().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Stops for good; whoever waits for a token is told. */
  stop(): void {
    if (this.isOver) return;
    this.clearTimer();
    this.abort.abort();
    this.change.resolve();
  }

  private async ask(): Promise<void> {
    this.clearTimer();
    let outcome: ShareOutcome;
    try {
      outcome = await this.parts.request(this.abort.signal);
    } catch {
      return;
    }
    if (this.isOver) return;
    if (outcome.kind === 'granted') {
      this.take(outcome);
      this.setStuck(false);
      this.events.renewed(outcome.grant);
      this.announceChange();
    } else if (outcome.kind !== 'rate-limited' && outcome.kind !== 'unreachable') {
      this.stop();
      this.events.ended(outcome);
    } else {
      const pause = Math.min(firstRetryMs * 2 ** this.failures, longestRetryMs);
      this.failures += 1;
      this.setStuck(this.parts.now() >= this.deadAt - marginMs);
      this.plan(Math.max(pause, outcome.waitMs ?? 0));
    }
  }

  private take({ grant, receivedAt, serverOffset }: Granted): void {
    this.grant = grant;
    this.token = tokenOf(grant.playbackUrl) ?? '';
    this.given.add(this.token);
    this.failures = 0;
    this.deadAt = Date.parse(grant.expiresAt) - serverOffset;
    this.renewAt = receivedAt + grant.renewAfterSeconds * 1000;
    this.plan(Math.max(0, this.renewAt - this.parts.now()));
  }

  private plan(delayMs: number): void {
    this.clearTimer();
    this.timer = this.parts.setTimer(() => {
      this.timer = undefined;
      if (this.parts.isWatched()) void this.renew();
    }, delayMs);
  }

  private clearTimer(): void {
    if (this.timer !== undefined) this.parts.clearTimer(this.timer);
    this.timer = undefined;
  }

  private setStuck(isStuck: boolean): void {
    if (isStuck === this.isStuck) return;
    this.isStuck = isStuck;
    this.events.stuck(isStuck);
  }

  private announceChange(): void {
    const settled = this.change;
    this.change = Promise.withResolvers<void>();
    settled.resolve();
  }
}
