import { z } from 'zod';
import { vendorName } from '../schema.ts';

/** The envelope of a Resend event, as far as the inbox needs it: its id is the message's, in `svix-id`. */
export const resendEvent = z.object({
  type: vendorName,
  data: z.object({ email_id: vendorName.optional() }).optional(),
});
