import { z } from 'zod';

/** A row of `rpc/retention_curve`: a piece of the video, and which part of it a measured play watched on average, 0 to 1. */
export const curvePiece = z.object({
  piece: z.int(),
  from_seconds: z.number(),
  to_seconds: z.number(),
  watched: z.number(),
});
export type CurvePiece = z.output<typeof curvePiece>;

/** A row of `rpc/plays_over_time`; the day is of the asked time zone. */
export const dayOfPlays = z.object({
  day: z.iso.date(),
  play_count: z.int(),
  measured_count: z.int(),
  watch_seconds: z.number(),
});
export type DayOfPlays = z.output<typeof dayOfPlays>;

/** Whose plays: of a link, or of a video over all its links. */
export type PlaysOf = { share_token_id: string } | { video_id: string };
