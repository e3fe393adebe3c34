import { z } from 'zod';

/** A row of the view `my_notification_preferences`: a kind of notice by one channel. */
export type PreferenceRow = {
  id: string;
  kind: string;
  title: string;
  channel: string;
  is_critical: boolean;
  is_enabled: boolean;
};

export const preferenceAnswer = z.object({ id: z.string(), enabled: z.boolean() });
