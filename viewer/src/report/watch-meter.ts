import { type Interval, merged } from './intervals.ts';

/** The parts of a media element that are measured; a test gives its own. */
export type MeteredMedia = Pick<HTMLMediaElement, 'currentTime' | 'paused' | 'ended' | 'seeking' | 'addEventListener'>;

/**
 * What one media element has played and how long it stood still to load, since it was last asked. A leap to another place plays
 * nothing, and a picture that waits because of one does not count as standing still.
 */
export class WatchMeter {
  private readonly media: MeteredMedia;
  private readonly now: () => number;
  private parts: Interval[] = [];
  /** Where the part begins that plays now, and how far it has come; null while nothing plays. */
  private run: { from: number; to: number } | null = null;
  private stillSince: number | null = null;
  private stillMs = 0;

  constructor(media: MeteredMedia, now: () => number) {
    this.media = media;
    this.now = now;
    for (const event of ['playing', 'timeupdate']) media.addEventListener(event, () => this.advance());
    for (const event of ['pause', 'ended']) {
      media.addEventListener(event, () => {
        this.reach();
        this.endRun();
      });
    }
    // By now the clock shows where the leap goes to.
    for (const event of ['seeking', 'emptied']) media.addEventListener(event, () => this.endRun());
    media.addEventListener('waiting', () => {
      if (!media.seeking && !media.paused && media.currentTime > 0) this.stillSince ??= now();
    });
    for (const event of ['playing', 'seeking', 'pause', 'ended', 'emptied']) {
      media.addEventListener(event, () => this.settle());
    }
  }

  /** Seconds of the video that were played since the call before. */
  takePlayed(): Interval[] {
    if (!this.media.paused && !this.media.seeking) this.reach();
    const { run } = this;
    const played = merged(run === null ? this.parts : [...this.parts, [run.from, run.to]]);
    this.parts = [];
    if (run !== null) run.from = run.to;
    return played;
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

  private advance(): void {
    const { paused, seeking, currentTime } = this.media;
    if (paused || seeking) return;
    if (this.run === null) this.run = { from: currentTime, to: currentTime };
    else this.reach();
  }

  private reach(): void {
    if (this.run !== null) this.run.to = Math.max(this.run.to, this.media.currentTime);
  }

  private endRun(): void {
    if (this.run !== null) this.parts.push([this.run.from, this.run.to]);
    this.run = null;
  }

  private settle(): void {
    if (this.stillSince !== null) this.stillMs += this.now() - this.stillSince;
    this.stillSince = null;
  }
}
