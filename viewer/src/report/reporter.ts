import type { Report, ReportQueue } from './report-queue.ts';
import type { MeteredMedia, WatchMeter } from './watch-meter.ts';

/** A video that is watched asks so often whether to go on: a link that was cut off stops within ten seconds. */
const beatMs = 7_000;

/** The contract takes so many parts with one report. */
const mostParts = 50;

export interface ReporterParts {
  readonly queue: Pick<ReportQueue, 'add' | 'flush' | 'leave'>;
  readonly now: () => number;
  readonly hasConsent: () => boolean;
}

/**
 * Turns what the media does into reports. Seconds are told as the parts of the video that were played since the report before,
 * which the server joins, so that a scene seen twice counts once (AN-03). What was played before somebody agreed to be measured
 * is never told.
 */
export class Reporter {
  private readonly parts: ReporterParts;
  private media: MeteredMedia | null = null;
  private meter: WatchMeter | null = null;
  private hadConsent = false;
  private beatAt = 0;

  constructor(parts: ReporterParts) {
    this.parts = parts;
  }

  /** Another media element plays now: the first, or the one of a player that was put in anew. */
  follow(media: MeteredMedia, meter: WatchMeter): void {
    this.media = media;
    this.meter = meter;
    const current = (act: () => void) => () => {
      if (this.media === media) act();
    };
    media.addEventListener(
      'play',
      current(() => this.tell('play')),
    );
    media.addEventListener(
      'pause',
      current(() => this.tell('heartbeat')),
    );
    media.addEventListener(
      'ended',
      current(() => this.tell('ended')),
    );
    this.tell('play');
  }

  /** To be called each second. */
  tick(): void {
    if (this.media === null || this.media.paused || this.media.ended) return;
    if (this.parts.now() - this.beatAt >= beatMs) this.tell('heartbeat');
  }

  failed(errorCode: string): void {
    this.tell('error', errorCode);
  }

  /** The page is hidden, or goes. */
  leave(): void {
    if (this.measure('heartbeat')) this.parts.queue.leave();
  }

  private tell(kind: Report['kind'], errorCode?: string): void {
    if (kind !== 'play') this.beatAt = this.parts.now();
    this.measure(kind, errorCode);
    void this.parts.queue.flush();
  }

  private measure(kind: Report['kind'], errorCode?: string): boolean {
    const { media, meter } = this;
    const hasConsent = this.parts.hasConsent();
    if (media === null || meter === null) return false;
    const played = meter.takePlayed();
    const rebufferSeconds = Math.min(meter.takeRebuffer(), 86_400);
    const isNew = hasConsent && !this.hadConsent;
    this.hadConsent = hasConsent;
    if (!hasConsent) return false;
    this.parts.queue.add({
      kind,
      occurredAt: new Date(this.parts.now()).toISOString(),
      positionSeconds: media.currentTime,
      watched: isNew ? [] : played.slice(-mostParts).map(([from, to]) => [from, to]),
      rebufferSeconds: isNew ? 0 : rebufferSeconds,
      ...(errorCode === undefined ? {} : { errorCode }),
    });
    return true;
  }
}
