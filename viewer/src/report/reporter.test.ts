import { describe, expect, it } from 'vitest';
import type { Report } from './report-queue.ts';
import { Reporter } from './reporter.ts';
import { type MeteredMedia, WatchMeter } from './watch-meter.ts';

/** A media element of which a test says what it plays. */
class Media extends EventTarget implements MeteredMedia {
  currentTime = 0;
  paused = false;
  ended = false;
  seeking = false;
  /** Plays from one place to another, as a clock that tells each half second. */
  plays(from: number, to: number): void {
    if (from !== this.currentTime) {
      this.currentTime = from;
      this.happens('seeking');
    }
    this.happens('playing');
    for (this.currentTime = from; this.currentTime < to; this.currentTime += 0.5) this.happens('timeupdate');
    this.currentTime = to;
    this.happens('timeupdate');
  }
  happens(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

function watch({ hasConsent = true } = {}) {
  const world = { now: 1_000_000, hasConsent, flushes: 0, left: 0, reports: [] as Report[] };
  const reporter = new Reporter({
    now: () => world.now,
    hasConsent: () => world.hasConsent,
    queue: {
      add: (report) => void world.reports.push(report),
      async flush() {
        world.flushes += 1;
      },
      leave() {
        world.left += 1;
      },
    },
  });
  const put = () => {
    const media = new Media();
    reporter.follow(media, new WatchMeter(media as MeteredMedia, () => world.now));
    return media;
  };
  const tickAfter = (ms: number) => {
    world.now += ms;
    reporter.tick();
  };
  return { world, reporter, put, tickAfter };
}

describe('what is reported of a video', () => {
  it('is asked about at once, then every seven seconds while it plays, and never while it rests', () => {
    const { world, put, tickAfter } = watch({ hasConsent: false });
    const media = put();
    expect(world.flushes).toBe(1);
    tickAfter(0);
    for (let second = 0; second < 21; second += 1) tickAfter(1_000);
    expect(world.flushes).toBe(5);
    media.paused = true;
    for (let second = 0; second < 60; second += 1) tickAfter(1_000);
    expect(world.flushes).toBe(5);
  });

  it('is what was played since the report before, across leaps and a player that was put in anew', () => {
    const { world, put, tickAfter } = watch();
    const first = put();
    first.plays(0, 7);
    tickAfter(7_000);
    first.plays(7, 9);
    first.plays(30, 35);
    tickAfter(7_000);
    const second = put();
    second.plays(34, 41);
    tickAfter(7_000);
    first.happens('pause');
    second.plays(10, 12);
    second.plays(11, 13);
    tickAfter(7_000);
    expect(world.reports.map(({ kind, watched }) => [kind, watched])).toEqual([
      ['play', []],
      ['heartbeat', [[0, 7]]],
      [
        'heartbeat',
        [
          [7, 9],
          [30, 35],
        ],
      ],
      ['play', []],
      ['heartbeat', [[34, 41]]],
      ['heartbeat', [[10, 13]]],
    ]);
  });

  it('leaves out what was played before the consent, and all after it is taken back; a scene seen again counts', () => {
    const { world, put, tickAfter } = watch({ hasConsent: false });
    const media = put();
    media.plays(0, 20);
    tickAfter(7_000);
    world.hasConsent = true;
    media.plays(20, 21);
    tickAfter(7_000);
    media.plays(5, 12);
    tickAfter(7_000);
    world.hasConsent = false;
    media.plays(12, 19);
    tickAfter(7_000);
    expect(world.reports.map(({ watched }) => watched)).toEqual([[], [[5, 12]]]);
  });

  it('counts a picture that stands still to load, but not one that was moved', () => {
    const { world, put, tickAfter } = watch();
    const media = put();
    media.currentTime = 3;
    media.happens('waiting');
    world.now += 1_500;
    media.happens('playing');
    media.seeking = true;
    media.happens('seeking');
    media.happens('waiting');
    world.now += 4_000;
    media.seeking = false;
    media.happens('playing');
    media.happens('waiting');
    tickAfter(1_500);
    tickAfter(7_000);
    expect(world.reports.slice(1).map(({ rebufferSeconds }) => rebufferSeconds)).toEqual([3, 7]);
  });

  it('tells the end, a failure with its code, and what is left when the page goes', () => {
    const { world, reporter, put } = watch();
    const media = put();
    media.plays(0, 8);
    media.happens('ended');
    reporter.failed('http-404');
    reporter.leave();
    expect(world.reports.slice(1).map(({ kind, errorCode, watched }) => [kind, errorCode, watched])).toEqual([
      ['ended', undefined, [[0, 8]]],
      ['error', 'http-404', []],
      ['heartbeat', undefined, []],
    ]);
    expect(world.left).toBe(1);
  });
});
