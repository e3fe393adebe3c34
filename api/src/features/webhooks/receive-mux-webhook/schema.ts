import { z } from 'zod';
import { vendorName } from '../schema.ts';

/** The envelope of a Mux event, as far as the inbox needs it. The rest of the body is kept as it came and read when it is folded. */
export const muxEvent = z.object({
  id: vendorName,
  type: vendorName,
  object: z.object({ id: vendorName.or(z.literal('')).optional() }).optional(),
});
