import { z } from 'zod';

export const shareProofParams = z.object({
  publicId: z.string().describe('The id in the path of the link, `/s/<publicId>`.'),
});
export type ShareProofParams = z.output<typeof shareProofParams>;

/** The part of the link after `#`. It travels in the body only, never in a URL. */
export const shareSecret = z.string().max(512).describe('The part of the link after `#`.');

/** Whoever proves something anew in the middle of a video says which session it is, as when the link is resolved. */
export const provingSession = z
  .uuid()
  .optional()
  .catch(undefined)
  .describe('The `sessionId` of the answer before, when a proof has run out: a view that was claimed goes on.');

/** An address as SQL keeps those of recipients: without blanks around, in lower case, at most 254 characters. */
export const viewerEmail = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'Write an e-mail address such as ann@club.example.')
  .describe('The address that the video was shared with. Upper and lower case are the same.');

/** What a step of a link gives out; `proofs` of `POST /api/share/:publicId` takes it. */
export const shareProof = z.object({
  proof: z
    .string()
    .describe('Send it in `proofs` when the link is resolved. Worth nothing with another link or secret.'),
  expiresAt: z.iso.datetime().describe('When the proof dies: with the link, after 12 hours at the latest.'),
});
export type ShareProof = z.output<typeof shareProof>;
