import { z } from 'zod';

export const hashPassphraseBody = z.object({
  passphrase: z
    .string()
    .min(8, 'A passphrase has at least 8 characters.')
    .max(128, 'A passphrase has at most 128 characters.')
    .describe('8 to 128 characters. Every character counts, blanks too.'),
});
export type HashPassphraseBody = z.output<typeof hashPassphraseBody>;

export const hashPassphraseAnswer = z.object({
  passphraseHash: z
    .string()
    .describe('The argon2id hash as a PHC string, `passphrase_hash` of `api.create_share_token()`.'),
});
export type HashPassphraseAnswer = z.output<typeof hashPassphraseAnswer>;
