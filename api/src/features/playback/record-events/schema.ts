import { z } from 'zod';

export const recordEventsParams = z.object({
  publicId: z.string().describe('The id in the path of the link, `/s/<publicId>`.'),
});
export type RecordEventsParams = z.output<typeof recordEventsParams>;

const seconds = z.number().min(0).max(172_800);

export const playbackEvent = z.object({
  sequence: z
    .int()
    .min(0)
    .max(100_000)
    .describe('Counts the events of the session from 0. Sent again, it is the same event.'),
  kind: z.enum(['play', 'heartbeat', 'ended', 'error']),
  occurredAt: z.iso.datetime({ offset: true }).optional().describe("When, by the viewer's clock."),
  positionSeconds: seconds.optional().describe('Where in the video.'),
  watched: z
    .array(z.tuple([seconds, seconds]))
    .max(50)
    .default([])
    .describe('The parts of the video that were played since the event before, as pairs of from and to in seconds.'),
  rebufferSeconds: z
    .number()
    .min(0)
    .max(86_400)
    .default(0)
    .describe('For how long the picture stood still to load since the event before.'),
  errorCode: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional()
    .describe("The player's code, of an error."),
});
export type PlaybackEvent = z.output<typeof playbackEvent>;

export const recordEventsBody = z.object({
  sessionId: z.uuid().describe('The viewer session that resolving the link gave out.'),
  consent: z
    .boolean()
    .default(false)
    .describe('Whether the viewer agreed to be measured. Without it only that the session began to watch is kept.'),
  events: z.array(playbackEvent).min(1).max(50),
});
export type RecordEventsBody = z.output<typeof recordEventsBody>;

export const recordEventsAnswer = z.object({
  accepted: z.int().describe('How many of the events were new.'),
  mayContinue: z
    .boolean()
    .describe('False when the page should stop: the link was revoked or has ended, or its views went to others.'),
});
export type RecordEventsAnswer = z.output<typeof recordEventsAnswer>;
