import { z } from 'zod';

/**
 * What a player needs for one video. The URLs carry a short-lived `token` (at most 15 minutes, SH-03); a renewed answer has
 * the same URLs but for that token, so a player can swap them without reloading.
 */
export const playback = z.object({
  playbackUrl: z.url().describe('HLS playlist with its token.'),
  posterUrl: z.url().describe('Still picture with its token.'),
  storyboardUrl: z.url().describe('WebVTT of the seek previews with its token.'),
  expiresAt: z.iso.datetime().describe('When the three tokens die.'),
  renewAfterSeconds: z.int().min(1).describe('Ask again after so many seconds: two thirds of the life of the tokens.'),
  title: z.string(),
  durationSeconds: z.number().nullable(),
  aspectRatio: z.string().nullable().describe('As Mux reports it, e.g. `16:9`.'),
});
export type Playback = z.output<typeof playback>;
