import { z } from 'zod';
import { readEnvironment } from '../program/environment.ts';

/** Environment of the issuer's own process; each variable is explained by its description. */
const schema = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  PORT: z.coerce.number().int().min(1).max(65535).describe('Port to listen on.'),
  PUBLIC_URL: z.url().describe('Origin browsers reach the issuer at; the tokens’ issuer.'),
  DATA_DIR: z.string().min(1).describe('Folder of the signing key and the sessions.'),
  AUDIENCE: z.string().min(1).default('motion-mavericks').describe('Audience of the tokens.'),
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(z.url()).min(1))
    .describe('Comma-separated origins that may ask for tokens and be returned to.'),
  CLERK_SECRET_KEY: z
    .string()
    .regex(/^sk_test_/)
    .optional()
    .describe('Secret key of the Backend API, by which people are invited.'),
  RESEND_BASE_URL: z.url().optional().describe('The mailbox that mails of invitations go to.'),
  RESEND_API_KEY: z.string().min(8).optional().describe('API key of the mailbox.'),
});

export const readIdentityConfig = (): z.infer<typeof schema> => readEnvironment('identity', schema);
