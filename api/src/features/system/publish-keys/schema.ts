import { z } from 'zod';

export const publishKeysAnswer = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('RSA'),
      kid: z.string(),
      use: z.literal('sig'),
      alg: z.literal('RS256'),
      n: z.string(),
      e: z.string(),
    }),
  ),
});
export type PublishKeysAnswer = z.output<typeof publishKeysAnswer>;
