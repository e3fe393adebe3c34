import { z } from 'zod';

/** A name by which PostgreSQL can store it: text there has no NUL. */
export const vendorName = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0'), 'must not contain NUL');

export const webhookAnswer = z.object({ received: z.literal(true) });
export type WebhookAnswer = z.output<typeof webhookAnswer>;
