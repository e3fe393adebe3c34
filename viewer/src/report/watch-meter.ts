import type { Interval } from './intervals.ts';

/** The parts of a media element that are measured; a test gives its own. */
export type MeteredMedia = Pick<
  HTMLMediaElement,
  'currentTime' | 'paused' | 'ended' | 'seeking' | 'played' | 'addEventListener'
>;

/**
 * What one media element has played and how long it stood still to load. The browser itself keeps `played`, without what was
 * skipped; a picture that waits because somebody has just moved to another place does not count as standing still.
 */
export class WatchMeter {
  private readonly media: MeteredMedia;
  private readonly now: () => number;
  private stillSince: number | null = null;
  private stillMs = 0;

  constructor(media: MeteredMedia, now: () => number) {
    this.media = media;
    this.now = now;
    media.addEventListener('waiting', () => {
      if (!media.seeking && !media.paused && media.currentTime > 0) this.stillSince ??= now();
    });
    for (const event of ['playing', 'seeking', 'pause', 'ended', 'emptied']) {
      media.addEventListener(event, () => this.settle());
    }
  }

  /** Seconds of the video that were played so far. */
  played(): Interval[] {
    const { played } = this.media;
    return Array.from({ length: played.length }, (_, n): Interval => [played.start(n), played.end(n)]);
  }

  /** Seconds of standing still since the call before. */
  takeRebuffer(): number {
    const isStill = this.stillSince !== null;
    this.settle();
    if (isStill) this.stillSince = this.now();
    const seconds = this.stillMs / 1000;
    this.stillMs = 0;
    return seconds;
  }

  private settle(): void {
    if (this.stillSince !== null) this.stillMs += this.now() - this.stillSince;
    this.stillSince = null;
  }
}
