import { z } from 'zod';
import { provingSession, shareProof, shareProofParams, shareSecret, viewerEmail } from '../share-proof.ts';

export const verifyCodeParams = shareProofParams;

export const verifyCodeBody = z.object({
  secret: shareSecret,
  sessionId: provingSession,
  email: viewerEmail,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'A code has six digits.')
    .describe('The six digits of the mail, blanks around them or not.'),
});
export type VerifyCodeBody = z.output<typeof verifyCodeBody>;

export const verifyCodeAnswer = shareProof;
export type VerifyCodeAnswer = z.output<typeof verifyCodeAnswer>;
