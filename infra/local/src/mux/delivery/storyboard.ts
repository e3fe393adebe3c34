import type { Storyboard } from '../store/media.ts';

interface Tile {
  readonly start: number;
  readonly end: number;
  readonly x: number;
  readonly y: number;
}

function tilesOf(storyboard: Storyboard, durationSeconds: number): Tile[] {
  return storyboard.starts.map((start, index) => ({
    start,
    end: storyboard.starts[index + 1] ?? durationSeconds,
    x: (index % storyboard.columns) * storyboard.tileWidth,
    y: Math.floor(index / storyboard.columns) * storyboard.tileHeight,
  }));
}

/**
 * The storyboard's metadata as JSON. `imageUrl` is absolute and carries the token.
 * Source of both shapes: https://www.mux.com/docs/guides/create-timeline-hover-previews.
 */
export function storyboardJson(storyboard: Storyboard, durationSeconds: number, imageUrl: string): object {
  return {
    url: imageUrl,
    tile_width: storyboard.tileWidth,
    tile_height: storyboard.tileHeight,
    duration: durationSeconds,
    tiles: tilesOf(storyboard, durationSeconds).map(({ start, x, y }) => ({ start, x, y })),
  };
}

/** The same as a WebVTT metadata track: one cue per tile. */
export function storyboardVtt(storyboard: Storyboard, durationSeconds: number, imageUrl: string): string {
  const { tileWidth, tileHeight } = storyboard;
  const cues = tilesOf(storyboard, durationSeconds).map(
    ({ start, end, x, y }) =>
      `${timestamp(start)} --> ${timestamp(end)}\n${imageUrl}#xywh=${x},${y},${tileWidth},${tileHeight}\n`,
  );
  return `WEBVTT\n\n${cues.join('\n')}`;
}

/** `hh:mm:ss.mmm` */
function timestamp(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const pad = (value: number, digits: number) => String(Math.floor(value)).padStart(digits, '0');
  return `${pad(ms / 3_600_000, 2)}:${pad((ms / 60_000) % 60, 2)}:${pad((ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`;
}
