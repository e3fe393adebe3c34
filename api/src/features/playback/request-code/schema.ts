import { z } from 'zod';
import { provingSession, shareProofParams, shareSecret, viewerEmail } from '../share-proof.ts';

export const requestCodeParams = shareProofParams;

export const requestCodeBody = z.object({ secret: shareSecret, sessionId: provingSession, email: viewerEmail });
export type RequestCodeBody = z.output<typeof requestCodeBody>;

export const requestCodeAnswer = z.object({
  sentTo: z.string().describe('The address, masked: `a***@club.example`. The same whether the link is for it or not.'),
  expiresAt: z.iso.datetime().describe('When the code dies.'),
  retryAfterSeconds: z.int().min(1).describe('After so many seconds another code can be asked for.'),
});
export type RequestCodeAnswer = z.output<typeof requestCodeAnswer>;
