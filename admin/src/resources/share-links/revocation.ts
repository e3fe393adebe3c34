import { z } from 'zod';

/** Answer of `rpc/revoke_share_token`. */
export const revokeAnswer = z.object({
  id: z.uuid(),
  revoked_at: z.iso.datetime({ offset: true }),
  last_byte_possible_by: z.iso.datetime({ offset: true }),
});
export type RevokeAnswer = z.output<typeof revokeAnswer>;

/** Whether somebody may still be playing after the revocation: tokens already out outlive the link. */
export function mayStillPlay({ revoked_at, last_byte_possible_by }: RevokeAnswer): boolean {
  return Date.parse(last_byte_possible_by) > Date.parse(revoked_at);
}
