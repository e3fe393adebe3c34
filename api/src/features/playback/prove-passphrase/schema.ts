import { z } from 'zod';
import { provingSession, shareProof, shareProofParams, shareSecret } from '../share-proof.ts';

export const provePassphraseParams = shareProofParams;

export const provePassphraseBody = z.object({
  secret: shareSecret,
  sessionId: provingSession,
  passphrase: z.string().min(1, 'Write the passphrase.').max(128, 'A passphrase has at most 128 characters.'),
});
export type ProvePassphraseBody = z.output<typeof provePassphraseBody>;

export const provePassphraseAnswer = shareProof;
export type ProvePassphraseAnswer = z.output<typeof provePassphraseAnswer>;
