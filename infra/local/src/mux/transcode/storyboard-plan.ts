/** Where the tiles of a storyboard are and when each begins. */
export interface StoryboardPlan {
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly columns: number;
  readonly rows: number;
  /** Start of each tile in seconds, rising from 0. */
  readonly starts: readonly number[];
}

const COLUMNS = 5;
const LONGER_SIDE = 256;
const LONG_VIDEO_SECONDS = 15 * 60;

/**
 * 50 tiles, or 100 for a video longer than 15 minutes (source: https://www.mux.com/docs/guides/create-timeline-hover-previews);
 * a video with fewer frames than that gets one tile per frame.
 */
export function planStoryboard(source: {
  durationSeconds: number;
  width: number;
  height: number;
  frameRate: number;
}): StoryboardPlan {
  const wanted = source.durationSeconds > LONG_VIDEO_SECONDS ? 100 : 50;
  const frames = source.frameRate > 0 ? Math.floor(source.durationSeconds * source.frameRate) : wanted;
  const tiles = Math.max(1, Math.min(wanted, frames));
  const scale = LONGER_SIDE / Math.max(source.width, source.height);
  const side = (length: number) => Math.max(2, Math.round((length * scale) / 2) * 2);
  return {
    tileWidth: side(source.width),
    tileHeight: side(source.height),
    columns: COLUMNS,
    rows: Math.ceil(tiles / COLUMNS),
    starts: Array.from({ length: tiles }, (_, index) => round((source.durationSeconds * index) / tiles)),
  };
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
