import { z } from 'zod';
import { playback } from '../schema.ts';

export const resolveShareParams = z.object({
  publicId: z.string().describe('The id in the path of the link, `/s/<publicId>`.'),
});
export type ResolveShareParams = z.output<typeof resolveShareParams>;

export const resolveShareBody = z.object({
  secret: z.string().describe('The part of the link after `#`. It travels in the body only, never in a URL.'),
  sessionId: z
    .uuid()
    .optional()
    .catch(undefined)
    .describe(
      'The viewer session of the first answer, to go on watching in it. One that is not known begins a new one.',
    ),
  proofs: z
    .array(z.string().max(1_024))
    .max(2)
    .optional()
    .catch(undefined)
    .describe('What the passphrase and the code of a mail have proved. One that is not good counts as not given.'),
  embedder: z
    .string()
    .max(512)
    .optional()
    .describe(
      'The origin of the site that shows our page in a frame, as that page sees it; `null` as a text when it cannot tell. Left out in a window of its own.',
    ),
});
export type ResolveShareBody = z.output<typeof resolveShareBody>;

export const resolveShareAnswer = playback.extend({
  sessionId: z.uuid().describe('The viewer session: sent with renewals and with what the page reports.'),
  availableUntil: z.iso.datetime().describe('When the link itself stops working.'),
});
export type ResolveShareAnswer = z.output<typeof resolveShareAnswer>;
