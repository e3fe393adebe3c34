import { z } from 'zod';

/** The envelope of a Mux event, as far as the inbox needs it. The rest of the body is kept as it came and read when it is folded. */
export const muxEvent = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  object: z.object({ id: z.string().max(200).optional() }).optional(),
});
export type MuxEvent = z.output<typeof muxEvent>;

export const receiveMuxWebhookAnswer = z.object({ received: z.literal(true) });
export type ReceiveMuxWebhookAnswer = z.output<typeof receiveMuxWebhookAnswer>;
