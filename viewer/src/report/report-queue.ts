import type { PlaybackEvent, RecordEventsBody } from '@mm/api/contract';
import { retryAfterMs } from '../lib/retry-after.ts';

export type Report = Omit<PlaybackEvent, 'sequence'>;
type Sent = RecordEventsBody['events'];

export interface QueueParts {
  readonly publicId: string;
  readonly sessionId: string;
  readonly fetch: typeof fetch;
  readonly beacon: (url: string, body: string) => boolean;
  readonly now: () => number;
  /** Whether the viewer agrees to be measured, at this moment. */
  readonly hasConsent: () => boolean;
  /** The server says that this page should stop. */
  readonly onStop: () => void;
}

/** The contract takes so many events at once. */
const mostAtOnce = 50;
/** What piles up while the server cannot be reached; beyond it the oldest are given up. */
const mostHeld = 500;
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** Number 0, always: what claims the view. The server keeps it once. */
const claim: PlaybackEvent = { sequence: 0, kind: 'heartbeat', watched: [], rebufferSeconds: 0 };

/**
 * Reports of one viewer session, each with its number, until the server has taken them: what is lost on the way is sent again,
 * and what arrives twice counts once. Without consent nothing is held or sent but the claim of the view, which also asks
 * whether this page may go on.
 */
export class ReportQueue {
  private readonly parts: QueueParts;
  private held: PlaybackEvent[] = [];
  private next = 1;
  private failures = 0;
  private quietUntil = 0;
  private running: Promise<void> | null = null;

  constructor(parts: QueueParts) {
    this.parts = parts;
  }

  add(report: Report): void {
    if (!this.parts.hasConsent()) return;
    this.held.push({ ...report, sequence: this.next });
    this.next += 1;
    if (this.held.length > mostHeld) this.held.splice(0, this.held.length - mostHeld);
  }

  /** Sends what is held, or else just asks whether to go on. Rests after a failure, and while a report is under way. */
  flush(): Promise<void> {
    if (this.parts.now() < this.quietUntil) return Promise.resolve();
    this.running ??= this.send().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** The page may be gone in a moment: hands what is held to the browser. It stays held, since nobody tells what became of it. */
  leave(): void {
    if (!this.parts.hasConsent() || this.held.length === 0) return;
    this.parts.beacon(this.url, this.body(this.held.slice(0, mostAtOnce)));
  }

  private get url(): string {
    return `/api/share/${encodeURIComponent(this.parts.publicId)}/events`;
  }

  private body(events: Sent): string {
    return JSON.stringify({ sessionId: this.parts.sessionId, consent: this.parts.hasConsent(), events });
  }

  private async send(): Promise<void> {
    if (!this.parts.hasConsent()) this.held = [];
    const sent = this.held.slice(0, mostAtOnce - 1);
    let response: Response;
    let answer: unknown;
    try {
      response = await this.parts.fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: this.body([claim, ...sent]),
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        keepalive: true,
        signal: AbortSignal.timeout(10_000),
      });
      answer = response.ok ? await response.json() : null;
    } catch {
      return this.pause(0);
    }
    if (response.status === 429 || response.status >= 500) {
      return this.pause(retryAfterMs(response, this.parts.now()) ?? 0);
    }
    // Taken, or refused for good: sending the same again would help nobody.
    const last = sent.at(-1)?.sequence ?? 0;
    this.held = this.held.filter(({ sequence }) => sequence > last);
    this.failures = 0;
    if (response.status === 403 || isStop(answer)) this.parts.onStop();
  }

  private pause(atLeastMs: number): void {
    const growing = Math.min(firstPauseMs * 2 ** this.failures, longestPauseMs);
    this.failures += 1;
    this.quietUntil = this.parts.now() + Math.max(growing, atLeastMs);
  }
}

const isStop = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'mayContinue' in answer && answer.mayContinue === false;
