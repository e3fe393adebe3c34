import { keyRotations } from '@mm/api/contract';
import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

/** A row of `rpc/keys`; `created` is what a signing key, `pending` what a webhook secret is before it is active. */
export const keyRow = z.object({
  rotation: z.enum(keyRotations),
  id: z.string(),
  state: z.enum(['created', 'pending', 'active', 'draining', 'deleted']),
  created_at: moment,
  active_at: moment.nullable(),
  draining_at: moment.nullable(),
  drained_at: moment.nullable(),
  deleted_at: moment.nullable(),
  last_seen_at: moment.nullable(),
});
export type KeyRow = z.infer<typeof keyRow>;
export type Rotation = KeyRow['rotation'];
