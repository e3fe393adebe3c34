import { z } from 'zod';

/** What the two browser apps have to know before they can start. Nothing in it is secret. */
export const appConfig = z.object({
  environment: z.enum(['development', 'test', 'staging', 'production']),
  version: z.string(),
  identity: z.discriminatedUnion('provider', [
    z.object({ provider: z.literal('local'), issuerUrl: z.url() }),
    z.object({ provider: z.literal('clerk'), publishableKey: z.string() }),
  ]),
  restUrl: z.literal('/rest'),
  shareUrl: z.url().describe('A share link is this, the public id, `#` and the secret.'),
  maxUploadBytes: z.int(),
  shareLife: z.object({ minHours: z.number(), maxHours: z.number() }),
});
export type AppConfig = z.output<typeof appConfig>;
