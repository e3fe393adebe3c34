import { z } from 'zod';
import { vendorName } from '../schema.ts';

/** The envelope of a Clerk event, as far as the inbox needs it: its id is the message's, in `svix-id`. */
export const clerkEvent = z.object({ type: vendorName });
