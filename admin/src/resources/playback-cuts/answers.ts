import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

/** Answer of `rpc/preview_cut`: what a cut would meet now. */
export const cutPreview = z.object({
  live_links: z.int(),
  watching: z.int(),
  last_token_expires_at: moment.nullable(),
  is_under_way: z.boolean(),
});
export type CutPreview = z.output<typeof cutPreview>;

/** Answer of `rpc/cut_playback`; the progress is read from its view. */
export const cutAnswer = z.object({
  cut_id: z.uuid(),
  requested_at: moment,
  revocation_id: z.uuid().nullable(),
  token_count: z.int(),
});
