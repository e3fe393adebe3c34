import { z } from 'zod';
import type { Role } from '../../providers/auth/index.ts';

const moment = z.iso.datetime({ offset: true });

export type InvitationStatus = 'queued' | 'sent' | 'accepted' | 'revoked' | 'expired' | 'failed';

/** A row of the view `invitations`. */
export type InvitationRow = {
  id: string;
  email: string;
  role: Role;
  note: string | null;
  invited_by_name: string | null;
  created_at: string;
  status: InvitationStatus;
  sendings: number;
  sent_at: string | null;
  expires_at: string;
  /** A code such as `clerk.form_identifier_exists`: why the last attempt to send it failed. */
  last_error: string | null;
};

export const inviteAnswer = z.object({ id: z.uuid(), expires_at: moment });
export const revokeAnswer = z.object({ id: z.uuid(), revoked_at: moment });
