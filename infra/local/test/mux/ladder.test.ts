import { describe, expect, it } from 'vitest';
import { ladderFor } from '../../src/mux/transcode/ladder.ts';
import { planStoryboard } from '../../src/mux/transcode/storyboard-plan.ts';

const sizes = (width: number, height: number, cap = 1080) =>
  ladderFor({ width, height }, cap).map((rung) => `${rung.name} ${rung.width}x${rung.height}`);

describe('the ladder of renditions', () => {
  it.each([
    [1280, 720, ['720p 1280x720', '540p 960x540', '360p 640x360']],
    [1920, 1080, ['1080p 1920x1080', '810p 1440x810', '540p 960x540']],
    [720, 1280, ['720p 720x1280', '540p 540x960', '360p 360x640']],
    [640, 640, ['640p 640x640', '480p 480x480', '320p 320x320']],
  ])('of %d x %d has three rungs', (width, height, expected) => {
    expect(sizes(width, height)).toEqual(expected);
  });

  it('is capped by the resolution tier', () => {
    expect(sizes(3840, 2160)[0]).toBe('1080p 1920x1080');
    expect(sizes(3840, 2160, 2160)[0]).toBe('2160p 3840x2160');
  });

  it('never scales up, and leaves rungs out that nobody could see anything on', () => {
    expect(sizes(320, 180)).toEqual(['180p 320x180', '136p 242x136']);
    expect(sizes(64, 48)).toEqual(['48p 64x48']);
    expect(sizes(2, 2)).toEqual(['2p 2x2']);
  });

  it('has even sides only, whatever the source', () => {
    for (let width = 100; width < 400; width += 37) {
      for (let height = 101; height < 400; height += 41) {
        const rungs = ladderFor({ width, height }, 1080);
        expect(rungs.flatMap((rung) => [rung.width % 2, rung.height % 2])).toEqual(rungs.flatMap(() => [0, 0]));
        expect(new Set(rungs.map(({ name }) => name)).size).toBe(rungs.length);
      }
    }
  });
});

describe('the plan of a storyboard', () => {
  const plan = (durationSeconds: number, frameRate = 30) =>
    planStoryboard({ durationSeconds, frameRate, width: 1280, height: 720 });

  it('has 50 tiles, and 100 for more than a quarter of an hour', () => {
    expect(plan(60).starts).toHaveLength(50);
    expect(plan(900).starts).toHaveLength(50);
    expect(plan(901).starts).toHaveLength(100);
  });

  it('has no more tiles than there are frames', () => {
    expect(plan(0.5).starts).toHaveLength(15);
    expect(plan(0.01).starts).toEqual([0]);
  });

  it('has rising starts within the video, and rows for all of them', () => {
    const { starts, columns, rows, tileWidth, tileHeight } = plan(12.34);
    expect(starts[0]).toBe(0);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts.at(-1)).toBeLessThan(12.34);
    expect(columns * rows).toBeGreaterThanOrEqual(starts.length);
    expect([tileWidth, tileHeight]).toEqual([256, 144]);
  });
});
