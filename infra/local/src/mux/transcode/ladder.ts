/** One rung: what the picture is scaled to. */
export interface Rung {
  /** By its shorter side, as Mux names renditions: `720p` is also 405 x 720 upright. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** Parts of the top rung's shorter side: 720 gives 720, 540 and 360. */
const PARTS = [1, 0.75, 0.5];
/** Nobody can see anything on a picture smaller than this: a rung below it is left out, unless it is the only one. */
const SMALLEST_SIDE = 96;

/** H.264 with 4:2:0 colour wants even sides. */
function even(length: number): number {
  return Math.max(2, Math.round(length / 2) * 2);
}

/**
 * The renditions of a source, largest first: the source itself, capped at `highestSide` pixels on the shorter side, then
 * three quarters and half of it. Never scaled up. Three rungs, or fewer for a picture so small that they would be useless.
 */
export function ladderFor(source: { width: number; height: number }, highestSide: number): Rung[] {
  const shorter = Math.min(source.width, source.height);
  const top = Math.min(shorter, highestSide);
  const sides = PARTS.map((part) => even(top * part));
  return sides
    .filter((side, index) => index === 0 || (side >= SMALLEST_SIDE && side < (sides[index - 1] ?? 0)))
    .map((side) => {
      const scale = side / shorter;
      const upright = source.height > source.width;
      const longer = even(Math.max(source.width, source.height) * scale);
      return { name: `${side}p`, width: upright ? side : longer, height: upright ? longer : side };
    });
}
