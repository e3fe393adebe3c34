import { z } from 'zod';
import { readEnvironment } from '../program/environment.ts';

/** Environment of the mailbox's own process; each variable is explained by its description. */
const schema = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  PORT: z.coerce.number().int().min(1).max(65535).describe('Port to listen on.'),
  PUBLIC_URL: z.url().describe('Origin the mailbox is reached at.'),
  DATA_DIR: z.string().min(1).describe('Folder of the mails and messages.'),
  RESEND_API_KEY: z.string().min(8).describe('The only API key that is accepted.'),
  VERIFIED_DOMAINS: z
    .string()
    .default('example.com')
    .transform((list) => list.split(',').map((domain) => domain.trim()))
    .describe('Comma-separated domains that may be sent from.'),
});

export const readMailboxConfig = (): z.infer<typeof schema> => readEnvironment('mailbox', schema);
