import { z } from 'zod';

/** One rung of the ladder as it lies on the disk: `<name>/index.m3u8` and its segments. */
const rendition = z.object({
  /** The folder's name and the one in URLs, such as `720p`. */
  name: z.string(),
  width: z.number(),
  height: z.number(),
  frameRate: z.number(),
  /** RFC 6381, such as `avc1.4d401f,mp4a.40.2`. */
  codecs: z.string(),
  /** Bits per second: the busiest segment, and the mean. */
  bandwidth: z.number(),
  averageBandwidth: z.number(),
});

const storyboard = z.object({
  tileWidth: z.number(),
  tileHeight: z.number(),
  columns: z.number(),
  /** Start of each tile in seconds. */
  starts: z.array(z.number()),
});

/** Subtitles or captions, `text/<id>.vtt` on the disk. */
const textTrack = z.object({
  id: z.string(),
  name: z.string(),
  languageCode: z.string(),
  closedCaptions: z.boolean(),
  passthrough: z.string().nullable(),
});

/** What the double knows of an asset's media once it is ready. */
export const assetMedia = z.object({
  durationSeconds: z.number(),
  width: z.number(),
  height: z.number(),
  frameRate: z.number(),
  container: z.string(),
  videoCodec: z.string(),
  audio: z.object({ codec: z.string(), sampleRate: z.number(), channels: z.number(), trackId: z.string() }).nullable(),
  videoTrackId: z.string(),
  renditions: z.array(rendition).min(1),
  storyboard,
  textTracks: z.array(textTrack).default([]),
});

export type TextTrack = z.infer<typeof textTrack>;
export type AssetMedia = z.infer<typeof assetMedia>;
export type Rendition = z.infer<typeof rendition>;
export type Storyboard = z.infer<typeof storyboard>;
