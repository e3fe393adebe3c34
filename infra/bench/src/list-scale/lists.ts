import type { Caller } from '../database/become-caller.ts';

const coach: Caller = { subject: 'user_amelia_hart', role: 'mm_coach' };
const admin: Caller = { subject: 'user_priya_nair', role: 'mm_admin' };

/** A list as the admin first shows it: newest first, 25 rows. */
export type ListOfAdmin = { resource: string; time: string; caller: Caller };

const operator: Caller = { subject: 'user_tomas_reid', role: 'mm_operator' };

const seenByBoth = [
  { resource: 'share_tokens', time: 'created_at' },
  { resource: 'playback_decisions', time: 'decided_at' },
  { resource: 'videos', time: 'created_at' },
  { resource: 'audit_entries', time: 'occurred_at' },
];

/** The lists that grow with use. */
export const lists: readonly ListOfAdmin[] = [
  ...seenByBoth.flatMap((list) => [
    { ...list, caller: coach },
    { ...list, caller: admin },
  ]),
  { resource: 'upload_progress', time: 'requested_at', caller: operator },
  { resource: 'webhook_events', time: 'received_at', caller: operator },
];
