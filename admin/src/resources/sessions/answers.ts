import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

/** A row of the view `sessions`; its id is the identity provider's. */
export type SessionRow = {
  id: string;
  profile_id: string | null;
  is_current: boolean;
  first_seen_at: string;
  last_seen_at: string;
  denied_at: string | null;
  deny_reason: string | null;
};

export const endOneAnswer = z.object({ id: z.string(), denied_at: moment });
export const endAllAnswer = z.object({ id: z.uuid(), denied_at: moment, session_count: z.int() });
