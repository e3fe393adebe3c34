import { z } from 'zod';
import { roles } from '../../providers/auth/account.ts';
import type { Role } from '../../providers/auth/index.ts';

const moment = z.iso.datetime({ offset: true });

/** A row of the view `profiles`. */
export type ProfileRow = {
  id: string;
  subject: string;
  role: Role;
  email: string | null;
  display_name: string;
  created_at: string;
  last_seen_at: string | null;
  suspended_at: string | null;
  /** null: the role is what the identity provider said at the last sign-in. */
  role_assigned_at: string | null;
  identity_deleted_at: string | null;
  status: 'active' | 'suspended';
};

/** The row of `rpc/profile_reach`: what hangs on an account. */
export const reachRow = z.object({
  id: z.uuid(),
  is_own: z.boolean(),
  is_last_admin: z.boolean(),
  open_sessions: z.int(),
  videos: z.int(),
  live_links: z.int(),
  open_uploads: z.int(),
});
export type Reach = z.output<typeof reachRow>;

export const roleAnswer = z.object({ id: z.uuid(), role: z.enum(roles), role_assigned_at: moment });
export const suspendAnswer = z.object({ id: z.uuid(), suspended_at: moment });
export const restoreAnswer = z.object({ id: z.uuid(), restored_at: moment });
